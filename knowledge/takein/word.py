"""A Word document → blocks, through python-docx: heading styles, lists, bold lines."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from zipfile import BadZipFile
from zlib import error as ZlibError  # noqa: N812

from docx import Document
from docx.document import Document as WordDocument
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from knowledge.errors import KnowledgeError
from knowledge.takein.block import Block, Extract, marked, reads_as_heading
from knowledge.takein.runs import BREAK, lines_of

# What python-docx reports of a damaged file by itself, and by zipfile and lxml.
_DAMAGED = (
    AttributeError,
    BadZipFile,
    LookupError,
    NotImplementedError,
    OpcError,
    OSError,
    PythonDocxError,
    SyntaxError,
    TypeError,
    ValueError,
    ZlibError,
)
_HEADING = re.compile(r"^Heading (\d)$", re.IGNORECASE)
_TITLE_LEVEL = 1
# Below every heading style.
_BOLD_LEVEL = 90


def extract_word(path: Path) -> Extract:
    """Read the document's paragraphs in order, those of tables and text boxes among them.

    Raises KnowledgeError for a file that is no Word document, or that holds tracked changes.
    """
    try:
        document = Document(str(path))
        blocks = tuple(_blocks(document))
    except _DAMAGED as error:
        message = "is not a Word document that can be read; save it again as .docx"
        raise KnowledgeError(message, path) from error
    body = document.element.body
    if next(body.iter(qn("w:ins"), qn("w:del"), qn("w:moveFrom")), None) is not None:
        raise KnowledgeError("holds tracked changes; accept or reject them first", path)
    notes = []
    if next(body.iter(qn("w:tbl")), None) is not None:
        notes.append("a table was taken in as paragraphs, one a cell")
    if next(body.iter(qn("w:footnoteReference")), None) is not None:
        notes.append("footnotes were not taken in")
    return Extract(blocks, notes=tuple(notes))


def _blocks(document: WordDocument) -> Iterator[Block]:
    was_item = False
    for element in document.element.body.iter(qn("w:p")):
        # Word writes a text box twice: for itself, and for programs that know no boxes.
        if any(True for _ in element.iterancestors("{*}Fallback")):
            continue
        paragraph = Paragraph(element, document)
        lines = list(lines_of(_runs(paragraph)))
        kind = list_kind(paragraph, document)
        for number, (text, bold) in enumerate(lines):
            level = _level(paragraph)
            if level:
                block = Block("heading", text, level)
            elif kind and number == 0:
                block = Block(kind, text, tight=was_item)
            elif kind:
                block = Block("paragraph", text, inside=True)
            elif bold and reads_as_heading(text):
                block = Block("heading", text, _BOLD_LEVEL)
            else:
                block = marked(Block("paragraph", text))
            yield block
        if lines:
            was_item = kind is not None


def _runs(paragraph: Paragraph) -> Iterator[tuple[str, bool]]:
    styled = bool(paragraph.style and paragraph.style.font.bold)
    for element in paragraph._p.iter(qn("w:r")):
        # A text box within the paragraph has paragraphs, and turns, of its own.
        if next(element.iterancestors(qn("w:p"))) is paragraph._p:
            run = Run(element, paragraph)
            bold = run.bold or (run.bold is None and (styled or bool(run.style.font.bold)))
            for part in re.split(f"({BREAK})", run.text):
                yield part, bold


def _styles(paragraph: Paragraph) -> Iterator[ParagraphStyle]:
    """Yield the paragraph's style and all that it is based on."""
    style = paragraph.style
    while style is not None:
        yield style
        style = style.base_style


def _level(paragraph: Paragraph) -> int:
    """How deep a heading stands by its style, the title first; 0 for any other paragraph."""
    for style in _styles(paragraph):
        name = style.name or ""
        if name == "Title":
            return _TITLE_LEVEL
        if match := _HEADING.match(name):
            return _TITLE_LEVEL + int(match[1])
    return 0


def list_kind(paragraph: Paragraph, document: WordDocument) -> Literal["bullet", "point", None]:
    """Whether a paragraph is numbered or has a bullet, by itself or by its style."""
    holders = [paragraph._p, *(style.element for style in _styles(paragraph))]
    numbers = next((found for h in holders if (found := h.xpath("./w:pPr/w:numPr"))), None)
    if not numbers or numbers[0].xpath("string(w:numId/@w:val)") in ("", "0"):
        return None
    numbering = document.part.numbering_part.element
    list_id = numbers[0].xpath("string(w:numId/@w:val)")
    depth = numbers[0].xpath("string(w:ilvl/@w:val)") or "0"
    definition = numbering.xpath(f"string(w:num[@w:numId='{list_id}']/w:abstractNumId/@w:val)")
    kind = numbering.xpath(
        f"string(w:abstractNum[@w:abstractNumId='{definition}']"
        f"/w:lvl[@w:ilvl='{depth}']/w:numFmt/@w:val)"
    )
    return "bullet" if kind in ("", "bullet", "none") else "point"
