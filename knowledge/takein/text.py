"""Plain text, as a web page's text copies out: blocks by blank lines, bullets and line lengths."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.takein.block import Block, Extract, marked

# A longer line is a paragraph of its own: text that is wrapped by hand stays well below this.
_LONGEST_WRAPPED = 120


def extract_text(text: str) -> Extract:
    """Cut a text into blocks."""
    return Extract(tuple(blocks_of(text.split("\n"))))


def blocks_of(lines: Sequence[str]) -> Iterator[Block]:
    """Yield the blocks of lines of text; wrapped lines are joined."""
    lines = [line.expandtabs(4).rstrip() for line in lines]
    width = max((len(line) for line in lines), default=0)
    block: Block | None = None
    above = ""
    for line in lines:
        new = _block(line, tight=bool(above)) if line else None
        if block and new and _goes_on(above, line, new, width):
            block = replace(block, text=f"{block.text} {new.text}")
        else:
            if block:
                yield block
            block = new
        above = line
    if block:
        yield block


def _block(line: str, *, tight: bool) -> Block:
    text = " ".join(line.split())
    indent = len(line) - len(line.lstrip())
    return marked(Block("paragraph", text, tight=tight, indent=indent))


def _goes_on(above: str, line: str, new: Block, width: int) -> bool:
    """Whether a line goes on with the paragraph above it, which was broken at ``width``."""
    if new.is_item or width > _LONGEST_WRAPPED:
        return False
    first_word = line.split(maxsplit=1)[0]
    return len(above) + 1 + len(first_word) > width or first_word[0].islower()
