"""The nouns of the guidance: page, entry, section, passage, sentence.

Everything here is frozen and made by ``knowledge.parse``. Texts are plain (no Markdown) and
verbatim; offsets count characters in ``Page.text``. ``line`` is where it stands in the page's
file, counted from 1; it is no part of what a thing is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

SectionKind = Literal["lead", "heading", "bullet", "point"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement: a sentence, or a rhetorical question together with its reply."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph or list item; ``page.text[start:end] == text``."""

    id: str
    text: str
    start: int
    end: int
    bullet: bool
    sentences: tuple[Sentence, ...]
    line: int = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Section:
    """The unit that answers: an entry's lead (its id is the entry's), or a headed or named part."""

    id: str
    heading: str
    kind: SectionKind
    parent_id: str | None
    passages: tuple[Passage, ...]
    line: int = field(repr=False, compare=False)

    @property
    def text(self) -> str:
        """The section's passages, a blank line between two."""
        return "\n\n".join(passage.text for passage in self.passages)


@dataclass(frozen=True, slots=True)
class SeeAlso:
    """A "Zie ook" line; ``target`` is an entry's id, or None where it points outside."""

    text: str
    target: str | None
    line: int = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One question of the guidance with its whole answer; ``sections[0]`` is the lead."""

    id: str
    question: str
    group: str
    page_id: str
    sections: tuple[Section, ...]
    see_also: tuple[SeeAlso, ...]
    line: int = field(repr=False, compare=False)

    @property
    def lead(self) -> Section:
        """What the answer opens with, before its first heading or named bullet."""
        return self.sections[0]

    def section(self, section_id: str) -> Section:
        """Return the section with this id; KeyError when this entry has none."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)

    def heading_of(self, section: Section) -> str:
        """The heading that a reader sees above the section; empty for the lead."""
        if section.heading or section.parent_id is None:
            return section.heading
        return self.section(section.parent_id).heading

    def passages(self) -> Iterator[Passage]:
        """Every passage of the entry, in reading order."""
        for section in self.sections:
            yield from section.passages


@dataclass(frozen=True, slots=True)
class Page:
    """One guidance page: where it comes from, its entries, and what it says around them.

    ``updated`` and ``changes`` (a line a change) are there once a newer edition replaced it.
    """

    id: str
    title: str
    publisher: str
    url: str
    language: str
    taken_in: date
    edition: str
    updated: date | None
    changes: tuple[str, ...]
    introduction: tuple[Section, ...]
    entries: tuple[Entry, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Cite:
    """A verbatim quote from one section; ``start`` and ``end`` count in the page's text."""

    entry_id: str
    section_id: str
    quote: str
    start: int
    end: int
