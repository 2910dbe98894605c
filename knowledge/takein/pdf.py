"""A PDF with text → its lines, through pypdf, and from those the blocks."""

import re
from collections import Counter
from collections.abc import Sequence
from math import hypot
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from knowledge.errors import KnowledgeError
from knowledge.takein.block import Dropped, Extract
from knowledge.takein.pdf_lines import Line, blocks_of_lines

# pypdf reports a damaged file by many of Python's own errors too.
_DAMAGED = (
    PyPdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
_LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
)
# What a browser prints around a page: the date, the address, the page's number.
_PRINTED = re.compile(
    r"^\d+[/-]\d+[/-]\d+,? \d+:\d\d.*$|^(?:https?|file):\S+( \d+/\d+)?$|^\d+/\d+$"
)


def extract_pdf(path: Path) -> Extract:
    """Read the text of all pages; what recurs at the top or foot of pages is left out.

    Raises KnowledgeError when the file cannot be read or holds no text, as a scan does.
    """
    try:
        reader = PdfReader(path)
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = [] if locked else [_lines(page, i) for i, page in enumerate(reader.pages)]
    except _DAMAGED as error:
        raise KnowledgeError("is not a PDF that can be read; save it again", path) from error
    if locked:
        raise KnowledgeError("is locked with a password; save it without one", path)
    lines = [line for page in pages for line in page]
    if not lines:
        message = "holds no text, only pictures; take the page in from another format"
        raise KnowledgeError(message, path)
    around = [line for line in lines if _PRINTED.match(line.text) or line in _recurring(pages)]
    blocks, notes = blocks_of_lines([line for line in lines if line not in around])
    dropped = tuple(Dropped(line.text, "top or foot of a page") for line in around)
    return Extract(blocks, dropped=dropped, notes=notes)


def _lines(page: PageObject, number: int) -> list[Line]:
    """The lines of a page, in the order in which it writes them."""
    lines: list[Line] = []

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        words = text.replace("\n", " ").translate(_LIGATURES)
        if not text.strip():
            if lines and words and "\n" not in text:
                lines[-1] = lines[-1].longer(" ")
            return
        height = size * hypot(tm[2], tm[3]) * hypot(cm[2], cm[3])
        left = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        bottom = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        bold = "bold" in str((font or {}).get("/BaseFont", "")).lower()
        if lines and abs(lines[-1].bottom - bottom) < height / 4:
            lines[-1] = lines[-1].longer(words, bold=bold)
        else:
            lines.append(Line(words, number, left, bottom, round(height, 1), bold))

    page.extract_text(visitor_text=visit)
    return [line.tidy() for line in lines if line.text.strip()]


def _recurring(pages: Sequence[Sequence[Line]]) -> set[Line]:
    """The lines that stand, but for their numbers, at one height of most pages."""

    def place(line: Line) -> tuple[str, int]:
        return re.sub(r"\d+", "0", line.text), round(line.bottom / 4)

    counts = Counter(at for page in pages for at in {place(line) for line in page})
    least = max(2, len(pages) // 2 + 1)
    return {line for page in pages for line in page if counts[place(line)] >= least}
