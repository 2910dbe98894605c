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
from eval.scores import Column, Scored, score_columns

# Where the command is run: the folder of the project.
RUNS = Path("runs")


@dataclass(frozen=True, slots=True)
class Run:
    """``about`` holds the question set's name and digest, knowledge, model, system, settings and
    date."""

    about: Mapping[str, Any]
    records: tuple[Record, ...]

    def scored(self) -> Scored:
        """The scores alone, as a baseline keeps them."""
        ids = tuple(r.question.id for r in self.records)
        return Scored(self.about, ids, score_columns(self.records))


def new_run(questions: QuestionSet, records: Sequence[Record], **about: Any) -> Run:
    """Stamp records with what they were made from."""
    stamp = {
        "set": questions.name,
        "set_digest": questions.digest,
        "bad_rows": len(questions.bad_rows),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        **about,
    }
    return Run(stamp, tuple(records))


def save_run(run: Run, folder: Path = RUNS) -> Path:
    """Write a run as JSON lines, ``about`` first, and return its path, named after its date."""
    about = run.about
    day = str(about["date"])[:19].replace(":", "")
    path = folder / f"{day}-{about['set']}-{about['system']}.jsonl"
    _write_lines(path, [about, *(asdict(record) for record in run.records)])
    return path


def load_run(path: Path) -> Run:
    """Read a run; RunError when it is missing or not one."""
    about, rows = _read_lines(path)
    try:
        return Run(about, tuple(_record(row) for row in rows))
    except (KeyError, TypeError, ValueError) as error:
        raise RunError(f"'{path}' is not a saved run: {error!r}") from error


def save_baseline(run: Run, path: Path) -> None:
    """Write a run's scores alone, a question a line: small enough to commit."""
    scored = run.scored()
    rows = (
        {"id": name}
        | {k: column[row] for k, column in scored.columns.items() if column[row] is not None}
        for row, name in enumerate(scored.ids)
    )
    _write_lines(path, [scored.about, *rows])


def load_scores(path: Path) -> Scored:
    """Read the scores of a baseline or of a whole run; RunError when it is neither."""
    about, rows = _read_lines(path)
    try:
        if rows and "question" in rows[0]:
            return load_run(path).scored()
        ids = tuple(str(row.pop("id")) for row in rows)
        names = dict.fromkeys(name for row in rows for name in row)
        columns: dict[str, Column] = {n: tuple(row.get(n) for row in rows) for n in names}
        return Scored(about, ids, columns)
    except (KeyError, TypeError, AttributeError) as error:
        raise RunError(f"'{path}' is not a baseline: {error!r}") from error


def check_comparable(a: Scored, b: Scored) -> None:
    """Raise NotComparableError, saying why, unless both answered the same from the same."""
    for name, what in (("set_digest", "question sets"), ("knowledge", "versions of the guidance")):
        if a.about.get(name) != b.about.get(name):
            raise NotComparableError(
                f"the runs stand on different {what}: {_short(a, name)} and {_short(b, name)}; "
                "ask again, and where the change is meant, make the baseline anew"
            )
    if a.ids != b.ids:
        raise NotComparableError(
            f"the runs hold answers to other questions ({len(a.ids)} and {len(b.ids)} of them)"
        )


def _short(scored: Scored, name: str) -> str:
    about = scored.about
    return f"'{about.get('set')}' of {about.get('date')} ({str(about.get(name))[:10]})"


def _write_lines(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Escaped to ASCII, since a hostile question may hold half a character.
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="ascii")
    except OSError as error:
        raise RunError(f"'{path}' cannot be written: {error.strerror}") from error


def _read_lines(path: Path) -> tuple[Mapping[str, Any], list[dict[str, Any]]]:
    try:
        about, *rows = (json.loads(line) for line in path.read_text("utf-8").split("\n") if line)
        if not isinstance(about, dict) or "set_digest" not in about:
            raise ValueError("its first line does not say what was run")
    except OSError as error:
        raise RunError(f"'{path}' cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise RunError(f"'{path}' is not a saved run: {error}") from error
    return about, rows


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
