"""What went wrong, kept in SQLite where the helpdesk switched that on: scrubbed, and for a time.

Personal data is taken out here, before anything reaches the disk. A note that was added stands on
disk when ``add`` returns; notes past their days are overwritten there.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Literal

from assistant.names import given_names
from assistant.request import clean
from assistant.scrub import scrub
from assistant.web.setting_groups import Feedback

Verdict = Literal["unanswered", "down", "up"]
Use = Literal["bank", "eval"]
# Oldest first out: nobody can fill the disk with questions.
MAX_NOTES = 10_000
_SCHEMA = """
CREATE TABLE IF NOT EXISTS notes (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    times INTEGER NOT NULL DEFAULT 1,
    question TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    comment TEXT NOT NULL,
    nearest TEXT NOT NULL,
    use TEXT NOT NULL DEFAULT '',
    target TEXT NOT NULL DEFAULT '',
    UNIQUE (question, verdict, reason, comment)
)
"""
_ADD = """
INSERT INTO notes (question, verdict, reason, comment, nearest, day) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET times = times + 1, day = excluded.day
"""


class FeedbackStoreError(Exception):
    """The database cannot be used; the message names the file and the reason."""


@dataclass(frozen=True, slots=True)
class Note:
    """One question that nobody could answer or that somebody judged.

    ``reason`` is a key of ``texts.REASONS`` or empty; ``nearest`` the section or entry that was
    answered from, or that came nearest.
    """

    question: str
    verdict: Verdict
    reason: str = ""
    comment: str = ""
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A note on disk: last asked on ``day``, ``times`` in all.

    ``use`` and ``target`` are empty until somebody of the helpdesk decides on it.
    """

    id: int
    day: date
    times: int
    note: Note
    use: str
    target: str


def today() -> date:
    """The day that counts for keeping, the same on every machine."""
    return datetime.now(UTC).date()


class FeedbackStore:
    """Notes in one file, each kept ``days`` days after it was last added."""

    def __init__(self, file: Path, days: int, clock: Callable[[], date] = today) -> None:
        self._file = file
        self._days = days
        self._clock = clock
        # One at a time in this process; SQLite's own waiting is for other processes.
        self._turn = threading.Lock()
        with self._open() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(_SCHEMA)
        self.prune()

    def add(self, note: Note) -> None:
        """Scrub and keep one note; raises FeedbackStoreError."""
        day = self._clock().isoformat()
        with self._open() as connection:
            connection.execute(_ADD, (*astuple(_scrubbed(note)), day))
            self._prune(connection)

    def notes(self) -> tuple[KeptNote, ...]:
        """Every note that is kept, the one asked most first; raises FeedbackStoreError."""
        with self._open() as connection:
            self._prune(connection)
            rows = connection.execute(
                "SELECT id, day, times, question, verdict, reason, comment, nearest, use, target "
                "FROM notes ORDER BY times DESC, id"
            ).fetchall()
        return tuple(
            KeptNote(r[0], date.fromisoformat(r[1]), r[2], Note(*r[3:8]), r[8], r[9]) for r in rows
        )

    def decide(self, note_id: int, use: Use | Literal[""], target: str) -> None:
        """Say where a note goes; an empty ``use`` takes that back. Raises FeedbackStoreError."""
        with self._open() as connection:
            connection.execute(
                "UPDATE notes SET use = ?, target = ? WHERE id = ?", (use, target, note_id)
            )

    def forget(self, note_id: int) -> None:
        """Delete one note; raises FeedbackStoreError."""
        with self._open() as connection:
            connection.execute("DELETE FROM notes WHERE id = ?", (note_id,))

    def prune(self) -> None:
        """Delete what is past its days; raises FeedbackStoreError."""
        with self._open() as connection:
            self._prune(connection)

    def _prune(self, connection: sqlite3.Connection) -> None:
        oldest = (self._clock() - timedelta(days=self._days)).isoformat()
        connection.execute("DELETE FROM notes WHERE day < ?", (oldest,))
        connection.execute(
            "DELETE FROM notes WHERE id IN (SELECT id FROM notes ORDER BY day DESC, id DESC "
            "LIMIT -1 OFFSET ?)",
            (MAX_NOTES,),
        )

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        # A connection each time: the last one to close empties the write-ahead log.
        try:
            self._file.touch(mode=0o600)
            with self._turn, closing(sqlite3.connect(self._file, timeout=10)) as connection:
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA secure_delete = ON")
                with connection:
                    yield connection
        except (OSError, sqlite3.Error) as error:
            raise FeedbackStoreError(f"'{self._file}' cannot be used: {error}") from error


def open_store(settings: Feedback) -> FeedbackStore | None:
    """Open the store that the settings name; None where nothing is kept."""
    return FeedbackStore(settings.file, settings.days) if settings.file else None


def _scrubbed(note: Note) -> Note:
    question, comment = clean(note.question), clean(note.comment)
    names = tuple(name for text in (question, comment) for name in given_names(text))
    return replace(note, question=scrub(question, names), comment=scrub(comment, names))
