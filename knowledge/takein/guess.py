"""Headings where the source marks none: read them off the text, the bullets and the margins."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.takein.block import Block, reads_as_heading, reads_as_question
from knowledge.takein.furniture import is_label, referred

# How a text goes on after a question that is a part of it.
_REPLY = re.compile(r"(?:Zo ja|Zo nee|Dan)\b")
TITLE, GROUP, QUESTION, SECTION = 1, 2, 3, 4


def guess_headings(blocks: Sequence[Block]) -> tuple[list[Block], list[str]]:
    """Give every heading its level, where the source's own headings hold no questions.

    Returns the blocks and a note for each heading that only its looks tell.
    """
    questions = _question_items(blocks) or _question_paragraphs(blocks)
    asking = [b for b in blocks if b.kind == "heading" and b.text.endswith("?")]
    if asking and len(asking) >= len(questions):
        return list(blocks), []
    headings = {i for i, b in enumerate(blocks) if _is_heading(b) and i not in questions}
    group_margin = _group_margin(blocks, headings, questions)
    levels: dict[int, int] = dict.fromkeys(questions, QUESTION)
    first = min(questions, default=len(blocks))
    for i in headings:
        if i == 0:
            levels[i] = TITLE
        elif i < first or i + 1 in questions or _margin(blocks[i]) <= group_margin:
            levels[i] = GROUP
        else:
            levels[i] = SECTION
    notes = [
        f"taken as a heading: '{blocks[i].text}'"
        for i in sorted(headings)
        if blocks[i].kind != "heading" and blocks[i].text.endswith("?")
    ]
    return [
        replace(b, kind="heading", level=levels[i]) if i in levels else b
        for i, b in enumerate(blocks)
    ], notes


def _is_heading(block: Block) -> bool:
    if is_label(block) or referred(block):
        return False
    return block.kind == "heading" or (block.kind == "paragraph" and reads_as_heading(block.text))


def _question_items(blocks: Sequence[Block]) -> set[int]:
    """The items that ask and stand alone: those of a list stand tight on one another."""
    found: set[int] = set()
    for i, block in enumerate(blocks):
        if not (block.is_item and reads_as_question(block.text)):
            continue
        above = i > 0 and block.tight and _alike(blocks[i - 1], block)
        below = i + 1 < len(blocks) and blocks[i + 1].tight and _alike(blocks[i + 1], block)
        if not above and not below:
            found.add(i)
    return found


def _question_paragraphs(blocks: Sequence[Block]) -> set[int]:
    return {
        i
        for i, block in enumerate(blocks[:-1])
        if i > 0
        and block.kind == "paragraph"
        and reads_as_question(block.text)
        and not referred(block)
        and not reads_as_question(blocks[i + 1].text)
        and not _REPLY.match(blocks[i + 1].text)
    }


def _alike(one: Block, other: Block) -> bool:
    return one.is_item and one.indent == other.indent


def _margin(block: Block) -> int:
    """How deep a heading stands: by its level, or else by its distance from the margin."""
    return block.level or 100 + block.indent


def _group_margin(blocks: Sequence[Block], headings: set[int], questions: set[int]) -> int:
    """How deep a group's heading can stand; 0 where depth tells nothing."""
    margins = {_margin(blocks[i]) for i in headings if i > min(questions, default=0)}
    groups = {_margin(blocks[i]) for i in headings if i + 1 in questions}
    return max(groups) if groups and len(margins) > 1 and max(groups) < max(margins) else 0
