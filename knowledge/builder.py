"""Puts a page together block by block; keeps its rules: heading order, unique ids, no gaps."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.model import Entry, Page, Passage, Section, SectionKind, SeeAlso
from knowledge.sentences import split_statements


def slug(text: str) -> str:
    """Turn a heading into an id: ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


@dataclass(slots=True)
class _OpenSection:
    id: str
    heading: str
    kind: SectionKind
    parent_id: str | None
    line: int
    passages: list[Passage] = field(default_factory=list)

    def close(self) -> Section:
        return Section(self.id, self.heading, self.kind, self.parent_id, tuple(self.passages))


@dataclass(slots=True)
class _OpenEntry:
    id: str
    question: str
    group: str
    line: int
    sections: list[_OpenSection]
    see_also: list[SeeAlso] = field(default_factory=list)


class PageBuilder:
    """Takes a page's blocks in reading order; ``page()`` returns the finished, checked page."""

    def __init__(self, path: Path, meta: Mapping[str, str | date]) -> None:
        self._path = path
        self._meta = meta
        self._text = ""
        self._title = ""
        self._introduction: list[_OpenSection] = []
        self._heading2: tuple[str, int] | None = None
        self._entries: list[_OpenEntry] = []
        self._ids: set[str] = set()

    def heading(self, level: int, text: str, name: str | None, line: int) -> None:
        """Open the title (1), an introduction section or group (2), an entry (3), a section (4)."""
        if level == 1 and not self._title:
            self._title = text
            self._introduction.append(_OpenSection("inleiding", "", "lead", None, line))
        elif not self._title:
            raise KnowledgeError("the page must begin with '# title'", self._path, line)
        elif level == 2:
            self._close_group(line)
            self._heading2 = (text, line)
        elif level == 3:
            self._open_entry(text, name, line)
        elif level == 4 and self._entries and self._heading2:
            entry = self._entries[-1]
            section_id = self._new_id(f"{entry.id}/{name or slug(text)}", line)
            entry.sections.append(_OpenSection(section_id, text, "heading", None, line))
        else:
            raise KnowledgeError(
                f"a heading of level {level} cannot stand here; use # title, ## group, "
                "### question, #### section",
                self._path,
                line,
            )
        self._append(text)

    def paragraph(self, text: str, line: int, *, in_item: bool = False) -> None:
        """Add a paragraph to the section that is open; ``in_item`` when it stands in a list."""
        if not in_item and self._entries:
            entry = self._entries[-1]
            if entry.sections[-1].kind in ("bullet", "point"):
                self._open_item("", "heading", f"vervolg-{len(entry.sections)}", line)
        self._add_passage(self._open_section(line), text, bullet=False)

    def bullet(self, text: str, name: str | None, line: int) -> None:
        """Add a list item; one with a name opens a section of its own."""
        if name:
            self._open_item("", "bullet", name, line)
        elif self._entries and self._entries[-1].sections[-1].kind == "bullet":
            raise KnowledgeError("name every item of this list: '… {#name}'", self._path, line)
        self._add_passage(self._open_section(line), text, bullet=True)

    def point(self, heading: str, name: str | None, line: int) -> None:
        """Open a numbered point: its first line is the heading of a section of its own."""
        self._open_item(heading, "point", name or slug(heading), line)
        self._append(heading)

    def see_also(self, reference: SeeAlso) -> None:
        """Add a "Zie ook" line to the entry that is open."""
        if not self._entries:
            raise KnowledgeError("'Zie ook' must stand in an entry", self._path, reference.line)
        self._entries[-1].see_also.append(reference)
        self._append(reference.text)

    def page(self) -> Page:
        """Close everything and return the page."""
        if not self._title:
            raise KnowledgeError("the page has no '# title'", self._path, 1)
        if not self._entries:
            raise KnowledgeError("the page has no '### question'", self._path, 1)
        meta = self._meta
        taken_in = meta["taken_in"]
        if not isinstance(taken_in, date):
            raise TypeError("the parser passes 'taken_in' as a date")
        return Page(
            id=self._path.stem,
            title=str(meta["title"]),
            publisher=str(meta["publisher"]),
            url=str(meta["url"]),
            language=str(meta["language"]),
            taken_in=taken_in,
            edition=str(meta["edition"]),
            introduction=tuple(part.close() for part in self._introduction),
            entries=tuple(self._close_entry(entry) for entry in self._entries),
            text=self._text,
        )

    def _close_group(self, line: int) -> None:
        # A level-2 heading without a question below it belongs to the introduction; after the
        # first question it would be a group that nothing stands in.
        if self._heading2 and self._entries and self._entries[-1].line < self._heading2[1]:
            heading, at = self._heading2
            raise KnowledgeError(f"the group '{heading}' holds no '### question'", self._path, at)

    def _open_entry(self, question: str, name: str | None, line: int) -> None:
        if self._heading2 is None:
            raise KnowledgeError("a '### question' needs a '## group' above it", self._path, line)
        group = self._heading2[0]
        entry_id = self._new_id(name or slug(question), line)
        lead = _OpenSection(entry_id, "", "lead", None, line)
        self._entries.append(_OpenEntry(entry_id, question, group, line, [lead]))

    def _open_item(self, heading: str, kind: SectionKind, name: str, line: int) -> None:
        if not self._entries:
            raise KnowledgeError("a named item must stand in an entry", self._path, line)
        entry = self._entries[-1]
        above = next(
            (s for s in reversed(entry.sections) if s.kind == "heading" and s.heading),
            None,
        )
        parent = above.id if above else None
        section_id = self._new_id(f"{entry.id}/{name}", line)
        entry.sections.append(_OpenSection(section_id, heading, kind, parent, line))

    def _open_section(self, line: int) -> _OpenSection:
        if not self._title:
            raise KnowledgeError("the page must begin with '# title'", self._path, line)
        if self._entries and not (self._heading2 and self._heading2[1] > self._entries[-1].line):
            return self._entries[-1].sections[-1]
        if self._entries:
            raise KnowledgeError("text of a group must stand under a question", self._path, line)
        if self._heading2 and self._introduction[-1].line != self._heading2[1]:
            heading, at = self._heading2
            name = self._new_id(f"inleiding/{slug(heading)}", at)
            self._introduction.append(_OpenSection(name, heading, "heading", None, at))
        return self._introduction[-1]

    def _add_passage(self, section: _OpenSection, text: str, *, bullet: bool) -> None:
        start = self._append(text)
        number = len(section.passages) + 1
        statements = split_statements(text, start)
        passage = Passage(
            f"{section.id}#{number}", text, start, start + len(text), bullet, statements
        )
        section.passages.append(passage)

    def _append(self, text: str) -> int:
        start = len(self._text) + 2 if self._text else 0
        self._text += ("\n\n" if self._text else "") + text
        return start

    def _new_id(self, name: str, line: int) -> str:
        if name in self._ids:
            raise KnowledgeError(
                f"the id '{name}' is used twice; give one a name of its own: {{#name}}",
                self._path,
                line,
            )
        self._ids.add(name)
        return name

    def _close_entry(self, entry: _OpenEntry) -> Entry:
        if not any(section.passages for section in entry.sections):
            raise KnowledgeError("this question has no answer below it", self._path, entry.line)
        children = {section.parent_id for section in entry.sections}
        for section in entry.sections[1:]:
            if not section.passages and section.id not in children:
                raise KnowledgeError("this section is empty", self._path, section.line)
        return Entry(
            id=entry.id,
            question=entry.question,
            group=entry.group,
            page_id=self._path.stem,
            sections=tuple(section.close() for section in entry.sections),
            see_also=tuple(entry.see_also),
        )
