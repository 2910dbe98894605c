"""Fit headings and items into the format: title, groups, questions, sections, items."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.takein.block import Block, Dropped, key, reads_as_heading, with_neighbours
from knowledge.takein.guess import GROUP, QUESTION, SECTION, TITLE


def set_title(blocks: Sequence[Block], title: str) -> tuple[list[Block], list[Dropped]]:
    """Put the title on top, and leave out what stands above it on the page.

    ``title`` is what the page is called; it stands in where the page itself has no title.
    """
    heading = _title(blocks, title)
    if heading is None:
        return [Block("heading", title, TITLE), *blocks], []
    place = blocks.index(heading)
    dropped = [Dropped(block.text, "above the title") for block in blocks[:place]]
    return [replace(heading, level=TITLE), *blocks[place + 1 :]], dropped


def set_levels(blocks: Sequence[Block]) -> list[Block]:
    """Give every heading below the title its level in the format.

    The level at which most headings ask is the questions'; what stands above it groups them, what
    stands below it divides their answers.
    """
    title, *body = blocks
    level = _question_level(body)
    first = next((i for i, b in enumerate(body) if b.level == level and _asks(b)), 0)
    leveled = [title]
    grouped = answer = False
    for number, block in enumerate(body):
        if block.kind != "heading":
            leveled.append(block)
        elif block.level < level or (block.level == level and number < first):
            grouped = grouped or block.level < level
            answer = False
            leveled.append(replace(block, level=GROUP))
        elif block.level == level:
            if not grouped:
                leveled.append(replace(title, level=GROUP, name=""))
            grouped = answer = True
            leveled.append(replace(block, level=QUESTION))
        elif answer:
            leveled.append(replace(block, level=SECTION))
        else:
            leveled.append(replace(block, kind="paragraph", level=0))
    return leveled


def set_items(blocks: Sequence[Block]) -> list[Block]:
    """Tell numbered points, which have a heading and a text, from items.

    A source that does not tell what stands inside an item: all that follows a point's heading is
    the point's.
    """
    fitted: list[Block] = []
    answer = adopts = False
    for above, block, below in with_neighbours(blocks):
        if block.kind == "heading":
            answer, adopts = block.level >= QUESTION, False
            fitted.append(block)
        elif block.kind == "point":
            alone = above is None or above.kind != "point"
            adopts = answer and alone and _heads(block, below)
            inside = answer and below is not None and below.inside
            fitted.append(block if adopts or inside else replace(block, kind="bullet"))
        elif adopts and block.kind != "see_also":
            fitted.append(replace(block, inside=True))
        else:
            fitted.append(block)
    return fitted


def drop_gaps(blocks: Sequence[Block]) -> tuple[list[Block], list[Dropped]]:
    """Leave out headings that nothing stands under, and a list of the page's own questions."""
    questions = {key(b.text) for b in blocks if b.kind == "heading" and b.level == QUESTION}
    kept: list[Block] = []
    dropped: list[Dropped] = []
    below: Block | None = None
    for block in reversed(blocks):
        if block.kind == "heading" and block.level in (GROUP, SECTION) and _is_gap(block, below):
            dropped.append(Dropped(block.text, "heading with nothing below it"))
        elif block.is_item and key(block.text) in questions:
            dropped.append(Dropped(block.text, "list of this page's questions"))
        else:
            kept.append(block)
            # A reference is no text that a heading could stand above.
            below = below if block.kind == "see_also" else block
    return kept[::-1], dropped[::-1]


def unanswered(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield every question that has no answer below it."""
    texts = [block for block in blocks if block.kind != "see_also"]
    for _, block, below in with_neighbours(texts):
        is_question = block.kind == "heading" and block.level == QUESTION
        if is_question and _is_gap(block, below):
            yield block.text


def _asks(block: Block) -> bool:
    return block.kind == "heading" and block.text.endswith("?")


def _title(blocks: Sequence[Block], title: str) -> Block | None:
    headings = [b for b in blocks if b.kind == "heading"]
    first = next((i for i, b in enumerate(headings) if _asks(b)), len(headings))
    named = next((b for b in headings[:first] if key(b.text) == key(title)), None)
    if named or not first:
        return named
    alone = all(b.level > headings[0].level for b in headings[1:])
    return headings[0] if alone else None


def _question_level(blocks: Sequence[Block]) -> int:
    asking = Counter(b.level for b in blocks if _asks(b))
    levels = Counter(b.level for b in blocks if b.kind == "heading")
    if not asking:
        return max(levels, key=lambda level: levels[level], default=QUESTION)
    return max(asking, key=lambda level: (asking[level] ** 2 / levels[level], -level))


def _heads(point: Block, below: Block | None) -> bool:
    """Whether a point is the heading of what stands below it."""
    if below is None or below.inside or below.kind not in ("paragraph", "bullet"):
        return False
    return reads_as_heading(point.text)


def _is_gap(block: Block, below: Block | None) -> bool:
    return below is None or (below.kind == "heading" and below.level <= block.level)
