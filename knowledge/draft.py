"""Sections and entries that are still being filled, and the ids that a heading gives."""

import re
import unicodedata
from dataclasses import dataclass, field

from knowledge.model import Entry, Passage, Section, SectionKind, SeeAlso


def slug(text: str) -> str:
    """Turn a heading into an id: ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


@dataclass(slots=True)
class OpenSection:
    """A section that takes passages."""

    id: str
    heading: str
    kind: SectionKind
    line: int
    parent_id: str | None = None
    passages: list[Passage] = field(default_factory=list)

    def close(self) -> Section:
        """The section as it is now."""
        return Section(
            id=self.id,
            heading=self.heading,
            kind=self.kind,
            parent_id=self.parent_id,
            passages=tuple(self.passages),
            line=self.line,
        )


@dataclass(slots=True)
class OpenEntry:
    """A question that takes sections; the first is its lead."""

    question: str
    group: str
    sections: list[OpenSection]
    see_also: list[SeeAlso] = field(default_factory=list)

    @property
    def lead(self) -> OpenSection:
        """What stands before the first heading or named item; its id is the entry's."""
        return self.sections[0]

    def parent(self) -> str | None:
        """The id of the headed section that an item would stand in now."""
        headed = (s.id for s in reversed(self.sections) if s.kind == "heading" and s.heading)
        return next(headed, None)

    def close(self, page_id: str) -> Entry:
        """The entry as it is now."""
        return Entry(
            id=self.lead.id,
            question=self.question,
            group=self.group,
            page_id=page_id,
            sections=tuple(section.close() for section in self.sections),
            see_also=tuple(self.see_also),
            line=self.lead.line,
        )
