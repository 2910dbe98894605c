"""The chat page in a real browser: ask, read, check the source, go on; by mouse and by keyboard."""

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import Visit
from keyboard import tab_to
from playwright.sync_api import Browser, Locator, Page, expect

from knowledge.library import load_library

QUESTION = "Ben ik verwerker als logistieke dienstverlener?"
ENTRY = "logistieke-dienstverlener"
NOTHING = "Hoe lang mag ik camerabeelden van mijn winkel bewaren?"


def ready(page: Page) -> Page:
    page.locator("body.ready").wait_for()
    return page


def ask(page: Page, question: str) -> Locator:
    """Ask by keyboard and return the turn that answers."""
    turns = page.locator(".turn .answer")
    before = turns.count()
    page.get_by_role("textbox", name="Uw vraag").fill(question)
    page.keyboard.press("Enter")
    turns.nth(before).wait_for()
    return page.locator(".turn").last


def test_shows_title_coverage_edition_and_disclaimer(visit: Visit) -> None:
    with visit() as page:
        ready(page)
        expect(page.locator("html")).to_have_attribute("lang", "nl")
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
        for group in {entry.group for entry in load_library().entries()}:
            expect(page.get_by_text(group, exact=True)).to_be_visible()
        expect(page.locator(".edition")).to_contain_text("Overgenomen op")
        expect(page.get_by_text("Geen dienst van de AP")).to_be_visible()


def test_answers_opens_the_source_and_follows_a_related_question(visit: Visit) -> None:
    with visit() as page:
        turn = ask(ready(page), QUESTION)
        expect(turn.locator("strong").first).to_have_text(re.compile("^Nee. U bent namelijk geen"))
        turn.locator(".cite").first.click()
        panel = turn.locator(f"details[data-entry={ENTRY}]")
        expect(panel).to_have_attribute("open", "")
        mark = panel.locator("mark").first
        expect(mark).to_be_in_viewport()
        assert mark.inner_text() in load_library().pages[0].text
        related = turn.locator(".related button").first
        wanted = related.inner_text()
        related.click()
        expect(page.locator(".turn .answer")).to_have_count(2)
        expect(page.locator(".turn").last.locator(".asked")).to_contain_text(wanted)


def test_source_panel_holds_the_whole_entry_in_order(visit: Visit) -> None:
    entry = load_library().entry("wie-is-verantwoordelijke")
    with visit() as page:
        turn = ask(ready(page), entry.question)
        panel = turn.locator(f"details[data-entry={entry.id}]")
        panel.locator("summary").click()
        text = " ".join(panel.inner_text().split())
        place = 0
        for section in entry.sections:
            for words in (section.heading, *(passage.text for passage in section.passages)):
                place = text.index(" ".join(words.split()), place)


def test_example_runs_on_a_click(visit: Visit) -> None:
    with visit() as page:
        ready(page).locator(".examples button").first.click()
        page.locator(".turn .answer").wait_for()
        expect(page.locator(".turn .asked")).to_contain_text(QUESTION)


def test_says_so_when_the_guidance_has_no_answer_and_gives_the_contact(visit: Visit) -> None:
    with visit() as page:
        turn = ask(ready(page), NOTHING)
        expect(turn.locator(".answer")).to_have_attribute("data-kind", "no_answer")
        expect(turn.locator("details.source")).to_have_count(0)
        expect(turn.locator(".contact")).to_contain_text("Privacyhelpdesk")
        expect(turn.get_by_role("link", name="+31 70 000 0000")).to_be_visible()


def test_asking_for_a_person_gives_the_contact(visit: Visit) -> None:
    with visit() as page:
        turn = ask(ready(page), "Ik wil graag een medewerker spreken")
        expect(turn.locator(".contact")).to_contain_text("Op werkdagen van 9.00 tot 17.00 uur")
        turn = ask(page, QUESTION)
        expect(turn.locator(".contact")).to_have_count(0)


def test_conversation_can_be_taken_along(visit: Visit) -> None:
    with visit() as page:
        ask(ready(page), QUESTION)
        ask(page, NOTHING)
        page.get_by_text("Bewaar gesprek").click()
        for label, kind in (("Als tekst", "txt"), ("Als Markdown", "md")):
            with page.expect_download() as download:
                page.get_by_role("button", name=label, exact=True).click()
            assert download.value.suggested_filename == f"gesprek.{kind}"
            text = Path(download.value.path()).read_text(encoding="utf-8")
            assert text.index(QUESTION) < text.index(NOTHING)
            assert "Nee. U bent namelijk geen verwerker" in text
            assert "https://www.autoriteitpersoonsgegevens.nl/" in text
            assert "Geen juridisch advies" in text
        page.evaluate(
            "window.print = () => { window.printed = document.querySelectorAll("
            "'details.source:not([open])').length }"
        )
        page.get_by_role("button", name="Print").click()
        assert page.evaluate("window.printed") == 0


def test_a_thumb_up_is_one_click(visit: Visit) -> None:
    with visit() as page:
        turn = ask(ready(page), QUESTION)
        with page.expect_response("**/api/v1/feedback") as sent:
            turn.get_by_role("button", name="Ja").click()
        assert sent.value.json() == {"kept": False}
        expect(turn.locator(".thanks")).to_be_focused()
        expect(turn.locator(".thumbs")).to_have_count(0)


def test_a_thumb_down_asks_for_a_reason_by_keyboard(visit: Visit) -> None:
    with visit(width=320) as page:
        turn = ask(ready(page), QUESTION)
        down = turn.get_by_role("button", name="Nee")
        tab_to(page, down, "Shift+Tab")
        page.keyboard.press("Enter")
        expect(turn.get_by_role("radio", name="Het antwoord klopt niet")).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(turn.get_by_role("radio", name="Het gaat over iets anders")).to_be_checked()
        with page.expect_request("**/api/v1/feedback") as sent:
            page.keyboard.press("Enter")
        body = json.loads(sent.value.post_data or "")
        assert body["question"] == QUESTION
        assert (body["verdict"], body["reason"]) == ("down", "off_topic")
        assert body["section_id"] == ENTRY
        expect(turn.locator(".thanks")).to_be_focused()


def test_whole_conversation_by_keyboard(visit: Visit) -> None:
    with visit() as page:
        ready(page).keyboard.press("Tab")
        expect(page.get_by_role("link", name="Naar het vraagveld")).to_be_focused()
        page.keyboard.press("Enter")
        field = page.get_by_role("textbox", name="Uw vraag")
        expect(field).to_be_focused()
        page.keyboard.type(QUESTION)
        page.keyboard.press("Enter")
        turn = page.locator(".turn").last
        turn.locator(".answer").wait_for()
        expect(field).to_be_focused()
        tab_to(page, turn.locator(".cite").first, "Shift+Tab")
        page.keyboard.press("Enter")
        expect(turn.locator("mark").first).to_be_focused()
        tab_to(page, turn.locator(".related button").first, "Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".turn .answer")).to_have_count(2)
        turn = page.locator(".turn").last
        expect(turn.locator(".asked")).to_be_focused()
        tab_to(page, turn.locator("[data-thumb=down]"), "Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(turn.locator(".thanks")).to_be_focused()
        tab_to(page, page.get_by_role("button", name="Opnieuw beginnen"), "Shift+Tab")
        page.keyboard.press("Enter")
        expect(page.locator(".turn")).to_have_count(0)
        expect(field).to_be_focused()


def test_new_answer_is_announced_once_without_its_markup(visit: Visit) -> None:
    with visit() as page:
        ready(page)
        page.evaluate(
            "window.said = []; new MutationObserver(() => said.push(melding.textContent))"
            ".observe(melding, { childList: true })"
        )
        ask(page, QUESTION)
        said = page.evaluate("said")
        assert len(said) == 1
        assert said[0].startswith("Nee. U bent namelijk geen verwerker")
        assert not re.search(r"[*\[\]]", said[0])


def test_conversation_survives_a_reload_and_start_over_forgets_it(visit: Visit) -> None:
    with visit() as page:
        ask(ready(page), QUESTION)
        page.wait_for_timeout(100)
        ready_again(page)
        expect(page.locator(".turn .answer")).to_have_count(1)
        page.get_by_role("button", name="Opnieuw beginnen").click()
        ready_again(page)
        expect(page.locator(".turn")).to_have_count(0)


def ready_again(page: Page) -> None:
    page.reload()
    ready(page)


def test_conversation_travels_with_each_question(visit: Visit) -> None:
    with visit() as page:
        ask(ready(page), QUESTION)
        page.wait_for_timeout(100)
        with page.expect_request("**/run/predict") as sent:
            ask(page, "En als subverwerker?")
        history = json.loads(json.loads(sent.value.post_data or "")["data"][1])
        assert [turn["role"] for turn in history] == ["user", "assistant"]
        assert history[0]["content"] == QUESTION


def test_personal_data_is_gone_from_the_page_and_from_what_it_sends_on(visit: Visit) -> None:
    bsn, name = "123456782", "Hildegard Quispelsma"
    with visit() as page:
        turn = ask(ready(page), f"Mijn naam is {name}, BSN {bsn}. {QUESTION}")
        expect(turn.locator(".answer")).to_contain_text("u typte persoonsgegevens")
        expect(turn.locator(".asked")).to_contain_text(f"Mijn naam is …, BSN …. {QUESTION}")
        page.wait_for_timeout(100)
        with page.expect_request("**/run/predict") as sent:
            ask(page, "Waarom?")
        page.get_by_text("Bewaar gesprek").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="Als Markdown").click()
        page.wait_for_timeout(100)
        fields = "[...document.querySelectorAll('textarea')].map((field) => field.value).join()"
        for text in (
            sent.value.post_data or "",
            Path(download.value.path()).read_text(encoding="utf-8"),
            page.content(),
            page.evaluate(fields),
            page.evaluate("JSON.stringify(sessionStorage)"),
        ):
            assert bsn not in text
            assert name not in text


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>window.hacked = 1</script> verwerker",
        "<img src=x onerror='window.hacked = 1'>",
        "[klik](javascript:window.hacked=1) ![](https://elders.example/x.png)",
        "\u202egnp.egrev\u200b verwerker \u2066",
        "🙈🙉🙊",
        "x" * 1_999,
        "</textarea></article><h1>kapot</h1>",
    ],
)
def test_hostile_input_is_shown_as_text_and_answered(visit: Visit, hostile: str) -> None:
    with visit(width=320) as page:
        turn = ask(ready(page), hostile)
        assert turn.locator(".answer").inner_text().strip()
        assert turn.locator("script, img, h1, a[href^=javascript]").count() == 0
        assert page.evaluate("window.hacked") is None
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_reports_when_the_server_is_gone(chromium: Browser, app_url: str) -> None:
    page = chromium.new_page()
    page.goto(app_url)
    ready(page)
    page.context.set_offline(True)
    page.get_by_role("textbox", name="Uw vraag").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".turn.failed")).to_contain_text("Er ging iets mis")
    page.close()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1200, 320])
@pytest.mark.parametrize("path", ["", "?weergave=compact", "demo"])
def test_axe_finds_nothing(visit: Visit, path: str, width: int, dark: bool) -> None:
    with visit(path, width=width, dark=dark) as page:
        if path != "demo":
            turn = ask(ready(page), QUESTION)
            turn.locator("summary").first.click()
            turn.get_by_role("button", name="Nee").click()
            ask(page, NOTHING)
            page.get_by_text("Bewaar gesprek").click()
        found = Axe().run(page)
        assert found.response["violations"] == [], found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_focus_is_never_hidden_behind_the_form(visit: Visit) -> None:
    hidden = """() => {
        const focused = document.activeElement;
        const box = focused.getClientRects()[0];
        const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return focused !== document.body && !focused.contains(top) ? focused.outerHTML : null;
    }"""
    with visit(width=320) as page:
        # Without smooth scrolling there is nothing to wait for.
        page.emulate_media(reduced_motion="reduce")
        turn = ask(ready(page), QUESTION)
        turn.get_by_role("button", name="Nee").click()
        ask(page, NOTHING)
        for key in ("Shift+Tab", "Tab"):
            for _ in range(45):
                page.keyboard.press(key)
                assert page.evaluate(hidden) is None


def test_keeps_to_its_width_with_wide_spacing_and_moves_only_where_wanted(visit: Visit) -> None:
    spacing = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
        word-spacing: .16em !important } p { margin-bottom: 2em !important }"""
    with visit(width=320) as page:
        page.emulate_media(reduced_motion="reduce")
        turn = ask(ready(page), QUESTION)
        turn.locator("summary").first.click()
        page.add_style_tag(content=spacing)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        behaviour = "getComputedStyle(document.documentElement).scrollBehavior"
        assert page.evaluate(behaviour) == "auto"
        page.emulate_media(reduced_motion="no-preference", forced_colors="active")
        assert Axe().run(page).response["violations"] == []


def test_every_control_is_24_pixels_and_named(visit: Visit) -> None:
    with visit(width=320) as page:
        ask(ready(page), QUESTION)
        page.locator(".turn [data-thumb=down]").click()
        controls = page.locator(
            "button:visible, summary:visible, .cite:visible, textarea:visible, input:visible"
        )
        for control in controls.all():
            box = control.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 24, control.inner_text()
