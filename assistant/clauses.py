"""Cuts an agreement's paragraphs into clauses, and each clause into the texts that are judged.

A heading belongs to what follows it; short items of a list belong to the line that announces
them. Works on plain text alone, so that a pasted agreement and a Word file are read alike.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.request import clean
from knowledge.sentences import sentence_spans

HEADING_CHARACTERS = 80
ITEM_CHARACTERS = 90
CLAUSE_CHARACTERS = 1_500
UNIT_CHARACTERS = 500
_MARKUP = re.compile(r"^[#>\s|]+|\*\*|__|[\s|]+$")
_BULLET = re.compile(r"^(?:[-•*–·◦▪]|o|\(?(?:[a-z]|[ivx]{1,4})\))\s+", re.IGNORECASE)
_NUMBER = re.compile(
    r"^(?:(?:artikel|art\.|bepaling|bijlage|hoofdstuk|deel|lid)\s+[\dA-Z]+(?:\.\d+)*\b|"
    r"§\s*\d+|\d+(?:\.\d+)*(?=[.):\s])|[A-Z](?=\.\s))[.):]*\s*[-–:]?\s*",
    re.IGNORECASE,
)
_CLOSED = (".", ";", ":", ",", "?", "!")


@dataclass(frozen=True, slots=True)
class Clause:
    """One passage of an agreement as it can be shown, with the heading above it ("" for none)."""

    heading: str
    text: str

    def units(self) -> tuple[str, ...]:
        """What is compared with known clauses: each sentence, and the whole under its heading.

        A clause of one full sentence is compared by that sentence alone.
        """
        heading, body = _bare(self.heading), _joined(self.text.split("\n"))
        sentences = [body[start:end] for start, end in sentence_spans(body)]
        if len(sentences) > 1 or not body.endswith((".", "?")):
            sentences.append(f"{heading}: {body}" if heading else body)
        return tuple(dict.fromkeys(unit[:UNIT_CHARACTERS] for unit in sentences))


def split_clauses(paragraphs: Sequence[str]) -> tuple[Clause, ...]:
    """Return the clauses in reading order; a heading that nothing follows is a clause too."""
    clauses: list[Clause] = []
    headings: list[str] = []
    heading = ""
    for line in _lines(paragraphs):
        if _is_heading(line):
            headings.append(line)
        elif headings:
            clauses.extend(_listed(headings[:-1]))
            heading = headings[-1]
            headings = []
            clauses.append(Clause(heading, line))
        elif clauses and _continues(clauses[-1].text, line):
            clauses[-1] = Clause(heading, f"{clauses[-1].text}\n{line}")
        else:
            clauses.append(Clause(heading, line))
    clauses.extend(_listed(headings))
    return tuple(clauses)


def _lines(paragraphs: Sequence[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        line = _MARKUP.sub("", clean(paragraph)).strip()
        # A row of a table: its first cell names what the others hold.
        first, _, rest = line.partition(" | ")
        line = f"{first.rstrip(':')}: {rest.replace(' | ', ', ')}" if rest else line
        if any(char.isalnum() for char in line):
            yield line


def _listed(lines: Sequence[str]) -> Iterator[Clause]:
    # Lines that look like headings with nothing below them: a list, the first line above it.
    if len(lines) > 1:
        yield Clause(lines[0], "\n".join(lines[1:]))
    elif lines:
        yield Clause("", lines[0])


def _is_heading(line: str) -> bool:
    words = _bare(line)
    return (
        len(line) <= HEADING_CHARACTERS
        and not _BULLET.match(line)
        and not words[:1].islower()
        and not line.endswith((".", ";", ",", ":", "!"))
        and ": " not in words
    )


def _continues(text: str, line: str) -> bool:
    if len(text) + len(line) > CLAUSE_CHARACTERS:
        return False
    last = text.rsplit("\n", 1)[-1]
    is_bullet = bool(_BULLET.match(line))
    announced = text.endswith((":", ";", ",")) or last.endswith((" en", " of"))
    listed = len(line) <= ITEM_CHARACTERS and is_bullet and bool(_BULLET.match(last))
    return listed or (announced and (is_bullet or line[:1].islower()))


def _joined(lines: Sequence[str]) -> str:
    parts = [_bare(line) for line in lines]
    closed = (part if part.endswith(_CLOSED) else f"{part};" for part in parts[:-1])
    return " ".join((*closed, parts[-1]))


def _bare(line: str) -> str:
    return _NUMBER.sub("", _BULLET.sub("", line), count=1) or line
