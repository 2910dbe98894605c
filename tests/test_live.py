"""A running server takes up new knowledge: no question dropped, no answer mixed of two versions."""

import json
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
import uvicorn
from conftest import free_port
from small import opening, write_outside

from assistant.web.live import Live
from assistant.web.server import build_app
from assistant.web.settings import Settings
from index.opening import Opening
from index.versions import VersionFolder
from knowledge.folder import KNOWLEDGE, copy_knowledge, load_knowledge

QUESTION = "Moet ik als logistieke dienstverlener verwerkersovereenkomsten afsluiten?"
SENTENCES = (
    "Nee. U bent namelijk geen verwerker, ook al werkt u als logistieke dienstverlener voor een "
    "opdrachtgever.",
    "Dat betekent dat u dus geen verwerkersovereenkomsten hoeft af te sluiten met uw "
    "opdrachtgevers.",
)
EDITION = re.compile(r"Dit is uitgave (\d+)\.")
SWAPS = 3


def write_edition(folder: Path, number: int) -> None:
    """Add a sentence with the edition's number at two places of the entry that is asked for."""
    (page,) = (KNOWLEDGE / "pages").glob("*.md")
    text = page.read_text(encoding="utf-8")
    for sentence in SENTENCES:
        assert sentence in text
        text = text.replace(sentence, f"{sentence} Dit is uitgave {number}.")
    (folder / "pages" / page.name).write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy_knowledge(load_knowledge(), tmp_path / "knowledge")
    # The words of the trained ranker are enough to find this one entry.
    write_outside(tmp_path / "knowledge")
    write_edition(tmp_path / "knowledge", 0)
    return tmp_path / "knowledge"


@contextmanager
def serving(server_opening: Opening) -> Iterator[str]:
    settings = Settings(rate_per_minute=0, max_waiting=1_000)
    port = free_port()
    application = build_app(settings, Live(settings, server_opening))
    server = uvicorn.Server(uvicorn.Config(application, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def get(url: str) -> str:
    with urlopen(url) as answer:
        return str(answer.read().decode())


def asked(url: str, question: str = QUESTION) -> str:
    """The API's answer, as it came."""
    body = json.dumps({"question": question}).encode()
    request = Request(f"{url}/api/v1/ask", body, {"Content-Type": "application/json"})
    with urlopen(request) as answer:
        return str(answer.read().decode())


def shown(url: str) -> str:
    """The page's answer with its source panels, as it came."""
    body = json.dumps({"data": [QUESTION, "[]"], "fn_index": 0}).encode()
    request = Request(f"{url}/gradio_api/run/predict", body, {"Content-Type": "application/json"})
    with urlopen(request) as answer:
        return str(answer.read().decode())


def number_in(answer: str) -> int:
    """The edition that every part of the answer is of."""
    (number,) = set(EDITION.findall(answer))
    return int(number)


def test_questions_run_through_swaps(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    done = threading.Event()
    seen: dict[str, list[int]] = {}

    def keep_asking(name: str, ask: Callable[[str], str], url: str) -> None:
        seen[name] = []
        while not done.is_set():
            seen[name].append(number_in(ask(url)))

    with serving(opening(folder, cache)) as url:
        ways = {"api one": asked, "api two": asked, "page": shown}
        threads = [threading.Thread(target=keep_asking, args=(*way, url)) for way in ways.items()]
        for thread in threads:
            thread.start()
        for number in range(1, SWAPS + 1):
            write_edition(folder, number)
            opening(folder, cache).open()
            while all(thread.is_alive() for thread in threads) and number_in(asked(url)) != number:
                pass
        done.set()
        for thread in threads:
            thread.join()
        assert f'version="{opening(folder, cache).open().knowledge.library.version}"' in get(
            f"{url}/metrics"
        )
    for name, numbers in seen.items():
        assert numbers == sorted(numbers), name
        assert set(numbers) == set(range(SWAPS + 1)), Counter(numbers)


def test_going_back_reaches_the_running_server(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    opening(folder, cache).open()
    write_edition(folder, 1)
    with serving(opening(folder, cache)) as url:
        assert number_in(asked(url)) == 1
        VersionFolder(cache).roll_back()
        while number_in(asked(url)) != 0:
            pass


def test_goes_on_answering_when_the_new_version_cannot_be_used(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache = tmp_path / "cache"
    with serving(opening(folder, cache)) as url:
        write_edition(folder, 1)
        opening(folder, cache, "another").open()
        while "goes on answering" not in caplog.text:
            assert number_in(asked(url)) == 0
        assert number_in(asked(url)) == 0
