"""A Word document → paragraphs, through python-docx; a table's row is a paragraph of its own."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from assistant.documents.bounds import MAX_UNPACKED
from assistant.errors import DocumentError
from knowledge.takein.word import list_kind


def word_paragraphs(data: bytes) -> Iterator[str]:
    """Yield the text as it reads with all tracked changes accepted.

    Raises DocumentError when it would unpack to too much, and what zipfile, lxml and python-docx
    raise for a damaged file.
    """
    with ZipFile(BytesIO(data)) as packed:
        # zipfile reads no more of a part than is announced here.
        if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
            raise DocumentError("unpacked")
    document = Document(BytesIO(data))
    for element in document.element.body.iter(qn("w:p"), qn("w:tr")):
        # Word writes a text box twice: for itself, and for programs that know no boxes.
        if next(element.iterancestors("{*}Fallback"), None) is not None:
            continue
        if element.tag == qn("w:tr"):
            text = " | ".join(filter(None, map(_text_below, element.iterchildren(qn("w:tc")))))
        elif next(element.iterancestors(qn("w:tr")), None) is not None:
            continue
        else:
            text = _own_text(element)
            if text and list_kind(Paragraph(element, document), document) == "bullet":
                text = f"- {text}"
        if text:
            yield text


def _text_below(cell: Any) -> str:
    return " ".join(filter(None, map(_own_text, cell.iter(qn("w:p")))))


def _own_text(paragraph: Any) -> str:
    """The paragraph's words, without those of a text box in it, which has its own paragraphs."""
    pieces = (
        piece.text or "" if piece.tag == qn("w:t") else " "
        for piece in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br"))
        if next(piece.iterancestors(qn("w:p"))) is paragraph
    )
    return " ".join("".join(pieces).split())
