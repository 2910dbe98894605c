"""Markdown with front matter → ``Page``, through markdown-it-py's tokens.

A page is written so: ``#`` title, introduction under ``#`` and plain ``##`` headings, then ``##``
group, ``###`` question, ``####`` section. ``{#name}`` after a question, heading or list item gives
it an id; a list item with an id is a section of its own. "Zie ook: [question](#entry-id)" is a
cross reference. What the format does not know is refused with file and line, never dropped.
"""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from knowledge.builder import PageBuilder
from knowledge.errors import KnowledgeError
from knowledge.model import Page, SeeAlso

FRONT_MATTER = ("title", "publisher", "url", "language", "taken_in", "edition")
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


def parse_page(path: Path) -> Page:
    """Read one page file. The page's id is the file's name without its ending.

    Raises KnowledgeError, with file and line, for anything the format does not allow.
    """
    try:
        source = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise KnowledgeError("is not UTF-8; save it as UTF-8", path) from error
    meta, body_line, body = _front_matter(source, path)
    builder = PageBuilder(path, meta)
    tokens = MarkdownIt("commonmark", {"html": False}).parse(body)
    _Walk(builder, path, body_line).run(tokens)
    return builder.page()


def _front_matter(source: str, path: Path) -> tuple[Mapping[str, str | date], int, str]:
    lines = source.splitlines()
    if not lines or lines[0].strip() != "---":
        raise KnowledgeError("must begin with front matter between two lines '---'", path, 1)
    try:
        close = next(i for i, line in enumerate(lines[1:], 1) if line.strip() == "---")
    except StopIteration:
        raise KnowledgeError("the front matter has no closing '---'", path, 1) from None
    try:
        meta = yaml.safe_load("\n".join(lines[1:close]))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        raise KnowledgeError("the front matter is not valid YAML", path, line) from error
    if not isinstance(meta, dict):
        raise KnowledgeError("the front matter must be 'name: value' lines", path, 2)
    for name in FRONT_MATTER:
        if not meta.get(name):
            raise KnowledgeError(f"the front matter lacks '{name}:'", path, close + 1)
    if not isinstance(meta["taken_in"], date):
        raise KnowledgeError("'taken_in:' must be a date, such as 2026-11-24", path, close + 1)
    return meta, close + 1, "\n".join(lines[close + 1 :])


class _Walk:
    """Hands each block of the token stream to the builder, with its line in the file."""

    def __init__(self, builder: PageBuilder, path: Path, body_line: int) -> None:
        self._builder = builder
        self._path = path
        self._body_line = body_line
        self._context: list[Token] = []
        self._item_is_new = False

    def run(self, tokens: list[Token]) -> None:
        for token in tokens:
            if token.type == "list_item_open":
                self._context.append(token)
                self._item_is_new = True
            elif token.type in ("heading_open", "paragraph_open"):
                self._context.append(token)
            elif token.type == "inline":
                self._block(token)
            elif token.type in _CONTAINERS:
                if token.type.removesuffix("_close") in ("list_item", "paragraph", "heading"):
                    self._context.pop()
            else:
                raise KnowledgeError(
                    f"'{token.type}' is not part of the format; write it as plain paragraphs, "
                    "lists or headings",
                    self._path,
                    self._line(token),
                )

    def _line(self, token: Token) -> int:
        return self._body_line + 1 + (token.map[0] if token.map else 0)

    def _block(self, token: Token) -> None:
        line = self._line(token)
        text, name = _named(_plain(token))
        holder = self._context[-1]
        items = [t for t in self._context if t.type == "list_item_open"]
        if holder.type == "heading_open":
            self._builder.heading(int(holder.tag[1:]), text, name, line)
        elif not items and _SEE_ALSO.match(text):
            self._builder.see_also(SeeAlso(text, _target(token), line))
        elif items and self._item_is_new:
            self._item_is_new = False
            # A point is a numbered item: its first paragraph is its heading.
            if items[-1].info:
                self._builder.point(text, name, line)
            else:
                self._builder.bullet(text, name, line)
        else:
            self._builder.paragraph(text, line, in_item=bool(items))


def _named(text: str) -> tuple[str, str | None]:
    match = _NAMED.match(text)
    return (match["text"], match["id"]) if match else (text, None)


def _plain(token: Token) -> str:
    parts = [
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or ()
    ]
    return " ".join("".join(parts).split())


def _target(token: Token) -> str | None:
    for child in token.children or ():
        href = str(child.attrGet("href") or "") if child.type == "link_open" else ""
        if href.startswith("#"):
            return href[1:]
    return None
