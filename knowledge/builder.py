"""Puts a page together block by block; keeps its rules: heading order, unique ids, no gaps.

What breaks a rule is noted in ``problems`` and built on as well as may be, so that one reading
finds every problem of a page.
"""

from pathlib import Path

from knowledge.draft import OpenEntry, OpenSection, slug
from knowledge.errors import KnowledgeError
from knowledge.front_matter import FrontMatter
from knowledge.model import Page, Passage, SectionKind, SeeAlso
from knowledge.sentences import split_statements

_INTRODUCTION = "inleiding"


class PageBuilder:
    """Takes a page's blocks in reading order; ``page()`` returns the finished page."""

    def __init__(self, path: Path, front: FrontMatter) -> None:
        self.problems: list[KnowledgeError] = []
        self._path = path
        self._front = front
        self._text = ""
        self._title: str | None = None
        self._around = [OpenSection(_INTRODUCTION, "", "lead", 1)]
        self._group: OpenSection | None = None
        self._group_is_empty = False
        self._entries: list[OpenEntry] = []
        # The entry that blocks go to; None above the first question and right below a group.
        self._entry: OpenEntry | None = None
        self._ids = {_INTRODUCTION}

    def heading(self, level: int, text: str, name: str | None, line: int) -> None:
        """Open the title (1), a group or a part of the introduction (2), an entry (3), a section
        (4).
        """
        if level == 1 and self._title is None:
            self._title = text
        elif self._need_title(line):
            pass
        elif level == 2:
            self._close_group()
            self._group = OpenSection(
                f"{_INTRODUCTION}/{name or slug(text)}", text, "heading", line
            )
            self._group_is_empty = True
            self._entry = None
        elif level == 3:
            self._open_entry(text, name, line)
        elif level == 4 and self._entry:
            self._open_section(self._entry, text, "heading", name or slug(text), line)
        else:
            self.note(
                f"a heading of level {level} cannot stand here; use # title, ## group, "
                "### question, #### section",
                line,
            )
        self._append(text)

    def paragraph(self, text: str, line: int, *, in_item: bool = False) -> None:
        """Add a paragraph to the section that is open; ``in_item`` when it stands in a list."""
        entry = self._entry
        if entry and not in_item and entry.sections[-1].kind in ("bullet", "point"):
            self._open_section(entry, "", "heading", f"vervolg-{len(entry.sections)}", line)
        self._add_passage(text, line, bullet=False)

    def bullet(self, text: str, name: str | None, line: int) -> None:
        """Add a list item; one with a name opens a section of its own."""
        entry = self._entry
        if name:
            self._open_item("", "bullet", name, line)
        elif entry and entry.sections[-1].kind == "bullet":
            self.note("name every item of this list: '… {#name}'", line)
        self._add_passage(text, line, bullet=True)

    def point(self, heading: str, name: str | None, line: int) -> None:
        """Open a numbered point: its first line is the heading of a section of its own."""
        self._open_item(heading, "point", name or slug(heading), line)
        self._append(heading)

    def see_also(self, reference: SeeAlso) -> None:
        """Add a "Zie ook" line to the entry that is open."""
        if self._entry:
            self._entry.see_also.append(reference)
        else:
            self.note("'Zie ook' must stand below a '### question'", reference.line)
        self._append(reference.text)

    def page(self) -> Page:
        """Close everything and return the page."""
        self._close_group()
        if self._title is None:
            self.note("the page has no '# title'", 1)
        if not self._entries:
            self.note("the page has no '### question'", 1)
        for entry in self._entries:
            self._find_gaps(entry)
        front = self._front
        return Page(
            id=self._path.stem,
            title=front.title,
            publisher=front.publisher,
            url=front.url,
            language=front.language,
            taken_in=front.taken_in,
            edition=front.edition,
            updated=front.updated,
            changes=front.changes,
            introduction=tuple(section.close() for section in self._around),
            entries=tuple(entry.close(self._path.stem) for entry in self._entries),
            text=self._text,
        )

    def note(self, message: str, line: int) -> None:
        """Note what is wrong at a line of the page."""
        self.problems.append(KnowledgeError(message, self._path, line))

    def _need_title(self, line: int) -> bool:
        if self._title is None:
            self.note("the page must begin with '# title'", line)
            self._title = ""
            return True
        return False

    def _close_group(self) -> None:
        if self._group and self._group_is_empty:
            self.note(f"nothing stands under '{self._group.heading}'", self._group.line)

    def _open_entry(self, question: str, name: str | None, line: int) -> None:
        if self._group is None:
            self.note("a '### question' needs a '## group' above it", line)
        group = self._group.heading if self._group else ""
        self._group_is_empty = False
        lead = OpenSection(self._new_id(name or slug(question), line), "", "lead", line)
        self._entry = OpenEntry(question, group, [lead])
        self._entries.append(self._entry)

    def _open_item(self, heading: str, kind: SectionKind, name: str, line: int) -> None:
        if self._entry:
            self._open_section(self._entry, heading, kind, name, line)
        else:
            self.note("a named or numbered item must stand below a '### question'", line)

    def _open_section(
        self, entry: OpenEntry, heading: str, kind: SectionKind, name: str, line: int
    ) -> None:
        parent = None if kind == "heading" and heading else entry.parent()
        section_id = self._new_id(f"{entry.lead.id}/{name}" if name else "", line)
        entry.sections.append(OpenSection(section_id, heading, kind, line, parent))

    def _add_passage(self, text: str, line: int, *, bullet: bool) -> None:
        self._need_title(line)
        section = self._entry.sections[-1] if self._entry else self._outside(line)
        start = self._append(text)
        passage_id = f"{section.id}#{len(section.passages) + 1}"
        statements = split_statements(text, start)
        passage = Passage(passage_id, text, start, start + len(text), bullet, statements, line)
        section.passages.append(passage)

    def _outside(self, line: int) -> OpenSection:
        # A group's heading is a part of the introduction only where text stands right below it.
        if self._group and self._group_is_empty:
            self._group.id = self._new_id(self._group.id, line)
            self._around.append(self._group)
            self._group_is_empty = False
        return self._around[-1]

    def _find_gaps(self, entry: OpenEntry) -> None:
        if not any(section.passages for section in entry.sections):
            self.note("this question has no answer below it", entry.lead.line)
            return
        parents = {section.parent_id for section in entry.sections}
        for section in entry.sections[1:]:
            if not section.passages and section.id not in parents:
                self.note("this section is empty", section.line)

    def _append(self, text: str) -> int:
        start = len(self._text) + 2 if self._text else 0
        self._text += ("\n\n" if self._text else "") + text
        return start

    def _new_id(self, name: str, line: int) -> str:
        if not name:
            self.note("no id can be made of this heading; give it one: {#name}", line)
        elif name in self._ids:
            self.note(f"the id '{name}' is used twice; give one a name of its own: {{#name}}", line)
        self._ids.add(name)
        return name
