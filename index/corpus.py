"""What is embedded: the guidance's passages and statements, and the bank's questions."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.bank import OUTSIDE_KINDS, Bank
from knowledge.library import Library

ItemKind = Literal["passage", "statement", "question"]


@dataclass(frozen=True, slots=True)
class Item:
    """One text to embed; ``target`` is its section's id, or the kind of an outside question."""

    kind: ItemKind
    text: str
    target: str

    @property
    def key(self) -> str:
        """What its vector depends on besides the model: how it is embedded, and its words."""
        role = "query" if self.kind == "question" else "document"
        return hashlib.sha256(f"{role}\n{self.text}".encode()).hexdigest()


def items(library: Library, bank: Bank) -> tuple[Item, ...]:
    """Everything to embed: first what is searched, then outside questions and statements."""
    return (*_passages(library), *_questions(library, bank), *_statements(library))


def searched(wanted: Sequence[Item]) -> int:
    """How many items, from the first on, stand for a section: passages and its questions."""
    return sum(item.kind != "statement" and item.target not in OUTSIDE_KINDS for item in wanted)


def digest(keys: Sequence[str], wanted: Sequence[Item]) -> str:
    """SHA-256, in hexadecimal, of all items in order; ``keys`` are theirs."""
    total = hashlib.sha256()
    for key, item in zip(keys, wanted, strict=True):
        total.update(f"{key} {item.kind} {item.target}\n".encode())
    return total.hexdigest()


def _passages(library: Library) -> Iterator[Item]:
    for entry, section, passage in library.places():
        # A passage is read with its question and heading, as a person meets it on the page.
        heading = entry.heading_of(section)
        context = " ".join(part for part in (entry.question, heading) if part)
        yield Item("passage", f"{context}\n{passage.text}", section.id)


def _statements(library: Library) -> Iterator[Item]:
    for _, section, passage in library.places():
        for statement in passage.sentences:
            yield Item("statement", statement.text, section.id)


def _questions(library: Library, bank: Bank) -> Iterator[Item]:
    for entry in library.entries():
        yield Item("question", entry.question, entry.id)
    for question in (*bank.inside, *bank.outside):
        yield Item("question", question.text, question.target)
