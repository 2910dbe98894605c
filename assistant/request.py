"""A question with its history, checked: what the command line, the API and the page hand over."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.errors import AskError

MAX_CHARACTERS = 2_000
# A whole role check with some undoing fits.
MAX_TURNS = 40
ROLES = ("user", "assistant")


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message; ``role`` is "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """One question with what went before it, oldest first."""

    question: str
    history: tuple[Turn, ...] = ()
    id: str | None = None


def read_request(body: object) -> Request:
    """Check one JSON object; raises AskError that names the field at fault."""
    if not isinstance(body, Mapping):
        raise AskError('send one JSON object, such as {"question": "…"}')
    question = body.get("question")
    if not isinstance(question, str):
        raise AskError("'question' must be a text")
    name = body.get("id")
    if name is not None and not isinstance(name, str | int):
        raise AskError("'id' must be a text or a number")
    return Request(question, read_history(body.get("history")), None if name is None else str(name))


def read_history(turns: object) -> tuple[Turn, ...]:
    """Check a list of ``{"role", "content"}`` objects and keep the last ``MAX_TURNS``."""
    if turns is None:
        return ()
    if not isinstance(turns, Sequence) or isinstance(turns, str):
        raise AskError("'history' must be a list of {role, content} objects")
    return tuple(_turn(turn) for turn in turns[-MAX_TURNS:])


def clean(text: str) -> str:
    """Return the text as it can be read: no control, format or broken characters, single spaces."""
    kept = "".join(
        " " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char
        for char in text
        if unicodedata.category(char) not in ("Cf", "Cs", "Co", "Cn")
    )
    return " ".join(kept.split())


def _turn(turn: Any) -> Turn:
    if not isinstance(turn, Mapping) or turn.get("role") not in ROLES:
        raise AskError("every turn of 'history' needs the role 'user' or 'assistant'")
    content = turn.get("content")
    if not isinstance(content, str):
        raise AskError("every turn of 'history' needs its text in 'content'")
    return Turn(turn["role"], content)
