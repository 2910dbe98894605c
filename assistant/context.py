"""What went before a question, read from the history that the client sends: nothing is stored."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from assistant import phrases
from assistant.followup import leans
from assistant.request import Turn
from assistant.stated import stated_role
from knowledge.library import Library
from knowledge.model import Entry, Section, Sentence
from knowledge.roles import Role
from knowledge.roletree import words

# A follow-up to a follow-up is read with what both lean on, and no further back.
_MAX_CHAIN = 2
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_OFFER = re.compile(r"^- (.+)$", re.MULTILINE)
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Focus:
    """The part of the guidance that the last answer opened with."""

    entry: Entry
    section: Section
    opening: Sentence


@dataclass(frozen=True, slots=True)
class Context:
    """``asked`` is the question under discussion, with what it leaned on itself; ``role`` the
    asker's, where stated; ``asked_back`` whether the assistant's last turn was a question, and
    ``offered`` what could be picked then."""

    focus: Focus | None = None
    asked: str = ""
    role: Role | None = None
    asked_back: bool = False
    offered: tuple[str, ...] = ()


class ContextReader:
    """Reads histories over one library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def read(self, history: Sequence[Turn]) -> Context:
        """Return the context of the next question."""
        if not history:
            return Context()
        asked = [turn.content for turn in history if turn.role == "user"]
        last = next((t.content for t in reversed(history) if t.role == "assistant"), "")
        roles = (role for text in reversed(asked) if (role := stated_role(text)))
        return Context(
            focus=next(self._quoted(history), None),
            asked=_chained(self._answered(history)),
            role=next(roles, None),
            asked_back=_asks(last),
            offered=tuple(_unescaped(o) for o in _OFFER.findall(last)) if _asks(last) else (),
        )

    def _quoted(self, history: Sequence[Turn]) -> Iterator[Focus]:
        """The openings of earlier answers, latest first."""
        for turn in reversed(history):
            if turn.role == "assistant":
                for bold in _BOLD.findall(turn.content):
                    opening = self._openings.get(words(_unescaped(bold)))
                    if opening:
                        yield opening

    def _answered(self, history: Sequence[Turn]) -> list[str]:
        """The questions that led to a quote or a question back, oldest first."""
        found = []
        for turn, reply in pairwise(history):
            if turn.role != "user" or reply.role != "assistant":
                continue
            if _asks(reply.content) or next(self._quoted([reply]), None):
                found.append(turn.content)
        return found

    @cached_property
    def _openings(self) -> Mapping[str, Focus]:
        return {
            words(sentence.text): Focus(entry, section, sentence)
            for entry, section, passage in self._library.places()
            for sentence in passage.sentences
        }


def _asks(text: str) -> bool:
    return text.startswith((phrases.WHICH, phrases.WHICH_ROLE))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _chained(asked: Sequence[str]) -> str:
    chain: list[str] = []
    for text in reversed(asked):
        chain.insert(0, text)
        if not leans(text) or len(chain) > _MAX_CHAIN:
            break
    return " ".join(chain)
