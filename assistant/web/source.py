"""One entry's full text for the source panel, with the cited characters marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from assistant.answer import Citation
from knowledge.library import Library
from knowledge.model import Entry, Page, Passage


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters; ``marked`` when cited, ``anchor`` on the first piece of a citation."""

    text: str
    marked: bool
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or a list: ``tag`` is h5, h6, p or ul; a row is its pieces."""

    tag: str
    rows: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """All that one panel shows: the entry, where it comes from and its marked text."""

    entry: Entry
    page: Page
    numbers: tuple[int, ...]
    blocks: tuple[Block, ...]


def panels(library: Library, citations: Sequence[Citation], turn: str) -> tuple[Panel, ...]:
    """One panel an entry, in the order in which the answer cites them."""
    return tuple(
        _panel(library, entry_id, [c for c in citations if c.entry_id == entry_id], turn)
        for entry_id in dict.fromkeys(c.entry_id for c in citations)
    )


def anchor(turn: str, number: int) -> str:
    """The id of the element where a citation starts."""
    return f"{turn}-bron-{number}"


def _panel(library: Library, entry_id: str, citations: Sequence[Citation], turn: str) -> Panel:
    entry = library.entry(entry_id)
    lines = groupby(_lines(entry, citations, turn), key=lambda line: line[0])
    blocks: list[Block] = []
    for tag, group in lines:
        rows = tuple(row for _, row in group)
        blocks.extend([Block(tag, rows)] if tag == "ul" else [Block(tag, (row,)) for row in rows])
    numbers = tuple(c.number for c in citations)
    return Panel(entry, library.page(entry.page_id), numbers, tuple(blocks))


def _lines(
    entry: Entry, citations: Sequence[Citation], turn: str
) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    points = 0
    for section in entry.sections:
        if section.heading and section.kind == "point":
            points += 1
            yield "h6", (Piece(f"{points}. {section.heading}", marked=False),)
        elif section.heading:
            points = 0
            yield "h5", (Piece(section.heading, marked=False),)
        for passage in section.passages:
            yield "ul" if passage.bullet else "p", tuple(_pieces(passage, citations, turn))


def _pieces(passage: Passage, citations: Sequence[Citation], turn: str) -> Iterator[Piece]:
    # Citations may overlap, so the text is cut wherever one starts or ends.
    places = {place for c in citations for place in (c.start, c.end)}
    inside = {place for place in places if passage.start < place < passage.end}
    for start, end in pairwise(sorted(inside | {passage.start, passage.end})):
        marked = any(c.start <= start and end <= c.end for c in citations)
        opening = next((anchor(turn, c.number) for c in citations if c.start == start), "")
        text = passage.text[start - passage.start : end - passage.start]
        yield Piece(text, marked, opening)
