"""A page taken in from any format: the same entries, nothing lost, nothing made up."""

import re
from collections.abc import Callable
from datetime import date
from html import escape
from pathlib import Path

import page_formats
import pytest
from docx import Document
from docx.oxml import OxmlElement
from fpdf import FPDF
from hypothesis import given, settings
from hypothesis import strategies as st
from page_formats import FORMATS, FURNITURE, TITLE
from test_source import PAGE, SOURCE

from knowledge.errors import KnowledgeError
from knowledge.library import PAGES
from knowledge.model import Page
from knowledge.parse import parse_page
from knowledge.takein.edition import Edition, is_written, take_in

URL = "https://www.autoriteitpersoonsgegevens.nl/cookies"
DAY = date(2026, 12, 1)
ABOUT = {"title": TITLE, "url": URL}
MINIMAL = "Titel\n\nVragen over dit\n\n • Mag dit?\n\n  Ja.\n"


def taken(path: Path, folder: Path, asked: dict[str, str] = ABOUT, *old: Path) -> Edition:
    return take_in(path, asked, {page: parse_page(page) for page in old}, folder, DAY)


def text_file(folder: Path, text: str) -> Path:
    path = folder / "pagina.txt"
    path.write_text(text, encoding="utf-8")
    return path


def html_file(folder: Path, body: str) -> Path:
    path = folder / "pagina.html"
    path.write_text(f"<html><body><main>{body}</main></body></html>", encoding="utf-8")
    return path


def outline(page: Page) -> list[tuple[str, list[str]]]:
    return [(e.question, [s.heading or s.kind for s in e.sections]) for e in page.entries]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    folder = tmp_path_factory.mktemp("formats")
    made = {}
    for suffix, write in FORMATS.items():
        write(folder / f"pagina{suffix}")
        made[suffix] = taken(folder / f"pagina{suffix}", folder)
    return made


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_gives_the_same_page(suffix: str, editions: dict[str, Edition]) -> None:
    page = editions[suffix].page
    assert outline(page) == [
        ("Wanneer moet ik toestemming vragen voor cookies?", ["lead", "Geen toestemming nodig"]),
        (
            "Hoe vraag ik geldige toestemming?",
            ["lead", "Duidelijke keuze", "Gelijke knoppen", "Wie bewaart het bewijs?"],
        ),
        ("Wat doet de AP bij een overtreding?", ["lead"]),
    ]
    assert page == editions[".txt"].page
    assert editions[suffix].text == editions[".txt"].text


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_word_of_a_format_is_kept_or_reported(
    suffix: str, editions: dict[str, Edition]
) -> None:
    edition = editions[suffix]
    guidance = [words for kind, words in page_formats.PAGE if words not in FURNITURE]
    assert edition.page.text.split() == " ".join(guidance).split()
    assert {dropped.text for dropped in edition.dropped} == set(FURNITURE)


def test_references_lead_to_their_question(editions: dict[str, Edition]) -> None:
    references = [r for e in editions[".docx"].page.entries for r in e.see_also]
    assert [r.target for r in references] == ["hoe-vraag-ik-geldige-toestemming", None]


def without_ids(markdown: str) -> str:
    body = markdown.partition("\n---\n")[2]
    return re.sub(r"\]\(#[a-z0-9-]+\)", "]", re.sub(r" \{#[a-z0-9-]+\}", "", body))


def test_source_text_gives_the_page_but_for_the_ids_given_by_hand(tmp_path: Path) -> None:
    edition = taken(SOURCE, tmp_path, {"title": PAGE.title, "url": PAGE.url})
    kept = (PAGES / f"{PAGE.id}.md").read_text(encoding="utf-8")
    assert without_ids(edition.text) == without_ids(kept)
    assert len(edition.page.entries) == 10


def test_source_text_taken_in_again_changes_nothing_at_all() -> None:
    path = PAGES / f"{PAGE.id}.md"
    edition = taken(SOURCE, PAGES, {"title": PAGE.title, "url": PAGE.url}, path)
    assert edition.text == path.read_text(encoding="utf-8")
    assert (edition.path, edition.changes) == (path, ())
    assert is_written(edition)


def test_wrapped_text_is_joined(tmp_path: Path) -> None:
    edition = taken(
        text_file(
            tmp_path,
            "Titel\n\nVragen\n\n • Mag dit?\n\n"
            "  Dit is een zin die de schrijver met de hand heeft\n"
            "  afgebroken, dus met een vervolg.\n  Kort.\n\n  • een punt dat ook over "
            "twee\n    regels loopt\n  • nog een\n",
        ),
        tmp_path,
    )
    lead = edition.page.entries[0].lead
    assert [passage.text for passage in lead.passages] == [
        "Dit is een zin die de schrijver met de hand heeft afgebroken, dus met een vervolg.",
        "Kort.",
        "een punt dat ook over twee regels loopt",
        "nog een",
    ]


def test_questions_in_a_list_are_no_entries(tmp_path: Path) -> None:
    text = MINIMAL.replace(
        "Ja.", "Vraag uzelf af:\n\n  • Wie bepaalt het doel?\n  • En hoe?\n\n  Zo ja."
    )
    assert len(taken(text_file(tmp_path, text), tmp_path).page.entries) == 1


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Groep</h2><h3><button aria-expanded=false>Mag dit?</button></h3><div>Ja.</div>",
        "<h2>Groep</h2><button aria-controls=p>Mag dit?</button><div id=p hidden><p>Ja.</div>",
        "<h2>Groep</h2><details><summary>Mag dit?</summary>Ja.</details>",
        "<h2>Groep</h2><dl><dt>Mag dit?</dt><dd>Ja.</dd></dl>",
        "<h2>Groep</h2><ul><li><a href='#'>Mag dit?</a><div>Ja.</div></li></ul>",
        "<h2>Groep</h2><div class=q>Mag dit?</div><div class=a>Ja.</div>",
        "<p>Groep</p><p>Mag dit?</p><p>Ja.</p>",
    ],
)
def test_accordions_of_every_kind_are_questions(body: str, tmp_path: Path) -> None:
    page = taken(html_file(tmp_path, f"<h1>Titel</h1>{body}"), tmp_path).page
    (entry,) = page.entries
    assert (entry.group, entry.question, entry.lead.text) == ("Groep", "Mag dit?", "Ja.")


def test_headings_within_an_accordion_divide_its_answer(tmp_path: Path) -> None:
    body = (
        "<h1>T</h1><h2>Groep</h2><details><summary>Mag dit?</summary><h3>Kop</h3><p>Ja.</p>"
        "<p><strong>Vet</strong><br>Nee.</p></details>"
    )
    page = taken(html_file(tmp_path, body), tmp_path).page
    assert outline(page) == [("Mag dit?", ["lead", "Kop", "Vet"])]


def test_line_break_in_a_heading_is_a_space(tmp_path: Path) -> None:
    body = "<h1>T</h1><h2>Vragen<br>hierover</h2><h3>M<em>ag</em><br>dit?</h3><p>J<b>a</b>.</p>"
    (entry,) = taken(html_file(tmp_path, body), tmp_path).page.entries
    assert (entry.group, entry.question, entry.lead.text) == ("Vragen hierover", "Mag dit?", "Ja.")


def test_words_outside_the_main_part_are_counted(tmp_path: Path) -> None:
    path = html_file(tmp_path, "<h1>T</h1><h2>G</h2><h3>Mag dit?</h3><p>Ja.</p>")
    text = path.read_text(encoding="utf-8").replace("</main>", "</main><p>Over deze <b>site</b>")
    path.write_text(text, encoding="utf-8")
    edition = taken(path, tmp_path)
    assert edition.notes == ("3 words outside the page's main part were left out",)


def test_site_around_the_page_is_left_out(tmp_path: Path) -> None:
    body = (
        "<nav>Menu</nav><script>x()</script><h1>T</h1><h2>G</h2><h3>Mag dit?</h3><p>Ja. "
        "<span class='visually-hidden'>opent nieuw tabblad</span></p><aside>Deel dit</aside>"
    )
    edition = taken(html_file(tmp_path, body), tmp_path)
    assert edition.page.text.split() == "T G Mag dit? Ja.".split()
    assert {d.text for d in edition.dropped} == {"Menu", "opent nieuw tabblad", "Deel dit"}


def test_title_and_address_come_from_the_page_itself(tmp_path: Path) -> None:
    path = tmp_path / "pagina.html"
    path.write_text(
        f"<head><title>Mijn titel | AP</title><link rel=canonical href='{URL}'></head>"
        "<body><h2>Mag dit?</h2><p>Ja.</p></body>",
        encoding="utf-8",
    )
    page = taken(path, tmp_path, {}).page
    assert (page.id, page.title, page.url) == ("mijn-titel", "Mijn titel", URL)


def test_windows_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pagina.txt"
    path.write_bytes(
        MINIMAL.replace("Ja.", "Ja – één ‘regel’.").replace("\n", "\r\n").encode("cp1252")
    )
    assert taken(path, tmp_path).page.entries[0].lead.text == "Ja – één ‘regel’."


def test_headings_that_do_not_ask_become_entries_with_a_note(tmp_path: Path) -> None:
    body = "<h1>T</h1><h2>Wat mag</h2><p>Dit.</p><h2>Wat niet mag</h2><p>Dat.</p>"
    edition = taken(html_file(tmp_path, body), tmp_path)
    assert [e.question for e in edition.page.entries] == ["Wat mag", "Wat niet mag"]
    assert any("no heading asks" in note for note in edition.notes)


def test_news_never_takes_the_questions_along(tmp_path: Path) -> None:
    text = MINIMAL.replace("Vragen", "Nieuws\n\nVragen") + "\nAlle nieuwsberichten\n"
    edition = taken(text_file(tmp_path, text), tmp_path)
    assert [d.text for d in edition.dropped if d.reason == "news"] == ["Nieuws"]
    assert len(edition.page.entries) == 1


def test_news_items_are_left_out_to_their_last_line(tmp_path: Path) -> None:
    news = "Nieuws\n\nBoete voor een winkel\n\n1 mei 2026\n\nAlle nieuwsberichten\n\nVragen"
    edition = taken(text_file(tmp_path, MINIMAL.replace("Vragen", news)), tmp_path)
    assert edition.page.text.split() == "Titel Vragen over dit Mag dit? Ja.".split()


def test_heading_above_references_alone_is_left_out(tmp_path: Path) -> None:
    body = "<h1>T</h1><h2>G</h2><h3>Mag dit?</h3><p>Ja.</p><h4>Verder</h4><p>Zie ook: iets</p>"
    edition = taken(html_file(tmp_path, body), tmp_path)
    assert [d.text for d in edition.dropped] == ["Verder"]
    assert edition.page.entries[0].see_also[0].text == "Zie ook: iets"


def test_links_below_a_label_are_references(tmp_path: Path) -> None:
    body = (
        "<h1>T</h1><h2>G</h2><h3>Mag dit?</h3><p>Ja.</p><h4>Meer informatie</h4>"
        "<ul><li><a href='/x'>Mag dat?</a></li><li><a href='/y'>De wet</a></li></ul>"
        "<h3>Mag dat?</h3><p>Nee.</p>"
    )
    edition = taken(html_file(tmp_path, body), tmp_path)
    references = edition.page.entries[0].see_also
    assert [(r.text, r.target) for r in references] == [
        ("Zie ook: Mag dat?", "mag-dat"),
        ("Zie ook: De wet", None),
    ]


MARKS = st.sampled_from(
    "* _ # [ ] ( ) < > & ` \\ - + 1. 2) ~ | = {#x} ! : &amp; <b> **a** # ## --- ".split()
)
WORDS = st.lists(st.one_of(MARKS, st.sampled_from(["Zin", "woord", "é", "’s"])), min_size=1)


@settings(max_examples=60)
@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=4))
def test_words_that_look_like_markdown_are_kept(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    body = "".join(f"<p>Woord {escape(text)} einde.</p>" for text in texts)
    path = html_file(folder, f"<h1>T</h1><h2>G</h2><h3>Mag dit?</h3>{body}")
    page = taken(path, folder).page
    assert (
        page.text.split()
        == " ".join(["T G Mag dit?", *(f"Woord {text} einde." for text in texts)]).split()
    )


@settings(max_examples=60)
@given(
    st.lists(
        st.one_of(MARKS, st.text(max_size=6), st.sampled_from("\n|\n\n|• |A? |B. ".split("|")))
    )
)
def test_any_text_is_taken_in_or_refused(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str]
) -> None:
    folder = tmp_path_factory.getbasetemp()
    for suffix in (".txt", ".html", ".md"):
        path = folder / f"fuzz{suffix}"
        path.write_bytes("".join(parts).encode("utf-8", "surrogatepass"))
        try:
            taken(path, folder)
        except KnowledgeError as error:
            assert error.path == path


Writer = Callable[[Path], None]


def scan(path: Path) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(10, 10, 50, 50)
    pdf.output(str(path))


def locked(path: Path) -> None:
    pdf = FPDF()
    pdf.set_encryption(owner_password="eigenaar", user_password="lezer")  # noqa: S106
    pdf.add_page()
    pdf.output(str(path))


def tracked(path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Tekst")
    paragraph._p.append(OxmlElement("w:ins"))
    document.save(str(path))


def damaged(path: Path) -> None:
    FORMATS[path.suffix](path)
    path.write_bytes(path.read_bytes()[:2000])


def text(words: str) -> Writer:
    def write(path: Path) -> None:
        path.write_text(words, encoding="utf-8")

    return write


@pytest.mark.parametrize(
    ("name", "write", "message"),
    [
        ("a.pdf", scan, "holds no text, only pictures"),
        ("a.pdf", locked, "locked with a password"),
        ("a.pdf", damaged, "not a PDF that can be read"),
        ("a.docx", damaged, "not a Word document"),
        ("a.docx", tracked, "tracked changes"),
        ("a.odt", text("x"), "is none of .html"),
        ("a.txt", text(""), "no questions or headings"),
        ("a.txt", text("Alleen maar tekst, zonder vragen."), "no questions or headings"),
        (
            "a.html",
            text("<h1>T</h1><h3>Mag dit?</h3><h3>Mag dat?</h3><p>Ja."),
            "no answer below 'Mag dit",
        ),
        ("a.html", text("<div>" * 5000 + "x"), "nested too deep"),
        ("a.md", text("# T\n\n## Mag dit?\n\n```\ncode\n```\n"), "block of code"),
        ("a.txt", lambda path: None, "cannot be read"),
    ],
)
def test_file_that_cannot_be_used_is_refused(
    name: str, write: Writer, message: str, tmp_path: Path
) -> None:
    write(tmp_path / name)
    with pytest.raises(KnowledgeError, match=message) as caught:
        taken(tmp_path / name, tmp_path)
    assert caught.value.path == tmp_path / name


def test_page_without_address_or_title_is_refused(tmp_path: Path) -> None:
    path = text_file(tmp_path, MINIMAL)
    with pytest.raises(KnowledgeError, match="--url"):
        taken(path, tmp_path, {"title": TITLE})
    assert taken(path, tmp_path, {"url": URL}).page.title == "Titel"
    with pytest.raises(KnowledgeError, match="begins with https"):
        taken(path, tmp_path, {"url": "ap.nl"})
    with pytest.raises(KnowledgeError, match="--title"):
        taken(text_file(tmp_path, " • Mag dit?\n\n  Ja.\n"), tmp_path, {"url": URL})
