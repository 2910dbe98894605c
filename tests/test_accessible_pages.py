"""Pages that are there for a moment only: while the server loads, and before a report is made."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from playwright.sync_api import Browser
from serving import served
from starlette.staticfiles import StaticFiles

from assistant.web import evaluation
from assistant.web.entrance import Entrance
from assistant.web.headers import SecurityHeaders
from assistant.web.render import STATIC
from assistant.web.settings import Settings

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def without_report(runs: Path) -> FastAPI:
    app = FastAPI()
    app.include_router(evaluation.routes(Settings(), runs))
    app.mount("/web", StaticFiles(directory=STATIC))
    app.add_middleware(SecurityHeaders, ancestors=())
    return app


@pytest.fixture
def addresses(tmp_path: Path) -> Iterator[tuple[str, str]]:
    done = threading.Event()

    def build() -> FastAPI:
        done.wait()
        return FastAPI()

    with (
        served(Entrance(Settings(), build, lambda: None)) as loading,
        served(without_report(tmp_path)) as empty,
    ):
        yield loading, f"{empty}evaluatie"
        done.set()


def test_axe_finds_nothing_and_no_other_host_is_asked(
    chromium: Browser, addresses: tuple[str, str]
) -> None:
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for url in addresses:
        page.goto(url)
        for width in (1200, 320):
            page.set_viewport_size({"width": width, "height": 800})
            for colours in SCHEMES:
                page.emulate_media(color_scheme=colours)
                found = Axe().run(page)
                assert found.response["violations"] == [], found.generate_report()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
    hosts = {urlsplit(url).netloc for url in asked}
    assert hosts == {urlsplit(url).netloc for url in addresses}
