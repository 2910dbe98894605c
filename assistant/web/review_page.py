"""What the review page shows: open questions by likeness, and where each could go."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.web import texts
from assistant.web.feedback_store import KeptNote
from assistant.web.headers import review_policy
from assistant.web.render import templates
from assistant.web.review_export import files
from assistant.web.settings import Settings
from index.likeness import alike
from knowledge.library import Library

# As many as one page shows at once; the others follow when these are decided on.
SHOWN = 100
HEADERS = {"Content-Security-Policy": review_policy(), "Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question can go: a section's id or a kind of outside, and its label."""

    target: str
    label: str


def places(library: Library) -> dict[str, tuple[Place, ...]]:
    """Every place, under the entry's question that it belongs to."""
    found = {
        entry.question: tuple(
            Place(section.id, entry.heading_of(section) or entry.question)
            for section in entry.sections
            if section.passages
        )
        for entry in library.entries()
    }
    found[texts.OUTSIDE] = tuple(Place(*pair) for pair in texts.OUTSIDE_KINDS.items())
    return found


def login_page(settings: Settings, *, wrong: bool) -> str:
    """The page that asks for the token."""
    return templates.get_template("review_login.html").render(settings=settings, wrong=wrong)


def review_page(settings: Settings, library: Library, notes: Sequence[KeptNote]) -> str:
    """The page itself: what is to be decided, what was, and the files to export."""
    undecided = [note for note in notes if not note.use and note.note.verdict != "up"]
    shown = undecided[:SHOWN]
    groups = [[shown[n] for n in group] for group in alike([k.note.question for k in shown])]
    order = [kept.id for group in groups for kept in group]
    return templates.get_template("review.html").render(
        settings=settings,
        groups=groups,
        # A decision takes its question away; the reader goes on at the one after it.
        after=dict(pairwise(order)),
        left=len(undecided) - len(shown),
        decided=[note for note in notes if note.use],
        labels=_labels(library),
        places=places(library),
        files=files(notes, library),
        reasons=texts.REASONS,
        verdicts=texts.VERDICTS,
    )


def _labels(library: Library) -> dict[str, str]:
    """Every place in full: a heading alone can stand under two questions."""
    return {
        place.target: place.label if place.label == name else f"{name} {place.label}"
        for name, options in places(library).items()
        for place in options
    }
