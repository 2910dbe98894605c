"""All pages of a folder together: look-ups, resolved cross references and one content hash."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.errors import KnowledgeError, raise_first
from knowledge.model import Entry, Page, Passage, Section
from knowledge.parse import parse_page

PAGES = Path(__file__).parent / "pages"


@dataclass(frozen=True)
class Library:
    """The pages of one folder, in the order of their file names."""

    pages: tuple[Page, ...]

    @cached_property
    def version(self) -> str:
        """SHA-256, in hexadecimal, of everything that an answer can show or rest on."""
        return hashlib.sha256(repr(self.pages).encode()).hexdigest()

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        return {entry.id: entry for page in self.pages for entry in page.entries}

    @cached_property
    def _pages(self) -> dict[str, Page]:
        return {page.id: page for page in self.pages}

    def entries(self) -> Iterator[Entry]:
        """Every entry, page by page."""
        yield from self._entries.values()

    def page(self, page_id: str) -> Page:
        """Return the page with this id; KeyError when there is none."""
        return self._pages[page_id]

    def entry(self, entry_id: str) -> Entry:
        """Return the entry with this id; KeyError when there is none."""
        return self._entries[entry_id]

    def places(self) -> Iterator[tuple[Entry, Section, Passage]]:
        """Every passage of every entry, with its section and entry."""
        for entry in self.entries():
            for section in entry.sections:
                for passage in section.passages:
                    yield entry, section, passage


def load_library(folder: Path = PAGES) -> Library:
    """Parse every ``*.md`` file of ``folder``.

    Raises KnowledgeError when the folder holds none, when two pages use one entry id, or when a
    cross reference names an entry that does not exist.
    """
    pages = {path: parse_page(path) for path in page_files(folder)}
    raise_first(tuple(inspect_library(pages)))
    return Library(tuple(pages.values()))


def page_files(folder: Path) -> tuple[Path, ...]:
    """The pages of a folder in the order of their names; KnowledgeError when it holds none."""
    paths = tuple(sorted(folder.glob("*.md")))
    if not paths:
        raise KnowledgeError("holds no page; add a Markdown file (see docs/knowledge.md)", folder)
    return paths


def inspect_library(pages: Mapping[Path, Page]) -> Iterator[KnowledgeError]:
    """Yield what is wrong between the pages of one folder: shared ids, dead cross references."""
    owner: dict[str, Path] = {}
    for path, page in pages.items():
        for entry in page.entries:
            first = owner.setdefault(entry.id, path)
            if first != path:
                yield KnowledgeError(
                    f"the entry id '{entry.id}' is also used in {first.name}; "
                    "give one of the two another {#name}",
                    path,
                    entry.line,
                )
    for path, page in pages.items():
        for entry in page.entries:
            for reference in entry.see_also:
                if reference.target is not None and reference.target not in owner:
                    yield KnowledgeError(
                        f"'Zie ook' points to '#{reference.target}', which is no entry's id",
                        path,
                        reference.line,
                    )
