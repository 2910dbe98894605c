"""What stands on the AP's pages around the guidance: buttons, news, labels of lists of links."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.takein.block import Block, Dropped, key

# Whole blocks, compared by ``key``.
BUTTONS = frozenset(
    key(text)
    for text in (
        "Vergroot contrast",
        "Verklein contrast",
        "Naar boven",
        "Terug naar boven",
        "Ga naar de inhoud",
        "Ga direct naar de inhoud",
        "Direct naar de inhoud",
        "Overslaan en naar de inhoud gaan",
        "Print deze pagina",
        "Deel deze pagina",
        "Lees voor",
        "Alles openen",
        "Alles sluiten",
        "Alles uitklappen",
        "Alles inklappen",
    )
)
ANSWERS = "Alle antwoorden op mijn vragen"
NEWS = frozenset(key(text) for text in ("Nieuws", "Nieuwsberichten", "Actueel"))
NEWS_END = "Alle nieuwsberichten"
# A picture's description, which copies out with the text.
_PICTURE = re.compile(r"^Checkbox\s+\w+$")
SEE_ALSO = "Zie ook:"
_REFERENCE = re.compile(rf"^{SEE_ALSO}\s*(?P<to>.+)$", re.IGNORECASE)
LABELS = frozenset(
    key(text)
    for text in (
        "Zie ook",
        "Zie verder",
        "Lees ook",
        "Lees meer",
        "Meer info",
        "Meer informatie",
        "Praktische hulpmiddelen",
        "Downloads",
        "Links",
    )
)


def drop_furniture(blocks: Sequence[Block]) -> tuple[list[Block], list[Dropped]]:
    """Part the guidance from buttons and news; the labels of lists are ``outline``'s to judge."""
    kept: list[Block] = []
    dropped: list[Dropped] = []
    news = _news(blocks)
    for number, block in enumerate(blocks):
        if number in news:
            dropped.append(Dropped(block.text, "news"))
        elif key(block.text) in BUTTONS:
            dropped.append(Dropped(block.text, "button"))
        elif _PICTURE.match(block.text):
            dropped.append(Dropped(block.text, "picture"))
        elif block.text.startswith(ANSWERS):
            # The button runs into the heading of the group below it: "…mijn vragenVragen over…"
            dropped.append(Dropped(ANSWERS, "button"))
            group = block.text.removeprefix(ANSWERS).strip()
            if group:
                kept.append(replace(block, text=group))
        else:
            kept.append(block)
    return kept, dropped


def is_label(block: Block) -> bool:
    """Whether a block only announces a list of links."""
    return block.kind in ("heading", "paragraph") and key(block.text) in LABELS


def referred(block: Block) -> str:
    """What a "Zie ook" line points to; empty for any other block."""
    match = _REFERENCE.match(block.text) if block.kind != "heading" else None
    return match["to"] if match else ""


def _news(blocks: Sequence[Block]) -> range:
    """The places of a news list: from its heading to its last line, or to the next heading."""
    start = next((i for i, b in enumerate(blocks) if key(b.text) in NEWS), None)
    if start is None:
        return range(0)
    heading = blocks[start]
    stop = start + 1
    for block in blocks[stop:]:
        if block.text.startswith(NEWS_END):
            return range(start, stop + 1)
        ends = (
            block.kind == "heading" and heading.kind == "heading" and block.level <= heading.level
        )
        if ends or block.text.startswith(ANSWERS) or block.text.endswith("?"):
            break
        stop += 1
    # Without a last line, only a heading that is marked as one tells how far the list goes.
    return range(start, stop if heading.kind == "heading" else start + 1)
