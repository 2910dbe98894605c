"""Markdown with front matter → ``Page``, through markdown-it-py's tokens.

A page is written so: ``#`` title, introduction under ``#`` and plain ``##`` headings, then ``##``
group, ``###`` question, ``####`` section. ``{#name}`` after a question, heading or list item gives
it an id; a list item with an id is a section of its own. "Zie ook: [question](#entry-id)" is a
cross reference. What the format does not know is refused with file and line, never dropped.
"""

import re
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.builder import PageBuilder
from knowledge.errors import KnowledgeError, raise_first
from knowledge.front_matter import inspect_front_matter, split_page
from knowledge.model import Page, SeeAlso
from knowledge.text_file import read_text

_NAMED = re.compile(r"^(?P<text>.*?)\s*\{#(?P<id>[a-z0-9-]+)\}$", re.DOTALL)
_SEE_ALSO = re.compile(r"^Zie ook:")
_CONTAINERS = {
    "bullet_list_open",
    "bullet_list_close",
    "ordered_list_open",
    "ordered_list_close",
    "list_item_close",
    "paragraph_close",
    "heading_close",
}
# A list in a list takes two levels; markdown-it drops what stands deeper than 20 of them.
_TOO_DEEP = 6


def parse_page(path: Path) -> Page:
    """Read one page file. The page's id is the file's name without its ending.

    Raises KnowledgeError, with file and line, for anything the format does not allow.
    """
    page, problems = inspect_page(read_text(path), path)
    raise_first(problems)
    return page


def inspect_page(source: str, path: Path) -> tuple[Page, tuple[KnowledgeError, ...]]:
    """Read a page's text; return it with everything in it that the format does not allow.

    Raises KnowledgeError when there is no front matter: then nothing can be read.
    """
    text, close, body = split_page(source, path)
    front, problems = inspect_front_matter(text, close, path)
    builder = PageBuilder(path, front)
    _Walk(builder, close).run(markdown().parse(body))
    page = builder.page()
    return page, (*problems, *sorted(builder.problems, key=lambda p: p.line or 0))


def markdown() -> MarkdownIt:
    """The Markdown that pages are written in."""
    return MarkdownIt("commonmark", {"html": False})


def plain(token: Token) -> str:
    """What a reader sees of an inline token, white space as single spaces."""
    parts = [
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or ()
    ]
    return " ".join("".join(parts).split())


class _Walk:
    """Hands each block of the token stream to the builder, with its line in the file."""

    def __init__(self, builder: PageBuilder, lines_above: int) -> None:
        self._builder = builder
        self._lines_above = lines_above
        self._context: list[Token] = []
        self._item_is_new = False

    def run(self, tokens: list[Token]) -> None:
        for token in tokens:
            if token.level == _TOO_DEEP and token.type.endswith("list_open"):
                self._builder.note("a list can stand three deep at most", self._line(token))
            elif token.type == "list_item_open":
                self._context.append(token)
                self._item_is_new = True
            elif token.type in ("heading_open", "paragraph_open"):
                self._context.append(token)
            elif token.type == "inline":
                self._block(token)
            elif token.type in _CONTAINERS:
                if token.type.removesuffix("_close") in ("list_item", "paragraph", "heading"):
                    self._context.pop()
            elif token.nesting >= 0:
                self._builder.note(
                    f"'{token.type}' is not part of the format; write it as plain paragraphs, "
                    "lists or headings",
                    self._line(token),
                )

    def _line(self, token: Token) -> int:
        return self._lines_above + 1 + (token.map[0] if token.map else 0)

    def _block(self, token: Token) -> None:
        line = self._line(token)
        text, name = named(plain(token))
        holder = self._context[-1]
        items = [t for t in self._context if t.type == "list_item_open"]
        if not text:
            self._builder.note("there is no text here", line)
        elif holder.type == "heading_open" and items:
            self._builder.note("a heading cannot stand in a list", line)
        elif holder.type == "heading_open":
            self._builder.heading(int(holder.tag[1:]), text, name, line)
        elif not items and _SEE_ALSO.match(text):
            self._builder.see_also(SeeAlso(text, target(token), line))
        elif items and self._item_is_new:
            self._item_is_new = False
            # A point is a numbered item: its first paragraph is its heading.
            if items[-1].info:
                self._builder.point(text, name, line)
            else:
                self._builder.bullet(text, name, line)
        else:
            self._builder.paragraph(text, line, in_item=bool(items))


def named(text: str) -> tuple[str, str | None]:
    """Part a text from the id that is written behind it: ``text {#id}``."""
    match = _NAMED.match(text)
    return (match["text"], match["id"]) if match else (text, None)


def target(token: Token) -> str | None:
    """The id that the first link within the page points to, if an inline token has one."""
    for child in token.children or ():
        href = str(child.attrGet("href") or "") if child.type == "link_open" else ""
        if href.startswith("#"):
            return href[1:]
    return None
