"""Question sets: JSONL or CSV in, typed questions and named bad rows out.

A row has ``id``, ``question``, ``kind`` and, for in-scope questions, ``entries`` (accepted, best
first), ``sections`` (accepted; empty means the entry's lead) and ``phrases`` (one must stand in a
cited quote). CSV lists are separated by "|"; Dutch headers are understood.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import QuestionSetError
from knowledge.library import Library

KINDS = ("in", "near", "far", "hostile", "smalltalk")
MAX_ROWS = 100_000
_REQUIRED = ("id", "question", "kind")
_LISTS = ("entries", "sections", "phrases")
_DUTCH = {
    "vraag": "question",
    "soort": "kind",
    "antwoorden": "entries",
    "vragen ap": "entries",
    "onderdelen": "sections",
    "zinnen": "phrases",
    "zinsdelen": "phrases",
    "nummer": "id",
}
_DUTCH_KINDS = {"binnen": "in", "dichtbij": "near", "ver": "far", "vijandig": "hostile"}


@dataclass(frozen=True, slots=True)
class Question:
    """One labelled question; ``kind`` is one of ``KINDS``."""

    id: str
    question: str
    kind: str
    entries: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was left out, by its line in the file, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The usable questions of one file; ``digest`` is the SHA-256 of what was read of them."""

    name: str
    questions: tuple[Question, ...]
    bad_rows: tuple[BadRow, ...]

    @property
    def digest(self) -> str:
        """Hash of every question and label, in order."""
        return hashlib.sha256(repr(self.questions).encode()).hexdigest()


def load_questions(path: Path, library: Library) -> QuestionSet:
    """Read ``.jsonl`` or ``.csv``; a bad row is named and left out, the others stay.

    Raises QuestionSetError when the file cannot be read, lacks a column, or holds no usable row.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionSetError(f"'{path}' cannot be read as UTF-8 text: {error}") from error
    rows = _csv_rows(text, path) if path.suffix.lower() == ".csv" else _json_rows(text)
    questions: dict[str, Question] = {}
    bad: list[BadRow] = []
    for line, row in rows:
        if len(questions) >= MAX_ROWS:
            raise QuestionSetError(f"'{path}' holds more than {MAX_ROWS} questions; split it")
        question = _question(row, library)
        if isinstance(question, str):
            bad.append(BadRow(line, question))
        elif question.id in questions:
            bad.append(BadRow(line, f"the id '{question.id}' was used before"))
        else:
            questions[question.id] = question
    if not questions:
        reason = f": line {bad[0].line}: {bad[0].reason}" if bad else " (the file is empty)"
        raise QuestionSetError(f"'{path}' holds no usable question{reason}")
    return QuestionSet(path.stem, tuple(questions.values()), tuple(bad))


def _json_rows(text: str) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    # Not str.splitlines: JSON strings may hold a line separator such as U+2028 as it is.
    for line, content in enumerate(text.split("\n"), 1):
        if not content.strip():
            continue
        try:
            row = json.loads(content)
        except json.JSONDecodeError as error:
            yield line, f"is not valid JSON: {error.msg}"
            continue
        yield line, row if isinstance(row, dict) else "is not a JSON object"


def _csv_rows(text: str, path: Path) -> Iterator[tuple[int, Mapping[str, Any] | str]]:
    header = text.partition("\n")[0]
    separator = max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
    names = [
        _DUTCH.get(name.strip().lower(), name.strip().lower()) for name in reader.fieldnames or ()
    ]
    missing = [name for name in _REQUIRED if name not in names]
    if missing:
        raise QuestionSetError(
            f"'{path}' lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}; "
            f"its first line names {', '.join(names) or 'nothing'}"
        )
    reader.fieldnames = names
    for row in reader:
        lists = {
            name: [part.strip() for part in (row.get(name) or "").split("|") if part.strip()]
            for name in _LISTS
        }
        yield reader.line_num, {**row, **lists}


def _question(row: Mapping[str, Any] | str, library: Library) -> Question | str:
    """Return the question, or what is wrong with the row."""
    if isinstance(row, str):
        return row
    for name in _REQUIRED:
        if not isinstance(row.get(name), str | int) or not str(row[name]).strip():
            return f"'{name}' is missing"
    kind = str(row["kind"]).strip().lower()
    kind = _DUTCH_KINDS.get(kind, kind)
    if kind not in KINDS:
        return f"the kind '{kind}' is not one of {', '.join(KINDS)}"
    lists: dict[str, tuple[str, ...]] = {}
    for name in _LISTS:
        value = row.get(name) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            return f"'{name}' must be a list of texts"
        lists[name] = tuple(value)
    known = {section.id for entry in library.entries() for section in entry.sections}
    unknown = [name for name in (*lists["entries"], *lists["sections"]) if name not in known]
    if unknown:
        return f"'{unknown[0]}' is no entry or section of the guidance"
    if (kind == "in") != bool(lists["entries"]):
        return "an in-scope question needs 'entries', any other question none"
    return Question(str(row["id"]).strip(), str(row["question"]), kind, **lists)
