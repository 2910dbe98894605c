""" "Zie ook": the lines that point to another question, and the labels that announce them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from knowledge.takein.block import Block, Dropped, key, with_neighbours
from knowledge.takein.furniture import is_label, referred
from knowledge.takein.guess import QUESTION


def plain_labels(blocks: Sequence[Block]) -> list[Block]:
    """Make a paragraph of every heading that only announces links: it divides nothing."""
    return [
        replace(block, kind="paragraph", level=0)
        if is_label(block) and (below is None or below.kind != "paragraph")
        else block
        for _, block, below in with_neighbours(blocks)
    ]


def find_references(blocks: Sequence[Block]) -> tuple[list[Block], list[Dropped]]:
    """Turn every "Zie ook" line, and every item below such a label, into a reference.

    The labels go: where no item follows, their links did not come along. A reference that stands
    outside an answer goes too.
    """
    kept: list[Block] = []
    dropped: list[Dropped] = []
    answer = labelled = False
    for block in blocks:
        to = referred(block) or (block.text if labelled and block.is_item else "")
        if block.kind == "paragraph" and is_label(block):
            dropped.append(Dropped(block.text, "label of a list of links"))
            labelled = True
        elif to:
            if answer:
                kept.append(replace(block, kind="see_also", text=to, inside=False))
            else:
                dropped.append(Dropped(block.text, "reference outside an answer"))
        else:
            labelled = False
            answer = block.level >= QUESTION if block.kind == "heading" else answer
            kept.append(block)
    return kept, dropped


def resolve(blocks: Sequence[Block], elsewhere: Mapping[str, str]) -> list[Block]:
    """Point every reference that names a question to it: of this page, or else ``elsewhere``.

    ``elsewhere`` maps other pages' questions, as ``key``, to their ids.
    """
    here = {key(b.text): b.name for b in blocks if b.kind == "heading" and b.level == QUESTION}
    questions = {**elsewhere, **here}
    ids = set(questions.values())
    return [
        replace(b, target=questions.get(key(b.text), b.target if b.target in ids else ""))
        if b.kind == "see_also"
        else b
        for b in blocks
    ]
