"""Runs of text, some of them bold → the lines that are blocks of their own."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from knowledge.takein.block import Block, marked

BREAK = "\n"


def lines_of(runs: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Yield lines, each with whether all of it is bold; a run is a text or a ``BREAK``.

    A break mostly only wraps a text. Two together part it, and so does one that stands behind a
    bold line, or next to a line that begins with a bullet or a number.
    """
    line, line_is_bold = "", False
    for is_break, group in groupby(runs, key=lambda run: run[0] == BREAK):
        parts = list(group)
        text = " ".join("".join(part for part, _ in parts).split())
        bold = all(bold for part, bold in parts if part.strip())
        parted = is_break and len(parts) > 1
        turned = bool(text) and (line_is_bold != bold or _is_marked(line) or _is_marked(text))
        if line and (parted or turned):
            yield line, line_is_bold
            line = ""
        if text:
            line_is_bold = bold
            line = f"{line} {text}".lstrip()
    if line:
        yield line, line_is_bold


def _is_marked(text: str) -> bool:
    return marked(Block("paragraph", text)).is_item
