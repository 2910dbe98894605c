"""Plain text → paragraphs, whether its lines are whole paragraphs or were broken at a width."""

import re

# A longer line is a paragraph of its own: text that is broken by hand stays well below this.
_LONGEST_BROKEN = 130
# The share of the widest line that a line fills at least when it was broken for want of room.
_FULL = 0.75
_ENDS = (".", ":", ";", "!", "?")
_BEGINS = re.compile(
    r"(?:[-•*–·◦▪#|]|\d+(?:\.\d+)*[.):]?\s|\(?[a-z]\)|\([ivx]+\)|(?:artikel|bijlage|bepaling)\s)",
    re.IGNORECASE,
)


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the paragraphs, each on one line with single spaces.

    Paragraphs joined with a blank line between them come back as they were.
    """
    lines = [" ".join(line.split()) for line in text.splitlines()]
    width = max((len(line) for line in lines), default=0)
    found: list[str] = []
    above = ""
    for line in lines:
        if above and line and width <= _LONGEST_BROKEN and _goes_on(above, line, width):
            found[-1] = _joined(found[-1], line)
        elif line:
            found.append(line)
        above = line
    return tuple(found)


def _goes_on(above: str, line: str, width: int) -> bool:
    if _BEGINS.match(line):
        return False
    was_full = len(above) + 1 + len(line.split(maxsplit=1)[0]) > _FULL * width
    # At a sentence's end a paragraph may begin; where it does not, a cut does no harm.
    return line[0].islower() or (was_full and not above.endswith(_ENDS))


def _joined(text: str, line: str) -> str:
    cut = text.endswith("-") and line[0].islower() and line.split(maxsplit=1)[0] not in ("en", "of")
    return text[:-1] + line if cut else f"{text} {line}"
