"""A PDF with text → paragraphs, through pypdf; what recurs at the edges of pages is left out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO

from pypdf import PdfReader

from assistant.documents.bounds import MAX_CHARACTERS, MAX_PAGES
from assistant.documents.paragraphs import paragraphs_of
from assistant.errors import DocumentError

# Lines at the top and at the foot of a page among which a header or footer may stand.
_EDGE = 2


def pdf_paragraphs(data: bytes) -> Iterator[str]:
    """Yield the text of all pages.

    Raises DocumentError for a password or too many pages, and what pypdf raises for a damaged
    file.
    """
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise DocumentError("locked")
    if len(reader.pages) > MAX_PAGES:
        raise DocumentError("pages")
    pages: list[list[str]] = []
    size = 0
    for page in reader.pages:
        text = page.extract_text()
        size += len(text)
        if size > MAX_CHARACTERS:
            raise DocumentError("long")
        pages.append([line.strip() for line in text.splitlines() if line.strip()])
    around = _recurring(pages)
    kept = (line for page in pages for line in page if _shape(line) not in around)
    yield from paragraphs_of("\n".join(kept))


def _recurring(pages: Sequence[Sequence[str]]) -> set[str]:
    counts = Counter(
        shape for page in pages for shape in {*map(_shape, (*page[:_EDGE], *page[-_EDGE:]))}
    )
    least = max(3, len(pages) // 2 + 1)
    return {shape for shape, count in counts.items() if count >= least}


def _shape(line: str) -> str:
    """A line without its numbers: the same for "pagina 3" and "pagina 4"."""
    return re.sub(r"\d+", "0", line)
