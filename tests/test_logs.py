"""When something breaks: the client gets a sentence, the log a place, nobody the question."""

import io
import json
import logging
from collections.abc import Iterator, Sequence

import pytest
from conftest import BaselineOpening
from fastapi.testclient import TestClient

from assistant.web import texts
from assistant.web.live import Live
from assistant.web.logs import PlaceOnly, log_config
from assistant.web.server import build_app
from assistant.web.settings import load_settings
from eval.baselines import PassageSearcher
from index.hits import SearchResult

SECRET = "geheimwoord"  # noqa: S105


class Broken(PassageSearcher):
    """Breaks with the question in its message, as a bug would."""

    def __init__(self, whole: PassageSearcher) -> None:
        self.library, self.model, self.version = whole.library, whole.model, whole.version

    def search_all(self, queries: Sequence[str], *, together: bool = False) -> list[SearchResult]:
        raise KeyError(f"no word like {queries[0]}")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PlaceOnly())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def test_a_broken_answer_tells_where_and_not_what(
    searcher: PassageSearcher, written: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = load_settings()
    app = build_app(settings, Live(settings, BaselineOpening(Broken(searcher))))
    with TestClient(app, raise_server_exceptions=False) as web:
        answer = web.post("/api/v1/ask", json={"question": f"Wat is {SECRET}?"})
        assert answer.status_code == 500
        assert answer.json()["detail"] == texts.FAILED
        body = {"data": [f"Wat is {SECRET}?", "[]"], "fn_index": 0}
        reply = json.loads(web.post("/gradio_api/run/predict", json=body).json()["data"][0])
    assert texts.FAILED in reply["html"]
    assert reply["answer"] is None
    shown = written.getvalue()
    assert "KeyError" in shown
    assert "search_all" in shown
    for text in (shown, *capsys.readouterr()):
        assert SECRET not in text


def test_others_lines_are_left_out_below_a_warning() -> None:
    config = log_config("debug")
    assert config["root"]["level"] == "WARNING"
    assert config["loggers"]["assistant"]["level"] == "DEBUG"
