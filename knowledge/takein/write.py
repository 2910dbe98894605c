"""Blocks → Markdown that reads back as the same words."""

import re
from collections.abc import Sequence

from knowledge.draft import slug
from knowledge.parse import markdown, plain
from knowledge.takein.block import Block
from knowledge.takein.furniture import SEE_ALSO
from knowledge.takein.guess import QUESTION

# A character that Markdown may read as a mark: anywhere, or at the start of a line.
_MARKS = re.compile(r"[\\`*_\[\]<&]|(?<=\s)#|^[#+\-=>~|]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")


def write_markdown(blocks: Sequence[Block]) -> str:
    """Write the body of a page, a blank line between blocks and none between items."""
    text = ""
    number = width = 0
    above: Block | None = None
    for block in blocks:
        if block.kind == "point":
            number += 1
        elif not block.inside:
            number = 0
        mark = {"point": f"{number}. ", "bullet": "- "}.get(block.kind, "")
        indent = " " * width if block.inside else ""
        width = width if block.inside else len(mark)
        listed = above and above.kind == block.kind == "bullet" and above.inside == block.inside
        gap = "" if above is None else "\n" if listed else "\n\n"
        text += gap + indent + mark + _text(block, mark)
        above = block
    return text + "\n"


def _text(block: Block, mark: str) -> str:
    if block.kind == "see_also":
        text = _escaped(block.text, "")
        return f"{SEE_ALSO} [{text}](#{block.target})" if block.target else f"{SEE_ALSO} {text}"
    if block.kind != "heading":
        name = f" {{#{block.name}}}" if _needs_name(block) else ""
        return _escaped(block.text, mark) + name
    mark = "#" * block.level + " "
    return mark + _escaped(block.text, mark) + (f" {{#{block.name}}}" if _needs_name(block) else "")


def _needs_name(block: Block) -> bool:
    """Whether a name must be written: the parser makes a heading's name of its text."""
    by_itself = block.kind == "point" or (block.kind == "heading" and block.level >= QUESTION)
    return bool(block.name) and not (by_itself and block.name == slug(block.text))


def _escaped(text: str, mark: str) -> str:
    """The text as it must be written to be read as it is; plain text mostly stays as it is."""
    inline = [token for token in markdown().parse(mark + text) if token.type == "inline"]
    if len(inline) == 1 and plain(inline[0]) == text:
        return text
    return _MARKS.sub(r"\\\g<0>", text)
