"""The agreement check in a real browser, without script, as a report and over the API."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Visit, running
from docx import Document
from playwright.sync_api import Browser, Page, expect

from assistant import phrases
from assistant.documents.bounds import MAX_BYTES
from knowledge.library import load_library

CLAUSES = (
    "Verwerkersovereenkomst Voorbeeld",
    "Artikel 3 Geheimhouding",
    "3.1 De medewerkers van Verwerker zijn verplicht tot geheimhouding van alle persoonsgegevens.",
    "Artikel 4 Subverwerkers",
    "4.1 Verwerker mag subverwerkers inschakelen zonder toestemming van Verantwoordelijke.",
    "Artikel 5 <b>Audits</b>",
    "5.1 Verantwoordelijke mag audits laten uitvoeren. Verwerker werkt daaraan mee.",
)


def agreement(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs or CLAUSES:
        document.add_paragraph(text)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def check(page: Page, name: str, data: bytes) -> None:
    upload = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    page.get_by_label("Bestand").set_input_files(upload)  # type: ignore[arg-type]
    page.get_by_role("button", name="Controleer de overeenkomst").click()
    page.locator("#resultaat").wait_for()


def row(page: Page, part: str) -> str:
    return page.get_by_role("row").filter(has_text=part).first.inner_text()


def test_shows_the_passages_of_a_word_file_beside_the_guidance(visit: Visit) -> None:
    with visit() as page:
        page.locator("body.ready").wait_for()
        page.get_by_role("link", name="Overeenkomstcheck").click()
        check(page, "overeenkomst.docx", agreement())
        found = row(page, "Geheimhouding door het personeel")
        assert "gevonden" in found
        assert CLAUSES[2] in found
        assert "Personen in dienst van of werkzaam voor de verwerker" in found
        refused = row(page, "Uw toestemming vooraf")
        assert "lijkt in strijd" in refused
        assert CLAUSES[4] in refused
        assert "Niet gevonden" in row(page, "Kopieën verwijderen")
        # What a document says is text, never markup.
        expect(page.get_by_text("Artikel 5 <b>Audits</b>")).to_be_visible()
        expect(page.get_by_text(phrases.AGREEMENT_DISCLAIMER)).to_be_visible()


def test_every_guidance_cell_stands_verbatim_in_the_guidance(visit: Visit) -> None:
    with visit("overeenkomst") as page:
        check(page, "overeenkomst.docx", agreement())
        text = load_library().pages[0].text
        cells = page.locator("td.guidance").all_inner_texts()
        assert len(cells) == 14
        assert all(" ".join(cell.split()) in text for cell in cells)


def test_works_without_script_and_gives_a_report_to_keep(
    chromium: Browser, app_url: str, tmp_path: Path
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{app_url}overeenkomst")
    page.get_by_label("Of plak de tekst").fill("\n".join(CLAUSES))
    page.get_by_role("button", name="Controleer de overeenkomst").click()
    shown = page.locator(".subject").all_inner_texts()
    assert len(shown) == 9
    with page.expect_download() as download:
        page.get_by_role("button", name="Download het verslag").click()
    assert download.value.suggested_filename == "overeenkomstcheck.html"
    path = tmp_path / "verslag.html"
    download.value.save_as(path)
    html = path.read_text(encoding="utf-8")
    assert not re.search(r"<(script|link|img)|src=", html)
    page.goto(path.as_uri())
    assert page.locator(".subject").all_inner_texts() == shown
    expect(page.get_by_text(phrases.AGREEMENT_DISCLAIMER)).to_be_visible()
    context.close()
    page = chromium.new_page(viewport={"width": 320, "height": 800})
    page.goto(path.as_uri())
    assert_accessible(page)
    page.close()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1200, 320])
def test_is_accessible_and_fits_a_small_screen(visit: Visit, width: int, dark: bool) -> None:
    with visit("overeenkomst", width=width, dark=dark) as page:
        assert_accessible(page)
        check(page, "overeenkomst.docx", agreement())
        assert_accessible(page)
        # Its rows keep their roles, whether they are drawn as a table or one below another.
        assert page.get_by_role("rowheader").count() == 22


def assert_accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_by_keyboard_the_result_is_one_link_away(visit: Visit) -> None:
    with visit("overeenkomst") as page:
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Naar het formulier")).to_be_focused()
        page.get_by_label("Of plak de tekst").fill("\n".join(CLAUSES))
        page.get_by_role("button", name="Controleer de overeenkomst").focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile("overeenkomst#resultaat$"))
        expect(page).to_have_title("Resultaat: Overeenkomstcheck")
        expect(page.get_by_role("heading", name="Wat is er gevonden?")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.exe", b"x", phrases.DOCUMENT["kind"]),
        ("a.pdf", b"x", phrases.DOCUMENT["damaged"]),
        ("a.txt", b"", phrases.DOCUMENT["empty"]),
        ("a.txt", b"x" * (MAX_BYTES + 100_000), phrases.DOCUMENT["large"]),
    ],
)
def test_says_what_is_wrong_with_a_file(
    chromium: Browser, app_url: str, name: str, data: bytes, sentence: str
) -> None:
    page = chromium.new_page()
    page.goto(f"{app_url}overeenkomst")
    check(page, name, data)
    expect(page.get_by_role("alert")).to_have_text(sentence)
    expect(page.get_by_label("Bestand")).to_be_visible()
    page.close()


def test_api_gives_the_same_result_as_json(app_url: str) -> None:
    address = f"{app_url}api/v1/agreement"
    body = httpx.post(address, files={"file": ("a.docx", agreement())}, timeout=60).json()
    assert body["schema"] == "1.0"
    parts = {part["id"]: part for s in body["subjects"] for part in s["parts"]}
    assert parts["geheimhouding"]["status"] == "found"
    assert parts["geheimhouding"]["passage"] == CLAUSES[2]
    assert parts["toestemming"]["status"] == "contrary"
    assert parts["kopieen"] | {"passage": "", "heading": ""} == parts["kopieen"]
    text = {"text": (None, "\n".join(CLAUSES))}
    assert httpx.post(address, files=text, timeout=60).json() == body


def test_api_answers_what_it_cannot_read_with_a_problem(app_url: str) -> None:
    address = f"{app_url}api/v1/agreement"
    wrong = httpx.post(address, files={"file": ("a.exe", b"x")})
    assert wrong.status_code == 422
    assert wrong.json()["detail"] == phrases.DOCUMENT["kind"]
    for status, sent in (
        (400, {"json": {"text": "x"}}),
        (400, {"content": b"--", "headers": {"content-type": "multipart/form-data"}}),
        (400, {"files": [("file", ("a.txt", b"x")), ("file", ("b.txt", b"x"))]}),
        (413, {"files": {"file": ("a.txt", b"x" * (MAX_BYTES + 100_000))}}),
    ):
        refused = httpx.post(address, **sent)
        assert refused.status_code == status
        assert refused.headers["content-type"] == "application/problem+json"


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """An application with a rate, and a home and temporary folder of its own."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "XDG_CACHE_HOME", "TMPDIR", "GRADIO_TEMP_DIR"):
            patch.setenv(name, str(folder))
        with running(RATE_PER_MINUTE="2") as url:
            yield url, folder


def test_keeps_nothing_of_an_agreement(
    limited: tuple[str, Path], capfd: pytest.CaptureFixture[str]
) -> None:
    url, folder = limited
    canary = "kanariepietje-7f3a"
    data = agreement(*CLAUSES, f"De verwerker meldt {canary} datalekken. " * 2_000)
    assert httpx.post(f"{url}overeenkomst", files={"file": ("a.docx", data)}, timeout=60).is_success
    broken = {"file": (f"{canary}.docx", data[:500])}
    assert httpx.post(f"{url}overeenkomst", files=broken).status_code == 422
    assert canary not in "".join(capfd.readouterr())
    assert canary not in httpx.get(f"{url}metrics").text
    for path in folder.rglob("*"):
        assert canary not in str(path)
        assert not path.is_file() or canary.encode() not in path.read_bytes()
    refused = httpx.post(f"{url}overeenkomst", files=broken)
    assert refused.status_code == 429
    assert refused.headers["retry-after"]
