"""The door: a file → a new edition of a page, and what an editor should know of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.diff import Change, compare
from knowledge.draft import slug
from knowledge.errors import KnowledgeError
from knowledge.front_matter import FrontMatter, write_front_matter
from knowledge.model import Page
from knowledge.parse import inspect_page
from knowledge.takein.block import Block, Dropped, key
from knowledge.takein.extract import extract
from knowledge.takein.furniture import SEE_ALSO
from knowledge.takein.names import set_names
from knowledge.takein.recognise import recognise
from knowledge.takein.references import resolve
from knowledge.takein.write import write_markdown
from knowledge.text_file import read_text, write_text

_PUBLISHER = "Autoriteit Persoonsgegevens"
_LANGUAGE = "nl"


@dataclass(frozen=True, slots=True)
class Edition:
    """A page as it was taken in: its text, where it goes, what it replaces, what was left out."""

    source: Path
    path: Path
    text: str
    page: Page
    old: Page | None
    changes: tuple[Change, ...]
    dropped: tuple[Dropped, ...]
    notes: tuple[str, ...]


def take_in(
    source: Path, asked: Mapping[str, str], pages: Mapping[Path, Page], folder: Path, today: date
) -> Edition:
    """Turn a file into a page of ``folder``; nothing is written.

    ``asked`` holds front matter that the editor gives: it goes before what the file says of
    itself. ``pages`` are the pages that ``folder`` holds now. Raises KnowledgeError when the file
    cannot be read, has no questions with answers, or lacks a title or address.
    """
    found = extract(source)
    about = {**found.about, **asked}
    recognised = recognise(found, about.get("title", ""), source)
    about.setdefault("title", recognised.blocks[0].text)
    if not about.get("url"):
        raise KnowledgeError("says not where it comes from; give its address: --url …", source)
    path, old = _place(about, pages, folder, source)
    blocks = _linked(recognised.blocks, old, {p: page for p, page in pages.items() if p != path})
    body = write_markdown(blocks)
    draft = _read(_front_matter(about, old, (), today), body, path, source)
    _compare_words(draft, blocks, source)
    changes = compare(old, draft) if old else ()
    front = _front_matter(about, old, changes, today)
    page = _read(front, body, path, source)
    text = _page_text(front, body)
    return Edition(source, path, text, page, old, changes, recognised.dropped, recognised.notes)


def is_written(edition: Edition) -> bool:
    """Whether the file holds this edition already."""
    return edition.path.exists() and read_text(edition.path) == edition.text


def write_editions(editions: Sequence[Edition]) -> None:
    """Write every edition that is new; each file is replaced in one step."""
    for edition in editions:
        if not is_written(edition):
            write_text(edition.path, edition.text)


def _place(
    about: Mapping[str, str], pages: Mapping[Path, Page], folder: Path, source: Path
) -> tuple[Path, Page | None]:
    """Where a page goes, and the page that it replaces: of this address, or else of this name."""
    for path, page in pages.items():
        if _address(page.url) == _address(about["url"]):
            return path, page
    path = folder / f"{slug(about['title']) or 'pagina'}.md"
    old = pages.get(path)
    if old and _address(old.url).split("/")[0] != _address(about["url"]).split("/")[0]:
        message = f"would replace {path.name}, which comes from {old.url}; give it another --title"
        raise KnowledgeError(message, source)
    return path, old


def _address(url: str) -> str:
    """An address without what does not tell pages apart."""
    return re.sub(r"^https?://(?:www\.)?", "", url.lower()).rstrip("/")


def _linked(blocks: Sequence[Block], old: Page | None, others: Mapping[Path, Page]) -> list[Block]:
    """Give the blocks their ids, and references the ids that they point to."""
    elsewhere = {key(e.question): e.id for page in others.values() for e in page.entries}
    return resolve(set_names(blocks, old, elsewhere.values()), elsewhere)


def _front_matter(
    about: Mapping[str, str], old: Page | None, changes: Sequence[Change], today: date
) -> FrontMatter:
    edition = about.get("edition") or f"de pagina zoals die was op {today:%d-%m-%Y}"
    if old and not changes:
        edition = about.get("edition") or old.edition
    return FrontMatter(
        title=about["title"],
        publisher=about.get("publisher") or (old.publisher if old else _PUBLISHER),
        url=about["url"],
        language=about.get("language") or (old.language if old else _LANGUAGE),
        taken_in=old.taken_in if old else today,
        edition=edition,
        updated=today if changes else old.updated if old else None,
        changes=tuple(c.in_dutch for c in changes) or (old.changes if old else ()),
    )


def _page_text(front: FrontMatter, body: str) -> str:
    return f"{write_front_matter(front)}\n{body}"


def _read(front: FrontMatter, body: str, path: Path, source: Path) -> Page:
    """Read the page as the app will; KnowledgeError when it would be refused."""
    page, problems = inspect_page(_page_text(front, body), path)
    if problems:
        raise KnowledgeError(f"cannot be fitted into the format: {problems[0]}", source)
    return page


def _compare_words(page: Page, blocks: Sequence[Block], source: Path) -> None:
    """Raise KnowledgeError when a word was lost or made up on the way to the page."""
    said = (f"{SEE_ALSO} {b.text}" if b.kind == "see_also" else b.text for b in blocks)
    expected, found = " ".join(said).split(), page.text.split()
    if expected != found:
        place = next(
            (
                i
                for i, (one, other) in enumerate(zip(expected, found, strict=False))
                if one != other
            ),
            min(len(expected), len(found)),
        )
        words = " ".join(expected[max(0, place - 5) : place + 5])
        raise KnowledgeError(f"cannot be written without changing a word near '{words}'", source)
