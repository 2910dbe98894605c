"""A Markdown file → blocks, through markdown-it-py: the project's own format and others'."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from markdown_it.token import Token

from knowledge.errors import KnowledgeError
from knowledge.front_matter import inspect_front_matter, split_page
from knowledge.parse import markdown, named, plain, target
from knowledge.takein.block import Block, Extract, marked


def extract_markdown(text: str, path: Path) -> Extract:
    """Read a file with front matter or without. KnowledgeError for what is no text, with a line."""
    about: dict[str, str] = {}
    lines_above = 0
    if text.startswith("---\n"):
        values, lines_above, text = split_page(text, path)
        front, _ = inspect_front_matter(values, lines_above, path)
        names = ("title", "publisher", "url", "language", "edition")
        about = {name: value for name in names if (value := getattr(front, name))}
    tokens = markdown().parse(text)
    return Extract(tuple(_blocks(tokens, path, lines_above + 1)), about)


def _blocks(tokens: list[Token], path: Path, first_line: int) -> Iterator[Block]:
    items: list[Token] = []
    item_is_new = False
    holder = ""
    for token in tokens:
        if token.type == "list_item_open":
            items.append(token)
            item_is_new = True
        elif token.type == "list_item_close":
            items.pop()
        elif token.type in ("heading_open", "paragraph_open"):
            holder = token.tag
        elif token.type == "inline":
            block = _block(token, holder)
            if block.text and items and item_is_new:
                yield replace(block, kind="point" if items[-1].info else "bullet")
            elif block.text:
                yield marked(replace(block, inside=bool(items)))
            item_is_new = False
        elif token.type in ("fence", "code_block", "html_block"):
            line = first_line + (token.map[0] if token.map else 0)
            raise KnowledgeError("a block of code is no guidance; take it out", path, line)


def _block(token: Token, holder: str) -> Block:
    text, name = named(plain(token))
    block = Block("paragraph", text, name=name or "", target=target(token) or "")
    if holder.startswith("h"):
        return replace(block, kind="heading", level=int(holder[1]))
    return block
