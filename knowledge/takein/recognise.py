"""Blocks as they were found → the page's own blocks, fitted into the format."""

from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.takein.block import Block, Dropped, Extract
from knowledge.takein.furniture import drop_furniture
from knowledge.takein.guess import QUESTION, guess_headings
from knowledge.takein.outline import drop_gaps, set_items, set_levels, set_title, unanswered
from knowledge.takein.references import find_references, plain_labels


@dataclass(frozen=True, slots=True)
class Recognised:
    """The page's blocks, the title first; what was left out; what an editor should look at."""

    blocks: tuple[Block, ...]
    dropped: tuple[Dropped, ...]
    notes: tuple[str, ...]


def recognise(found: Extract, title: str, source: Path) -> Recognised:
    """Find title, groups, questions, sections and references.

    Raises KnowledgeError when the page has no title, no questions, or a question without answer.
    """
    blocks, furniture = drop_furniture(found.blocks)
    blocks, notes = guess_headings(blocks)
    blocks, above = set_title(plain_labels(blocks), title)
    if not blocks[0].text:
        raise KnowledgeError("has no title; give it one: --title …", source)
    blocks, references = find_references(set_levels(blocks))
    blocks, gaps = drop_gaps(blocks)
    questions = [b.text for b in blocks if b.kind == "heading" and b.level == QUESTION]
    if not questions:
        raise KnowledgeError("has no questions or headings that a page can be made of", source)
    if bare := list(unanswered(blocks)):
        message = f"has no answer below '{bare[0]}'; open all answers before you save the page"
        raise KnowledgeError(message, source)
    if not any(question.endswith("?") for question in questions):
        notes.append("no heading asks: headings were taken in as questions")
    dropped = (*found.dropped, *furniture, *above, *references, *gaps)
    return Recognised(tuple(set_items(blocks)), dropped, (*found.notes, *notes))
