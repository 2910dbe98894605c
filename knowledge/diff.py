"""What changed between two editions of a page: questions, headings, sentences."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from knowledge.draft import slug
from knowledge.model import Entry, Page, Section

Kind = Literal["new", "gone", "changed"]
# For the readers of the app, who read Dutch.
_DUTCH: dict[Kind, str] = {"new": "Nieuw", "gone": "Vervallen", "changed": "Gewijzigd"}


@dataclass(frozen=True, slots=True)
class Line:
    """A statement, or a question or heading itself, with the heading under which it stands."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a question, or of what stands around the questions (then the page's title).

    ``removed`` and ``added`` hold the lines that only the old or only the new edition has there.
    """

    kind: Kind
    question: str
    removed: tuple[Line, ...]
    added: tuple[Line, ...]

    @property
    def in_dutch(self) -> str:
        """The change in one line."""
        return f"{_DUTCH[self.kind]}: {self.question}"


def compare(old: Page, new: Page) -> tuple[Change, ...]:
    """Return the changes in the order of the new edition; what is gone stands last.

    A question is the same one when its id or its wording is.
    """
    pairs = _pairs(old.entries, new.entries)
    stayed = {before.id for before, _ in pairs if before}
    changes = [
        _change("changed", new.title, tuple(_around(old)), tuple(_around(new))),
        *(
            _change("changed", after.question, tuple(_lines(before)), tuple(_lines(after)))
            if before
            else Change("new", after.question, (), tuple(_lines(after)))
            for before, after in pairs
        ),
        *(
            Change("gone", entry.question, tuple(_lines(entry)), ())
            for entry in old.entries
            if entry.id not in stayed
        ),
    ]
    return tuple(change for change in changes if change.removed or change.added)


def _pairs(old: Iterable[Entry], new: Iterable[Entry]) -> list[tuple[Entry | None, Entry]]:
    by_id = {entry.id: entry for entry in old}
    new = tuple(new)
    left = {slug(e.question): e for e in by_id.values() if e.id not in {n.id for n in new}}
    return [(by_id.get(e.id) or left.pop(slug(e.question), None), e) for e in new]


def _change(kind: Kind, question: str, old: Sequence[Line], new: Sequence[Line]) -> Change:
    removed: list[Line] = []
    added: list[Line] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for same, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if same != "equal":
            removed.extend(old[old_from:old_to])
            added.extend(new[new_from:new_to])
    return Change(kind, question, tuple(removed), tuple(added))


def _around(page: Page) -> Iterator[Line]:
    yield Line("", page.title)
    for section in page.introduction:
        yield from _section_lines(section, section.heading)
    for group in dict.fromkeys(entry.group for entry in page.entries):
        yield Line("", group)


def _lines(entry: Entry) -> Iterator[Line]:
    yield Line("", entry.question)
    for section in entry.sections:
        yield from _section_lines(section, entry.heading_of(section))
    for reference in entry.see_also:
        yield Line("", reference.text)


def _section_lines(section: Section, heading: str) -> Iterator[Line]:
    if section.heading:
        yield Line("", section.heading)
    for passage in section.passages:
        for sentence in passage.sentences:
            yield Line(heading, sentence.text)
