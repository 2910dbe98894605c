"""Templates filled in: the page around the conversation, and one question with its answer."""

import secrets
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant import phrases
from assistant.answer import Answer
from assistant.gist import as_read
from assistant.web import texts
from assistant.web.handover import needs_contact
from assistant.web.markdown import answer_html, plain_text
from assistant.web.settings import Settings
from assistant.web.source import anchor, panels
from knowledge.library import Library

_HERE = Path(__file__).parent
STATIC = _HERE / "static"


def dutch_date(day: date) -> str:
    """Write a date as people read it: 24 november 2026."""
    return f"{day.day} {texts.MONTHS[day.month - 1]} {day.year}"


templates = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
templates.filters["dutch_date"] = dutch_date


class Renderer:
    """Writes HTML for one library and one set of settings."""

    def __init__(self, library: Library, settings: Settings, *, has_check: bool = False) -> None:
        self._library = library
        self._settings = settings
        self._has_check = has_check

    def turn(self, question: str, answer: Answer) -> str:
        """One question, as it was read, and its answer, with sources, choices and actions."""
        contact = self._settings.contact
        name = f"t{secrets.token_hex(4)}"
        cited = panels(self._library, answer.citations, name)
        # Two citations that start at the same character share one mark.
        marks = {c.number: self._mark(answer, c.start, c.entry_id, name) for c in answer.citations}
        return templates.get_template("turn.html").render(
            name=name,
            question=as_read(question),
            answer=answer,
            html=answer_html(answer, marks),
            spoken=plain_text(answer),
            panels=cited,
            first_mark=marks[answer.citations[0].number] if cited else "",
            contact=contact if needs_contact(question, answer, contact) else None,
            asks_thumb=answer.kind in ("answer", "no_answer"),
            reasons=texts.REASONS,
            settings=self._settings,
        )

    def notice(self, question: str, sentence: str) -> str:
        """One question that got no answer for a reason outside the guidance."""
        template = templates.get_template("notice.html")
        return template.render(question=as_read(question), sentence=sentence)

    def frame(self, *, compact: bool) -> tuple[str, str]:
        """What stands before and after the form: header with conversation, and footer."""
        values = {
            "pages": self._library.pages,
            "groups": tuple(dict.fromkeys(entry.group for entry in self._library.entries())),
            "examples": texts.EXAMPLES,
            "rolecheck": phrases.ROLECHECK_START,
            "keeps": _keeps(self._settings),
            "settings": self._settings,
            "compact": compact,
            "has_check": self._has_check,
        }
        before, after = (templates.get_template(name) for name in ("before.html", "after.html"))
        return before.render(values), after.render(values)

    def _mark(self, answer: Answer, start: int, entry_id: str, name: str) -> str:
        first = next(c for c in answer.citations if (c.entry_id, c.start) == (entry_id, start))
        return anchor(name, first.number)


def _keeps(settings: Settings) -> str:
    """What a visitor is told of what happens with a question."""
    days = settings.feedback.days
    return texts.KEPT.format(days=days) if settings.feedback.file else texts.NOT_KEPT


def loading_page(settings: Settings) -> str:
    """The page that is shown while the assistant loads."""
    return templates.get_template("loading.html").render(settings=settings)
