"""Runs on disk: what was asked, what came back, and what must match for two to be compared."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eval.dataset import Question, QuestionSet
from eval.errors import NotComparableError, RunError
from eval.records import Record


@dataclass(frozen=True, slots=True)
class Run:
    """``about`` holds the question set's name and digest, knowledge, model, system and date."""

    about: Mapping[str, Any]
    records: tuple[Record, ...]


def new_run(questions: QuestionSet, records: Sequence[Record], **about: str) -> Run:
    """Stamp records with what they were made from."""
    stamp = {
        "set": questions.name,
        "set_digest": questions.digest,
        "bad_rows": len(questions.bad_rows),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        **about,
    }
    return Run(stamp, tuple(records))


def save_run(run: Run, path: Path) -> None:
    """Write a run as JSON lines: ``about`` first, then a record a line."""
    lines = [run.about, *(asdict(record) for record in run.records)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8"
    )


def load_run(path: Path) -> Run:
    """Read a run; RunError when it is missing or not one."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
        about, *rows = (json.loads(line) for line in lines if line)
        return Run(about, tuple(_record(row) for row in rows))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(f"'{path}' is not a saved run: {error}") from error


def check_comparable(a: Run, b: Run) -> None:
    """Raise NotComparableError, saying why, unless both answered the same questions."""
    if a.about["set_digest"] != b.about["set_digest"]:
        raise NotComparableError(
            f"the runs answer different questions: '{a.about['set']}' "
            f"({a.about['set_digest'][:10]}) and '{b.about['set']}' ({b.about['set_digest'][:10]})"
        )
    if [r.question.id for r in a.records] != [r.question.id for r in b.records]:
        raise NotComparableError(
            f"the runs hold {len(a.records)} and {len(b.records)} answers; one was cut short"
        )


def _record(row: Mapping[str, Any]) -> Record:
    question = row["question"]
    labels = {name: tuple(question[name]) for name in ("entries", "sections", "phrases")}
    fields = {
        **row,
        "question": Question(**{**question, **labels}),
        "ranking": tuple((entry, score) for entry, score in row["ranking"]),
        "cited": tuple(row["cited"]),
        "quotes": tuple(row["quotes"]),
    }
    return Record(**fields)
