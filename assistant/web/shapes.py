"""What the API takes and returns, as types; the answer is the assistant's own ``Answer``."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr

from assistant.answer import SCHEMA, Answer
from assistant.request import MAX_TURNS, Request, Turn
from assistant.web import examples
from knowledge.library import Library
from knowledge.model import Entry, Section


class TurnBody(BaseModel):
    """One earlier message."""

    role: Literal["user", "assistant"]
    content: StrictStr


class AskBody(BaseModel):
    """One question, with what went before it (oldest first)."""

    model_config = ConfigDict(json_schema_extra={"examples": [examples.ASK]})

    question: StrictStr
    history: list[TurnBody] | None = None
    id: Annotated[
        StrictStr | StrictInt | None, Field(description="Comes back unchanged, as text.")
    ] = None

    def request(self) -> Request:
        """Return it as the assistant's own request, with the last turns only."""
        turns = tuple(Turn(turn.role, turn.content) for turn in (self.history or ())[-MAX_TURNS:])
        return Request(self.question, turns, None if self.id is None else str(self.id))


@dataclass(frozen=True)
class AnswerBody(Answer):
    """``Answer.to_json()`` as a type, for the API's description."""

    schema: str = SCHEMA


# How the API describes an answer: its type, and one as an example.
ANSWER: dict[str, Any] = {
    "model": AnswerBody,
    "description": "Het antwoord, met de bronnen waaruit het is aangehaald.",
    "content": {"application/json": {"example": examples.ANSWER}},
}


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One question of the guidance, as listed."""

    id: str
    question: str
    group: str
    page_id: str
    url: str


@dataclass(frozen=True, slots=True)
class PassageBody:
    """One paragraph or list item; offsets count characters in the page's plain text."""

    id: str
    text: str
    start: int
    end: int
    bullet: bool


@dataclass(frozen=True, slots=True)
class SectionBody:
    """One part of an entry, in reading order."""

    id: str
    heading: str
    kind: Literal["lead", "heading", "bullet", "point"]
    parent_id: str | None
    passages: tuple[PassageBody, ...]


@dataclass(frozen=True, slots=True)
class EntryBody:
    """One question of the guidance with its whole text, verbatim, and where it comes from."""

    id: str
    question: str
    group: str
    page_id: str
    url: str
    source: str
    edition: str
    taken_in: str
    sections: tuple[SectionBody, ...]


def entry_line(library: Library, entry: Entry) -> EntryLine:
    """Describe an entry in one line."""
    url = library.page(entry.page_id).url
    return EntryLine(entry.id, entry.question, entry.group, entry.page_id, url)


def entry_body(library: Library, entry: Entry) -> EntryBody:
    """Describe an entry in full."""
    page = library.page(entry.page_id)
    return EntryBody(
        id=entry.id,
        question=entry.question,
        group=entry.group,
        page_id=entry.page_id,
        url=page.url,
        source=f"{page.publisher}, {page.title}",
        edition=page.edition,
        taken_in=page.taken_in.isoformat(),
        sections=tuple(_section(section) for section in entry.sections),
    )


def _section(section: Section) -> SectionBody:
    passages = tuple(PassageBody(p.id, p.text, p.start, p.end, p.bullet) for p in section.passages)
    return SectionBody(section.id, section.heading, section.kind, section.parent_id, passages)
