"""The public contract: one ``Answer`` for the command line, the API, the page and the evaluation.

``to_json`` is the only serialisation. A field that goes or gets another name raises ``SCHEMA``'s
first number, a field that comes raises the second.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from assistant.receipt import Receipt

SCHEMA = "1.2"

Kind = Literal["answer", "clarification", "no_answer", "smalltalk"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote and its place; ``start`` and ``end`` count in the page's plain text."""

    number: int
    entry_id: str
    question: str
    section_id: str
    section: str
    quote: str
    url: str
    source: str
    page_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Related:
    """Another question of the guidance, worth reading after this answer."""

    entry_id: str
    question: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """A next best entry; ``score`` is its probability, 0 to 1."""

    entry_id: str
    question: str
    score: float


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: its label, and the message that it sends as the user's next turn."""

    label: str
    send: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back for one question.

    ``text`` is Markdown; ``confidence`` the calibrated probability, 0 to 1, that the first entry
    is right; ``explanation`` is there only when asked for.
    """

    kind: Kind
    confidence: float
    text: str
    citations: tuple[Citation, ...] = ()
    related: tuple[Related, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    choices: tuple[Choice, ...] = ()
    receipt: Receipt | None = None
    id: str | None = None
    explanation: dict[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the public JSON object, ``schema`` first."""
        body = {"schema": SCHEMA, **asdict(self)}
        if self.explanation is None:
            del body["explanation"]
        return body
