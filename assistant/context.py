"""What went before a question, read from the history that the client sends: nothing is stored."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant import phrases
from assistant.followup import form_of, lean
from assistant.gist import gist, without_personal_data
from assistant.request import Turn, clean
from assistant.smalltalk import is_courtesy
from assistant.stated import description, stated_role
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
    """A part of the guidance that the last answer opened with."""

    entry: Entry
    section: Section
    opening: Sentence


@dataclass(frozen=True, slots=True)
class Context:
    """What the next question can lean on.

    ``foci`` are the parts that the last answer quoted, the first one first; ``asked`` is the
    question under discussion, with what it leaned on itself; ``role`` and ``description`` are what
    the asker told of himself; ``refused`` whether that question got no answer; ``asked_back``
    whether the assistant's last turn was a question, and ``offered`` what it let the asker pick
    from.
    """

    foci: tuple[Focus, ...] = ()
    asked: str = ""
    role: Role | None = None
    description: str = ""
    refused: bool = False
    asked_back: bool = False
    offered: tuple[str, ...] = ()

    @property
    def focus(self) -> Focus | None:
        """The part under discussion."""
        return self.foci[0] if self.foci else None


class ContextReader:
    """Reads histories over one library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def read(self, history: Sequence[Turn]) -> Context:
        """Return the context of the next question."""
        if not history:
            return Context()
        turns = [Turn(t.role, _said(t.content) if t.role == "user" else t.content) for t in history]
        said = [turn.content for turn in reversed(turns) if turn.role == "user"]
        asked, refused = _under_discussion(turns)
        last = next((t.content for t in reversed(turns) if t.role == "assistant"), "")
        return Context(
            foci=next((foci for turn in reversed(turns) if (foci := self._foci(turn))), ()),
            asked=asked,
            role=next((role for text in said if (role := stated_role(text))), None),
            description=next((about for text in said if (about := description(text))), ""),
            refused=refused,
            asked_back=_asks(last),
            offered=_offered(last),
        )

    def _foci(self, turn: Turn) -> tuple[Focus, ...]:
        """The openings of the parts that one answer quotes."""
        if turn.role != "assistant":
            return ()
        bold = (words(_unescaped(text)) for text in _BOLD.findall(turn.content))
        return tuple(focus for text in bold if (focus := self._openings.get(text)))

    @cached_property
    def _openings(self) -> Mapping[str, Focus]:
        return {
            words(sentence.text): Focus(entry, section, sentence)
            for entry, section, passage in self._library.places()
            for sentence in passage.sentences
        }


def _said(text: str) -> str:
    return gist(without_personal_data(clean(text)))


def _asks(text: str) -> bool:
    return any(question in text for question in (phrases.WHICH, phrases.WHICH_ROLE))


def _offered(text: str) -> tuple[str, ...]:
    for heading in (phrases.WHICH, phrases.WHICH_ROLE, phrases.PERHAPS):
        if heading in text:
            return tuple(_unescaped(offer) for offer in _OFFER.findall(text.partition(heading)[2]))
    return ()


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _under_discussion(turns: Sequence[Turn]) -> tuple[str, bool]:
    """The last question with the one that it leans on, and whether it was refused.

    A follow-up that was refused is passed over: the subject is still what it leaned on.
    """
    replies = [*turns[1:], Turn("assistant", "")]
    asked = [
        (turn.content, phrases.NO_ANSWER in reply.content)
        for turn, reply in zip(turns, replies, strict=True)
        if turn.role == "user" and not form_of(turn.content) and not is_courtesy(turn.content)
    ]
    kept = [pair for pair in asked if not (pair[1] and lean(pair[0]))] or asked
    chain = kept[-1:]
    while chain and len(chain) < min(_MAX_CHAIN, len(kept)) and lean(chain[0][0]):
        chain = kept[-len(chain) - 1 :]
    return " ".join(text for text, _ in chain), bool(chain) and chain[-1][1]
