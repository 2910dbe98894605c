"""Lines of a PDF → blocks: by letter size, bold type, space between lines and distance to the left.

A PDF knows no paragraphs, and a browser draws the bullets of a list as pictures: so a text that
stands further from the left than most is taken for an item.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.takein.block import Block, marked, reads_as_heading
from knowledge.takein.furniture import is_label

_SOFT_HYPHEN = "\u00ad"
# How much more than the usual space parts two blocks, and how much shorter a line that was broken
# off is than the widest: letters differ in width.
_WIDER = 1.25
_SHORTER = 0.8
# Points that an item stands to the right of a paragraph at least.
_INDENT = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``left`` and ``bottom`` in points from the page's corner, ``size`` in points."""

    text: str
    page: int
    left: float
    bottom: float
    size: float
    bold: bool

    def longer(self, text: str, *, bold: bool = True) -> "Line":
        """The line with more text; it is bold when all of it is."""
        return replace(self, text=self.text + text, bold=self.bold and bold)

    def tidy(self) -> "Line":
        """The line with single spaces."""
        return replace(self, text=" ".join(self.text.split()))


@dataclass(frozen=True, slots=True)
class _Layout:
    """What is usual in a text: its size, left margin, space between lines and longest line."""

    size: float
    left: int
    leading: float
    width: int
    # The styles of headings, (size, bold), to their level.
    levels: dict[tuple[float, bool], int]


def blocks_of_lines(lines: Sequence[Line]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Return the blocks, and a note on each word that a line's end may have cut in two."""
    layout = _layout(lines)
    words = {word.strip(".,;:?!()") for line in lines for word in line.text.split()}
    notes: list[str] = []
    blocks: list[Block] = []
    above: Line | None = None
    in_point = False
    for group in _groups(lines, layout):
        tight = above is not None and not _is_apart(above, group[0], layout)
        indent = round(group[0].left) - layout.left
        block = Block("paragraph", _joined(group, words, notes), tight=tight, indent=indent)
        block = _judged(block, group[0], layout, in_point=in_point)
        in_point = block.kind == "point" or (in_point and block.inside)
        blocks.append(block)
        above = group[-1]
    return tuple(blocks), tuple(notes)


def _layout(lines: Sequence[Line]) -> _Layout:
    letters = Counter[float]()
    for line in lines:
        letters[line.size] += len(line.text)
    size = max(letters, key=lambda size: letters[size])
    body = [line for line in lines if line.size == size and not line.bold] or lines
    lefts = Counter[int]()
    for line in body:
        lefts[round(line.left)] += len(line.text)
    gaps = [
        above.bottom - line.bottom
        for above, line in pairwise(lines)
        if above.size == line.size == size and above.page == line.page
    ]
    styles = {(s, b) for s, b in ((line.size, line.bold) for line in lines) if s > size or b}
    return _Layout(
        size=size,
        left=lefts.most_common(1)[0][0],
        leading=min((gap for gap in gaps if gap > 0.9 * size), default=1.2 * size),
        width=max(len(line.text) for line in body),
        levels={style: i for i, style in enumerate(sorted(styles, reverse=True), 1)},
    )


def _judged(block: Block, first: Line, layout: _Layout, *, in_point: bool) -> Block:
    """Say what kind of block a text is."""
    level = layout.levels.get((first.size, first.bold), 0)
    if level and (first.size > layout.size or reads_as_heading(block.text)):
        return replace(block, kind="heading", level=level)
    block = marked(block)
    if block.is_item or block.indent < _INDENT:
        return block
    return replace(block, inside=True) if in_point else replace(block, kind="bullet")


def _groups(lines: Sequence[Line], layout: _Layout) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and _begins(group[-1], line, layout):
            yield group
            group = []
        group.append(line)
    yield group


def _begins(above: Line, line: Line, layout: _Layout) -> bool:
    """Whether a line begins a block of its own."""
    if (above.size, above.bold) != (line.size, line.bold):
        return True
    block = marked(Block("paragraph", line.text))
    if block.is_item or is_label(block):
        return True
    goes_on = line.text[0].islower()
    if above.page != line.page:
        return not goes_on and above.text[-1] in ".?!:;"
    needed = len(above.text) + 1 + len(line.text.split(maxsplit=1)[0])
    broken_off = line.size == layout.size and needed < _SHORTER * layout.width and not goes_on
    return _is_apart(above, line, layout) or broken_off


def _is_apart(above: Line, line: Line, layout: _Layout) -> bool:
    """Whether there is more space between two lines than between the lines of a text."""
    gap = above.bottom - line.bottom
    return gap < 0 or gap > layout.leading * _WIDER * max(line.size / layout.size, 1)


def _joined(group: Sequence[Line], words: set[str], notes: list[str]) -> str:
    """Join the lines of a block; a hyphen at a line's end may or may not be the word's own."""
    text = group[0].text
    for line in group[1:]:
        left = text.split()[-1]
        right = line.text.split(maxsplit=1)[0]
        if text.endswith(_SOFT_HYPHEN):
            text = text[:-1] + line.text
        elif not left.endswith("-") or right in ("en", "of") or not right[0].islower():
            text = f"{text} {line.text}"
        else:
            whole = left[:-1] + right.rstrip(".,;:?!)")
            text = (text[:-1] if whole.strip("(") in words else text) + line.text
            notes.append(f"look at the hyphen: '{left}' stood at a line's end, before '{right}'")
    return text.replace(_SOFT_HYPHEN, "")
