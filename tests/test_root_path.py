"""Behind a proxy the application has a path of its own, which the proxy passes on or leaves out."""

from collections.abc import Iterator

import pytest
from conftest import BaselineOpening
from playwright.sync_api import Browser
from serving import served

from assistant.web.entrance import Entrance
from assistant.web.live import Live
from assistant.web.server import build_app
from assistant.web.settings import load_settings
from eval.baselines import PassageSearcher


@pytest.fixture
def address(searcher: PassageSearcher) -> Iterator[str]:
    settings = load_settings(root_path="/assistent", rate_per_minute=0)
    app = build_app(settings, Live(settings, BaselineOpening(searcher)))
    with served(Entrance(settings, lambda: app, lambda: None)) as url:
        yield url


def test_page_and_widget_work_with_the_path_and_without(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    for path in ("assistent/", ""):
        page.goto(f"{address}{path}demo")
        assert f"{address}assistent/widget.js" in page.locator("pre").first.inner_text()
        page.get_by_role("button", name="Stel een vraag").click()
        frame = page.frame_locator("[data-avg-assistent-widget] iframe")
        frame.locator("body.ready").wait_for()
        frame.get_by_role("textbox", name="Uw vraag").fill("Wie meldt een datalek?")
        page.keyboard.press("Enter")
        frame.locator(".turn .answer").last.wait_for()
        page.evaluate("sessionStorage.clear()")
    page.close()
    assert failed == []
