"""Feedback is counted always and kept only where switched on: scrubbed, bounded, for a time."""

import asyncio
import re
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import ROOT, Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.web import feedback_store, retention, texts
from assistant.web.feedback import Reason
from assistant.web.feedback_store import FeedbackStore, FeedbackStoreError, Note

THUMB = {"question": "Mag ik dit delen?", "verdict": "down", "reason": "wrong"}
ANSWERED = (
    "Moet ik als logistieke dienstverlener verwerkersovereenkomsten "
    "afsluiten met mijn opdrachtgevers?"
)
NOTHING = "Appeltaart bakken?"


@pytest.fixture
def store(tmp_path: Path) -> FeedbackStore:
    return FeedbackStore(tmp_path / "feedback.sqlite", days=30)


def test_a_thumb_is_counted_and_not_kept_by_default(client: Client, tmp_path: Path) -> None:
    with client() as web:
        answer = web.post("/api/v1/feedback", json=THUMB)
        assert answer.json() == {"kept": False}
        counted = 'avg_assistent_feedback_total{reason="wrong",verdict="down"} 1.0'
        assert counted in web.get("/metrics").text
    assert list(tmp_path.iterdir()) == []


def test_keeps_thumbs_and_unanswered_questions_where_switched_on(
    client: Client, tmp_path: Path
) -> None:
    file = tmp_path / "feedback.sqlite"
    with client(feedback={"file": file}) as web:
        section = "inhoud-verwerkersovereenkomst/subverwerkers"
        body = {**THUMB, "comment": "Het gaat om iets anders", "section_id": section}
        assert web.post("/api/v1/feedback", json=body).json() == {"kept": True}
        assert web.post("/api/v1/ask", json={"question": NOTHING}).json()["kind"] == "no_answer"
        web.post("/api/v1/ask", json={"question": NOTHING})
        web.post("/api/v1/ask", json={"question": ANSWERED})
    unanswered, disliked = FeedbackStore(file, 30).notes()
    assert (unanswered.note.question, unanswered.times) == (NOTHING, 2)
    assert unanswered.note.verdict == "unanswered"
    assert disliked.note == Note(
        THUMB["question"], "down", "wrong", "Het gaat om iets anders", section
    )


def test_an_unknown_section_is_not_kept(client: Client, tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite"
    with client(feedback={"file": file}) as web:
        web.post("/api/v1/feedback", json={**THUMB, "section_id": "jan@voorbeeld.nl"})
    assert FeedbackStore(file, 30).notes()[0].note.nearest == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "maybe"},
        {"reason": "mijn eigen reden"},
        {"comment": "x" * 1_001},
        {"question": 3},
    ],
)
def test_a_thumb_that_is_not_as_it_must_be_is_refused(
    client: Client, wrong: dict[str, object]
) -> None:
    with client() as web:
        answer = web.post("/api/v1/feedback", json={**THUMB, **wrong})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_reasons_of_page_and_api_are_the_same() -> None:
    assert set(texts.REASONS) == set(Reason.__args__)  # type: ignore[attr-defined]


def test_personal_data_never_reaches_the_disk(store: FeedbackStore, tmp_path: Path) -> None:
    store.add(
        Note(
            "Mijn naam is Hildegard Quispel, BSN 123456782. Mag hildegard dat?",
            "down",
            comment="Mail me op h.quispel@voorbeeld.nl, groeten Hildegard Quispel",
        )
    )
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir()).lower()
    for secret in (b"quispel", b"123456782", b"voorbeeld.nl"):
        assert secret not in raw
    assert b"[naam]" in raw


def test_notes_go_after_their_days_from_the_file_too(tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite"
    now = date(2026, 1, 1)
    store = FeedbackStore(file, 30, lambda: now)
    store.add(Note("Wat is een rariteitenkabinet?", "unanswered"))
    now = date(2026, 1, 31)
    assert len(store.notes()) == 1
    now += timedelta(days=1)
    store.prune()
    assert store.notes() == ()
    assert b"rariteiten" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_a_server_deletes_while_nobody_looks(tmp_path: Path) -> None:
    now = date(2026, 1, 1)
    store = FeedbackStore(tmp_path / "feedback.sqlite", 30, lambda: now)
    store.add(Note("Oud?", "unanswered"))
    now = date(2026, 6, 1)

    async def serve() -> None:
        async with retention.enforced(store, every=0.01):
            while rows(tmp_path / "feedback.sqlite"):
                await asyncio.sleep(0.01)

    # In a thread of its own: the browser tests keep a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, serve()).result(timeout=30)


def rows(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        count: int = connection.execute("SELECT count(*) FROM notes").fetchone()[0]
    return count


def test_a_server_that_starts_deletes_what_is_past_its_days(tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite"
    FeedbackStore(file, 30, lambda: date(2020, 1, 1)).add(Note("Oud?", "unanswered"))
    FeedbackStore(file, 30)
    assert rows(file) == 0


def test_the_oldest_notes_make_room(store: FeedbackStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback_store, "MAX_NOTES", 3)
    for word in "een twee drie vier".split():
        store.add(Note(word, "unanswered"))
    assert {kept.note.question for kept in store.notes()} == {"twee", "drie", "vier"}


def test_only_the_owner_can_read_the_file(store: FeedbackStore, tmp_path: Path) -> None:
    store.add(Note("Vraag?", "unanswered"))
    for path in tmp_path.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_write_ahead_log_is_on(store: FeedbackStore, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "feedback.sqlite")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


WRITER = """
import sys
from pathlib import Path
from assistant.web.feedback_store import FeedbackStore, Note
store = FeedbackStore(Path(sys.argv[1]), 30)
for number in range(10_000):
    store.add(Note(f"vraag nummer {number}", "down"))
    print(number, flush=True)
"""


def test_a_kill_loses_no_note_that_was_taken(tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite"
    command = [sys.executable, "-c", WRITER, str(file)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        taken = [next(writer.stdout) for _ in range(30)]
        writer.kill()
    questions = {kept.note.question for kept in FeedbackStore(file, 30).notes()}
    assert {f"vraag nummer {line.strip()}" for line in taken} <= questions


def test_a_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "tekst").write_text("geen database, maar wel een bestand met tekst" * 50)
    for file in (tmp_path / "tekst", tmp_path / "weg" / "feedback.sqlite"):
        with pytest.raises(FeedbackStoreError, match=re.escape(str(file))):
            FeedbackStore(file, 30)


def test_an_answer_does_not_wait_for_a_broken_disk(client: Client, tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite"
    with client(feedback={"file": file}) as web:
        file.unlink()
        file.mkdir()
        assert web.post("/api/v1/ask", json={"question": NOTHING}).status_code == 200
        assert web.post("/api/v1/feedback", json=THUMB).json() == {"kept": False}
        assert "avg_assistent_unkept_total 2.0" in web.get("/metrics").text


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_kept(store: FeedbackStore, question: str, comment: str) -> None:
    store.add(Note(question, "down", "other", comment))
