"""The real application, started once, and Debian's Chromium to visit it with."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, cast
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page, sync_playwright

from assistant.assistant import Assistant
from assistant.start import assemble
from assistant.web.live import Live
from assistant.web.server import build_service
from assistant.web.settings import load_settings
from eval.baselines import BM25Scorer, PassageSearcher
from index.opening import Opened, Opening, open_retriever
from index.retriever import Retriever
from knowledge.folder import load_knowledge
from knowledge.library import Library, load_library

ROOT = Path(__file__).parent.parent
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


# Another site, which may embed the application.
HOST = f"http://127.0.0.1:{free_port()}"
NO_BROWSER = (
    "No Chromium was found. The browser tests need one: 'apt-get install chromium' on Debian "
    "or Ubuntu, or put a 'chromium' or 'google-chrome' on the PATH."
)


@contextmanager
def running(output: Path | None = None, /, **settings: str) -> Iterator[str]:
    """Start app.py on a free port with these settings and wait until it is ready.

    What it writes to its two streams goes to ``output``, where that is given.
    """
    port = free_port()
    environment = {name: v for name, v in os.environ.items() if "AVG_ASSISTENT_" not in name}
    environment |= {f"AVG_ASSISTENT_{name}": value for name, value in settings.items()}
    command = [sys.executable, "app.py", "--port", str(port)]
    log = output.open("wb") if output else None
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}/"
    try:
        wait_until_ready(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=30)
        if log:
            log.close()


def wait_until_ready(url: str, process: "subprocess.Popen[bytes]", seconds: int = 300) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"app.py stopped with status {process.returncode}; see its output above")
        try:
            with urlopen(f"{url}readyz") as answer:
                if answer.status == 200:
                    return
        except URLError:
            pass
        time.sleep(0.1)
    pytest.fail(f"app.py was not ready within {seconds} seconds")


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library()


@pytest.fixture(scope="session")
def searcher(library: Library) -> PassageSearcher:
    """The BM25 baseline: a real searcher that needs no model."""
    return PassageSearcher(library, BM25Scorer(library))


@pytest.fixture(scope="session")
def assistant(searcher: PassageSearcher) -> Assistant:
    """The real assistant over that baseline."""
    return assemble(searcher)


@pytest.fixture(scope="session")
def retriever() -> Retriever:
    """The product's own retriever, with the packaged model and the shipped ranker."""
    return open_retriever()


@pytest.fixture(scope="session")
def product(retriever: Retriever) -> Assistant:
    """The assistant as it is served."""
    return assemble(retriever)


class BaselineOpening(Opening):
    """Opens the shipped knowledge with the baseline in the retriever's place."""

    def __init__(self, searcher: PassageSearcher) -> None:
        self._only = Opened(load_knowledge(), cast("Retriever", searcher))

    def open(self) -> Opened:
        return self._only

    def follow(self) -> Opened | None:
        return None


Client = Callable[..., AbstractContextManager[TestClient]]


@pytest.fixture(scope="session")
def client(searcher: PassageSearcher) -> Client:
    """All but the chat page, in this process, over the baseline, with settings of one's own."""

    @contextmanager
    def visiting(**settings: Any) -> Iterator[TestClient]:
        chosen = load_settings(**{"rate_per_minute": 0, **settings})
        app, _ = build_service(chosen, Live(chosen, BaselineOpening(searcher)))
        with TestClient(app, raise_server_exceptions=False) as web:
            yield web

    return visiting


@pytest.fixture(scope="session")
def app_url() -> Iterator[str]:
    """The application, with one other site allowed to embed it and a contact set."""
    with running(
        FRAME_ANCESTORS=HOST,
        RATE_PER_MINUTE="0",
        CONTACT__LABEL="Privacyhelpdesk",
        CONTACT__PHONE="+31 70 000 0000",
        CONTACT__LINK="https://helpdesk.example.nl/contact",
        CONTACT__HOURS="Op werkdagen van 9.00 tot 17.00 uur",
    ) as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.fail(NO_BROWSER)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


Visit = Callable[..., AbstractContextManager[Page]]


@pytest.fixture
def visit(chromium: Browser, app_url: str) -> Visit:
    """Open an address of the application; on the way out, see that nothing went wrong there.

    Fails on a script error, a line in the console that reports an error, and a request to any
    host but the application's own.
    """

    @contextmanager
    def visiting(path: str = "", *, width: int = 1200, dark: bool = False) -> Iterator[Page]:
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            locale="nl-NL",
        )
        page = context.new_page()
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        page.on("request", lambda r: None if r.url.startswith(app_url) else wrong.append(r.url))
        page.goto(app_url + path)
        yield page
        context.close()
        assert wrong == []

    return visiting
