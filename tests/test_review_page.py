"""The review page in a browser: without a script, by keyboard, in two colours and two widths."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import BaselineOpening
from playwright.sync_api import Browser, Page, expect
from serving import served

from assistant.web.feedback_store import FeedbackStore, Note
from assistant.web.live import Live
from assistant.web.server import build_service
from assistant.web.settings import load_settings
from eval.baselines import PassageSearcher

TOKEN = "-".join(("een", "lang", "wachtwoord"))
HOSTILE = "<script>window.hacked = 1</script> \u202egnp.egrev <img src=x onerror=alert(1)>"


@pytest.fixture
def address(searcher: PassageSearcher, tmp_path: Path) -> Iterator[str]:
    file = tmp_path / "feedback.sqlite"
    store = FeedbackStore(file, 90)
    store.add(Note("Hoe lang mag ik camerabeelden bewaren?", "unanswered"))
    store.add(Note("bewaartermijn camerabeelden", "unanswered"))
    store.add(Note(HOSTILE, "down", "other", HOSTILE))
    settings = load_settings(feedback={"file": file, "token": TOKEN})
    app, _ = build_service(settings, Live(settings, BaselineOpening(searcher)))
    with served(app) as url:
        yield url


def open_page(chromium: Browser, address: str, *, width: int = 1200, dark: bool = False) -> Page:
    page = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light"
    ).new_page()
    page.goto(f"{address}beheer")
    return page


def log_in(page: Page) -> None:
    page.get_by_label("Wachtwoord").fill(TOKEN)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Te beslissen").wait_for()


def test_decides_by_keyboard_and_goes_on_at_the_next_question(
    chromium: Browser, address: str
) -> None:
    page = open_page(chromium, address)
    log_in(page)
    first = page.locator("form.note").first
    first.get_by_label("Hoort bij").focus()
    page.keyboard.type("Wel over")
    page.keyboard.press("Tab")
    expect(first.get_by_role("button", name="Naar de vragenbank")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".decided li")).to_have_count(1)
    expect(page.locator(".decided li")).to_contain_text("Niet in de uitleg. Wel over privacy")
    assert "#vraag-" in page.url
    expect(page.locator(":target")).to_be_in_viewport()
    page.get_by_role("button", name="Toch niet").click()
    expect(page.locator(".decided li")).to_have_count(0)
    page.get_by_role("button", name="Log uit").click()
    expect(page.get_by_label("Wachtwoord")).to_be_visible()
    page.context.close()


def test_shows_hostile_questions_as_text_and_asks_no_other_host(
    chromium: Browser, address: str
) -> None:
    page = open_page(chromium, address)
    wrong: list[str] = []
    page.on("request", lambda r: None if r.url.startswith(address) else wrong.append(r.url))
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    log_in(page)
    expect(page.get_by_role("heading", name="<script>")).to_be_visible()
    assert page.locator("main script, main img").count() == 0
    assert wrong == []
    page.context.close()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1200, 320])
def test_axe_finds_nothing(chromium: Browser, address: str, width: int, dark: bool) -> None:
    page = open_page(chromium, address, width=width, dark=dark)
    page.get_by_label("Wachtwoord").fill("fout")
    page.keyboard.press("Enter")
    page.get_by_text("Dit wachtwoord klopt niet.").wait_for()
    assert_accessible(page, width)
    log_in(page)
    page.locator("form.note select").first.select_option("near")
    page.get_by_role("button", name="Naar de vragenbank").first.click()
    page.locator(".decided").wait_for()
    assert_accessible(page, width)
    for control in page.locator("button:visible, select:visible, input:visible").all():
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
    page.context.close()


def assert_accessible(page: Page, width: int) -> None:
    found = Axe().run(page)
    assert found.response["violations"] == [], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
