"""A conversation of four turns on the page, with a question back, by its buttons and the form."""

from conftest import Visit
from playwright.sync_api import Page, expect

from assistant import phrases

ASKED = "Wat zijn mijn verantwoordelijkheden?"
FOLLOWED = "En bij een datalek?"


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox", name="Uw vraag").fill(question)
    page.keyboard.press("Enter")


def answered(page: Page, turns: int) -> Page:
    expect(page.locator(".turn .answer")).to_have_count(turns)
    return page


def test_four_turns_with_a_question_back(visit: Visit) -> None:
    with visit() as page:
        page.locator("body.ready").wait_for()
        ask(page, ASKED)
        last = answered(page, 1).locator(".turn").last
        expect(last).to_contain_text(phrases.WHICH_ROLE)
        last.get_by_role("button", name=phrases.AM_PROCESSOR, exact=True).click()
        last = answered(page, 2).locator(".turn").last
        expect(last.locator(".source")).to_contain_text("heb ik als verwerker")
        ask(page, FOLLOWED)
        last = answered(page, 3).locator(".turn").last
        expect(last.locator(".answer")).to_contain_text("zo snel mogelijk te informeren")
        ask(page, "Dank u wel!")
        expect(answered(page, 4).locator(".turn").last).to_contain_text(phrases.THANKS)
