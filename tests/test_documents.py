"""An agreement's file becomes paragraphs, or a sentence that says why it does not."""

import zlib
from io import BytesIO
from itertools import chain
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.oxml import OxmlElement
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from assistant import phrases
from assistant.documents.bounds import MAX_BYTES, MAX_CHARACTERS, MAX_PAGES, MAX_UNPACKED
from assistant.documents.paragraphs import paragraphs_of
from assistant.documents.reading import read_document, read_text
from assistant.errors import DocumentError

CLAUSES = (
    "Artikel 3 Geheimhouding",
    "3.1 Verwerker verplicht zijn personeel tot geheimhouding van alle persoonsgegevens.",
    "3.2 Verwerker beveiligt de persoonsgegevens met passende maatregelen, zoals versleuteling van "
    "de opslag, toegang op basis van functie en een jaarlijkse test door een extern bureau.",
)


def word(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def saved(document: object) -> bytes:
    file = BytesIO()
    document.save(file)  # type: ignore[attr-defined]
    return file.getvalue()


def pdf(*pages: tuple[str, ...]) -> bytes:
    made = FPDF()
    made.set_font("Helvetica", size=11)
    for page in pages:
        made.add_page()
        for text in page:
            made.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")
    return bytes(made.output())


def reason(name: str, data: bytes) -> str:
    with pytest.raises(DocumentError) as caught:
        read_document(name, data)
    assert str(caught.value) == phrases.DOCUMENT[caught.value.reason]
    return caught.value.reason


def test_reads_a_word_document_with_table_list_and_tracked_changes() -> None:
    document = Document()
    for text in CLAUSES:
        document.add_paragraph(text)
    document.add_paragraph("namen en adressen", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "Doel"
    table.cell(0, 1).text = "het voeren van de ledenadministratie"
    paragraph = document.add_paragraph("Na afloop worden de gegevens ")
    inserted = OxmlElement("w:ins")
    run = OxmlElement("w:r")
    text_element = OxmlElement("w:t")
    text_element.text = "gewist."
    run.append(text_element)
    inserted.append(run)
    paragraph._p.append(inserted)
    deleted = OxmlElement("w:del")
    gone = OxmlElement("w:delText")
    gone.text = "bewaard."
    deleted.append(gone)
    paragraph._p.append(deleted)
    assert read_document("Overeenkomst.DOCX", saved(document)) == (
        *CLAUSES,
        "- namen en adressen",
        "Doel | het voeren van de ledenadministratie",
        "Na afloop worden de gegevens gewist.",
    )


def test_reads_a_pdf_and_leaves_out_what_recurs_on_its_pages() -> None:
    bodies = (CLAUSES, ("Artikel 4 Duur", *CLAUSES[1:2]), ("Bijlage", *CLAUSES[2:]), CLAUSES[:2])
    pages = [
        ("Verwerkersovereenkomst Voorbeeld B.V.", *body, f"Pagina {number} van 4")
        for number, body in enumerate(bodies, 1)
    ]
    assert read_document("overeenkomst.pdf", pdf(*pages)) == tuple(chain(*bodies))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "C:\\map\\a.TXT"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_reads_a_text_in_any_usual_encoding(name: str, encoding: str) -> None:
    text = "Categorieën van betrokkenen: patiënten\r\n\r\nDe verwerker is aansprakelijk."
    assert read_document(name, text.encode(encoding)) == (
        "Categorieën van betrokkenen: patiënten",
        "De verwerker is aansprakelijk.",
    )


def test_joins_lines_that_were_broken_at_a_width() -> None:
    text = (
        "Artikel 3\n"
        "3.1 Verwerker verplicht zijn personeel tot geheimhouding van alle\n"
        "persoonsgegevens waarvan het kennis-\n"
        "neemt bij de uitvoering van de Opdracht aan Verwerker, voor zover\n"
        "Nederlands recht dat toelaat.\n"
        "3.2 Verwerker meldt een datalek.\n"
    )
    assert paragraphs_of(text) == (
        "Artikel 3",
        "3.1 Verwerker verplicht zijn personeel tot geheimhouding van alle persoonsgegevens "
        "waarvan het kennisneemt bij de uitvoering van de Opdracht aan Verwerker, voor zover "
        "Nederlands recht dat toelaat.",
        "3.2 Verwerker meldt een datalek.",
    )


@given(st.text())
def test_paragraphs_that_are_joined_again_come_back_as_they_were(text: str) -> None:
    paragraphs = paragraphs_of(text)
    assert paragraphs_of("\n\n".join(paragraphs)) == paragraphs


def test_says_why_a_file_is_not_read() -> None:
    clause = CLAUSES[1].encode()
    assert reason("a.exe", clause) == "kind"
    assert reason("", clause) == "kind"
    assert reason("a.doc", b"\xd0\xcf\x11\xe0") == "kind"
    assert reason("a.docx", b"\xd0\xcf\x11\xe0") == "locked"
    assert reason("a.docx", clause) == "damaged"
    assert reason("a.pdf", clause) == "damaged"
    assert reason("a.txt", b"\0\1\2" * 50) == "damaged"
    assert reason("a.txt", b"") == "empty"
    assert reason("a.docx", word("")) == "empty"
    assert reason("a.txt", b"a" * (MAX_CHARACTERS + 1)) == "long"
    assert reason("a.txt", b"a" * (MAX_BYTES + 1)) == "large"
    assert reason("a.docx", word(*["a" * 10_000] * 21)) == "long"


def test_says_that_a_pdf_is_locked_scanned_or_too_long() -> None:
    assert reason("a.pdf", pdf(())) == "scan"
    assert reason("a.pdf", pdf(*[("Artikel 1",)] * (MAX_PAGES + 1))) == "pages"
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(CLAUSES))))
    writer.encrypt("geheim", algorithm="RC4-128")
    file = BytesIO()
    writer.write(file)
    assert reason("a.pdf", file.getvalue()) == "locked"


def test_refuses_a_document_that_unpacks_to_too_much() -> None:
    file = BytesIO(word(*CLAUSES))
    with ZipFile(file, "a", ZIP_DEFLATED) as packed:
        packed.writestr("word/media/bomb.xml", b"0" * (MAX_UNPACKED + 1))
    assert reason("a.docx", file.getvalue()) == "unpacked"


def test_refuses_a_pdf_whose_page_unpacks_to_too_much() -> None:
    bomb = zlib.compress(b"BT (aaaaaaaa) Tj ET " * 6_000_000, 9)
    data = pdf(CLAUSES)
    start, end = data.index(b"stream\n") + len(b"stream\n"), data.index(b"\nendstream")
    assert reason("a.pdf", data[:start] + bomb + data[end:]) == "damaged"


@pytest.mark.parametrize("name", ["a.docx", "a.pdf"])
def test_a_file_that_was_cut_short_is_damaged_and_no_crash(name: str) -> None:
    whole = word(*CLAUSES) if name.endswith("docx") else pdf(CLAUSES)
    for share in (0.1, 0.5, 0.9):
        with pytest.raises(DocumentError):
            read_document(name, whole[: int(len(whole) * share)])


def test_an_empty_text_is_no_agreement() -> None:
    for text in ("", " \n ", "ok", "…" * 100):
        with pytest.raises(DocumentError, match="geen overeenkomst"):
            read_text(text)
