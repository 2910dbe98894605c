"""A question set still to be labelled, out of what people asked: unanswered questions, feedback.

Reads JSON lines with ``question``, ``kind`` (where it comes from) and perhaps ``reason``. Nothing
of a question is repeated in a message.
"""

import csv
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.dataset import Remark, folded
from eval.errors import QuestionSetError
from eval.rows import Row, guarded, read_rows

# What Dutch spreadsheets open as columns; the last two are for the labeller, and not read back.
HEADER = ("nummer", "vraag", "soort", "antwoorden", "onderdelen", "zinnen", "herkomst", "reden")


@dataclass(frozen=True, slots=True)
class Draft:
    """One question to label; ``origin`` is the export's kind."""

    id: str
    question: str
    origin: str
    reason: str


def read_export(path: Path) -> tuple[tuple[Draft, ...], tuple[Remark, ...]]:
    """Return the questions, each once, and the lines that could not be used.

    Two questions are the same when they differ in case, spaces or closing marks alone. Raises
    QuestionSetError when the file cannot be read or holds no question.
    """
    drafts: dict[str, Draft] = {}
    bad: list[Remark] = []
    for line, row in read_rows(path):
        found = _draft(row)
        if isinstance(found, str):
            bad.append(Remark(line, found))
        else:
            drafts.setdefault(found.id, found)
    if not drafts:
        raise QuestionSetError(f"'{path}' holds no question ({len(bad)} lines could not be used)")
    return tuple(drafts.values()), tuple(bad)


def write_draft(drafts: Sequence[Draft], path: Path) -> None:
    """Write ``.csv`` (for a spreadsheet) or ``.jsonl``, with empty labels.

    Raises QuestionSetError.
    """
    if path.suffix.lower() not in (".csv", ".jsonl"):
        raise QuestionSetError(f"'{path}' must end in .csv or .jsonl")
    try:
        with path.open("w", encoding="utf-8-sig" if _is_csv(path) else "utf-8", newline="") as file:
            if _is_csv(path):
                writer = csv.writer(file, delimiter=";")
                writer.writerow(HEADER)
                writer.writerows(_cells(draft) for draft in drafts)
            else:
                file.writelines(json.dumps(_labels(draft)) + "\n" for draft in drafts)
    except OSError as error:
        raise QuestionSetError(f"'{path}' cannot be written: {error.strerror}") from error


def _draft(row: Row) -> Draft | str:
    if isinstance(row, str):
        return row
    texts = {name: row.get(name) or "" for name in ("question", "kind", "reason")}
    wrong = [name for name, text in texts.items() if not isinstance(text, str)]
    if wrong or not texts["question"].strip():
        return f"has no text in '{(*wrong, 'question')[0]}'"
    question = texts["question"].encode("utf-8", "replace").decode()
    key = folded(question).rstrip(" ?!.")
    # Named by content, so that a question keeps its name from one export to the next.
    name = hashlib.sha256(key.encode()).hexdigest()[:10]
    return Draft(name, question, texts["kind"], texts["reason"])


def _is_csv(path: Path) -> bool:
    return path.suffix.lower() == ".csv"


def _cells(draft: Draft) -> tuple[str, ...]:
    question, origin, reason = map(guarded, (draft.question, draft.origin, draft.reason))
    return (draft.id, question, "", "", "", "", origin, reason)


def _labels(draft: Draft) -> dict[str, object]:
    return {
        "id": draft.id,
        "question": draft.question,
        "kind": "",
        "entries": [],
        "sections": [],
        "phrases": [],
        "origin": draft.origin,
        "reason": draft.reason,
    }
