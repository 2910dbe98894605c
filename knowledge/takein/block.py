"""What every extractor delivers: a page as a row of blocks, in reading order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from knowledge.draft import slug

_BULLET = re.compile(r"^(?:[•●○▪■□◦‣►✓✔❖·*–—\uf0a7\uf0b7-])\s+(?=\S)")
_POINT = re.compile(r"^\d{1,2}[.)]\s+(?=\D)")
_SENTENCE_END = re.compile(r"[.:;,!…]$|\.[)'’\"”]$")


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph or item.

    ``level`` is a heading's: smaller stands higher, 0 where the source does not say. ``inside``
    says that it belongs to the item above it, ``tight`` that no blank line parts it from the
    block above, ``indent`` how far from the margin it stands. ``name`` is an id, ``target`` the id
    that a reference points to.
    """

    kind: Literal["heading", "paragraph", "bullet", "point", "see_also"]
    text: str
    level: int = 0
    inside: bool = False
    tight: bool = False
    indent: int = 0
    name: str = ""
    target: str = ""

    @property
    def is_item(self) -> bool:
        """Whether it stands in a list."""
        return self.kind in ("bullet", "point")


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words of the source that are no guidance, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extract:
    """What an extractor found in a file.

    ``about`` holds what the file says of itself, under the names of the front matter.
    """

    blocks: tuple[Block, ...]
    about: dict[str, str] = field(default_factory=dict)
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()


def key(text: str) -> str:
    """What two ways of writing one text share: its letters and digits."""
    return slug(text) or text


def with_neighbours(
    blocks: Sequence[Block],
) -> Iterator[tuple[Block | None, Block, Block | None]]:
    """Yield each block with the one above and the one below it."""
    yield from zip([None, *blocks], blocks, [*blocks[1:], None], strict=False)


def marked(block: Block) -> Block:
    """Turn a paragraph that begins with a bullet or a number into an item."""
    if block.kind == "paragraph" and _BULLET.match(block.text):
        return replace(block, kind="bullet", text=_BULLET.sub("", block.text))
    if block.kind == "paragraph" and _POINT.match(block.text):
        return replace(block, kind="point", text=_POINT.sub("", block.text))
    return block


def reads_as_heading(text: str) -> bool:
    """Whether a text looks like a heading: short, a capital first, no sentence's end."""
    words = text.split()
    if not words or text[:1].islower() or _SENTENCE_END.search(text):
        return False
    if text.endswith("?"):
        return len(words) <= 8 and "?" not in text[:-1] and ". " not in text
    return len(words) <= 12 and len(text) <= 100


def reads_as_question(text: str) -> bool:
    """Whether a text looks like a question of the guidance: it asks, in a sentence or three."""
    return text.endswith("?") and len(text.split()) <= 40 and len(re.findall(r"[.?!]\s", text)) <= 2
