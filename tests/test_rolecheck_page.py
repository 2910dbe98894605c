"""A whole role check on the page, by keyboard alone, and what it leaves on the page."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Visit
from keyboard import tab_to
from playwright.sync_api import Locator, Page, expect

from assistant import phrases
from knowledge.library import load_library
from knowledge.rolecheck import load_rolecheck

TREE = load_rolecheck(load_library())
PROCESSOR = (
    "Wij werken in opdracht van een andere organisatie",
    *("Nee", "Nee", "Nee", "Ja", "Onze opdrachtgever", "Nee", "Nee", "Ja"),
)


def started(page: Page) -> Page:
    page.locator("body.ready").wait_for()
    press(page, page.locator(".examples").get_by_role("button", name=phrases.ROLECHECK_START))
    expect(last(page).locator("strong").first).to_have_text(TREE.steps[TREE.start].question)
    return page


def last(page: Page) -> Locator:
    return page.locator(".turn").last


def press(page: Page, button: Locator) -> None:
    """Reach a button with Tab, press Enter, and wait for the turn that answers."""
    before = page.locator(".turn .answer").count()
    tab_to(page, button)
    page.keyboard.press("Enter")
    expect(page.locator(".turn .answer")).to_have_count(before + 1)
    expect(last(page).locator(".asked")).to_be_focused()


def choose(page: Page, label: str) -> None:
    press(page, last(page).get_by_role("button", name=label, exact=True))


def test_whole_role_check_by_keyboard_with_explanation_and_undo(visit: Visit) -> None:
    with visit() as page:
        started(page)
        choose(page, PROCESSOR[0])
        choose(page, phrases.EXPLAIN)
        choose(page, phrases.BACK)
        for label in PROCESSOR:
            choose(page, label)
        answer = last(page).locator(".answer")
        expect(answer.locator("strong").first).to_have_text(TREE.outcomes["verwerker"].title)
        expect(answer).to_contain_text(phrases.ROLECHECK_AGREEMENT["nodig"])
        expect(answer).to_contain_text(TREE.caveat.quote)
        for cite in answer.locator(".cite").all():
            target = page.locator(f"[id='{(cite.get_attribute('href') or '')[1:]}']")
            expect(target).to_have_count(1)
        choose(page, phrases.ROLECHECK_AGAIN)
        expect(last(page).locator("strong").first).to_have_text(TREE.steps[TREE.start].question)


def test_only_the_last_turn_can_be_answered(visit: Visit) -> None:
    with visit() as page:
        started(page)
        choose(page, PROCESSOR[0])
        expect(page.locator(".choices:visible")).to_have_count(1)
        expect(last(page).locator(".choices")).to_be_visible()
        # The numbered answers stand on the buttons, not in the text as well.
        expect(last(page).locator(".answer ol")).to_have_count(0)


def test_a_reload_keeps_the_check_running(visit: Visit) -> None:
    with visit() as page:
        started(page)
        choose(page, PROCESSOR[0])
        page.wait_for_timeout(100)
        page.reload()
        page.locator("body.ready").wait_for()
        choose(page, "Ja")
        title = TREE.outcomes["verantwoordelijke-logistiek"].title
        expect(last(page).locator("strong").first).to_have_text(title)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1200, 320])
def test_axe_finds_nothing_and_nothing_sticks_out(visit: Visit, width: int, dark: bool) -> None:
    with visit(width=width, dark=dark) as page:
        started(page)
        choose(page, PROCESSOR[0])
        choose(page, "Ja")
        found = Axe().run(page)
        assert found.response["violations"] == [], found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
