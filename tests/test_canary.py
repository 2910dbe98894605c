"""A made-up person's data goes through every channel, and is found nowhere afterwards."""

import json
import logging
import tempfile
import time
from pathlib import Path
from urllib.request import Request, urlopen

import platformdirs
import pytest
from conftest import ROOT, Client, running

BSN = "123456782"
MAIL = "hildegard.quispelsma@voorbeeld.example"
PERSON = f"Mijn naam is Hildegard Quispelsma, mijn BSN is {BSN} en mijn e-mail {MAIL}."
CANARIES = (BSN, "quispelsma", "hildegard", "voorbeeld.example")
ASKED = (f"{PERSON} Mag een koerier dat zien?", f"Appeltaart bakken? {PERSON}")
HISTORY = [{"role": "user", "content": PERSON}, {"role": "assistant", "content": PERSON}]
THUMB = {"question": ASKED[0], "verdict": "down", "reason": "other", "comment": PERSON}


def assert_clean(text: str | bytes, where: object) -> None:
    raw = text.encode() if isinstance(text, str) else text
    found = [word for word in CANARIES if word.encode() in raw.lower()]
    assert found == [], where


def post(url: str, body: object) -> bytes:
    headers = {"Content-Type": "application/json"}
    with urlopen(Request(url, json.dumps(body).encode(), headers)) as answer:
        content: bytes = answer.read()
    return content


def changed_since(start: float, *folders: Path) -> list[Path]:
    found = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    skipped = {".git", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis"}
    return [
        path
        for path in found
        if not skipped & set(path.parts) and path.stat().st_mtime >= start - 1
    ]


def test_served_with_storing_on_only_the_scrubbed_question_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    for name in ("TMPDIR", "GRADIO_TEMP_DIR"):
        monkeypatch.setenv(name, str(scratch))
    start = time.time()
    log, file = tmp_path / "log.txt", tmp_path / "feedback.sqlite"
    settings = {"LOG_LEVEL": "debug", "RATE_PER_MINUTE": "0", "FEEDBACK__FILE": str(file)}
    with running(log, **settings) as url:
        for question in ASKED:
            post(f"{url}api/v1/ask", {"question": question, "history": HISTORY})
            data = [question, json.dumps(HISTORY)]
            post(f"{url}gradio_api/run/predict", {"data": data, "fn_index": 0})
        post(f"{url}api/v1/feedback", THUMB)
        with urlopen(f"{url}metrics") as metrics:
            assert_clean(metrics.read(), "metrics")
        while_running = [
            (path, path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file()
        ]
    for path, content in while_running:
        assert_clean(content, path)
    assert b"[naam]" in file.read_bytes()
    cache = platformdirs.user_cache_path("avg-assistent")
    for path in changed_since(start, tmp_path, ROOT, cache):
        if path.suffix != ".pyc" and path != Path(__file__):
            assert_clean(path.read_bytes(), path)


def test_with_storing_off_nothing_is_written_or_logged(
    client: Client,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    caplog.set_level(logging.DEBUG)
    with client() as web:
        for question in ASKED:
            web.post("/api/v1/ask", json={"question": question, "history": HISTORY})
        web.post("/api/v1/feedback", json=THUMB)
        web.post("/api/v1/feedback", json={**THUMB, "reason": PERSON})
        web.post("/api/v1/ask", content=PERSON.encode())
        assert_clean(web.get("/metrics").text, "metrics")
    own = [record.getMessage() for record in caplog.records if not record.name.startswith("httpx")]
    assert_clean("\n".join(own), "log")
    assert list(tmp_path.iterdir()) == []


def test_an_error_does_not_repeat_what_was_sent(client: Client) -> None:
    wrong = (
        ("ask", {"question": [PERSON], PERSON: PERSON}),
        ("ask", {"question": "x", "history": [{"role": PERSON, "content": PERSON}]}),
        ("feedback", {**THUMB, "verdict": PERSON, "section_id": [PERSON]}),
    )
    with client() as web:
        for path, body in wrong:
            answer = web.post(f"/api/v1/{path}", json=body)
            assert answer.status_code == 422
            assert_clean(answer.text, path)
