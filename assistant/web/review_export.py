"""What the helpdesk decided, as files to commit: question bank, evaluation rows, and a draft."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from assistant.web import texts
from assistant.web.feedback_store import KeptNote
from knowledge.bank import OUTSIDE_FILE, OUTSIDE_KINDS, QUESTIONS
from knowledge.bank_edit import with_questions
from knowledge.library import Library

EVALUATION = "evaluatie.jsonl"
DRAFT = "concept.jsonl"


def files(notes: Sequence[KeptNote], library: Library) -> Mapping[str, Callable[[], str]]:
    """The files that there is something for, by name, each with a function that writes it."""
    found: dict[str, Callable[[], str]] = {}
    for name, questions in sorted(_bank(notes, library).items()):
        found[name] = partial(_merged, name, questions)
    rows = [_row(note, library) for note in notes if note.use == "eval"]
    if rows:
        found[EVALUATION] = partial(_lines, rows)
    undecided = [_draft(note) for note in notes if not note.use]
    if undecided:
        found[DRAFT] = partial(_lines, undecided)
    return found


def _bank(notes: Sequence[KeptNote], library: Library) -> dict[str, dict[str, list[str]]]:
    pages = {s.id: e.page_id for e in library.entries() for s in e.sections}
    found: dict[str, dict[str, list[str]]] = {}
    for note in notes:
        if note.use == "bank":
            page = pages.get(note.target)
            questions = found.setdefault(f"{page}.yaml" if page else OUTSIDE_FILE, {})
            questions.setdefault(note.target, []).append(note.note.question)
    return found


def _merged(name: str, questions: Mapping[str, Sequence[str]], folder: Path = QUESTIONS) -> str:
    path = folder / name
    return with_questions(path.read_text(encoding="utf-8") if path.exists() else "", questions)


def _row(kept: KeptNote, library: Library) -> dict[str, Any]:
    """One row as ``eval.dataset`` reads it."""
    inside = kept.target not in OUTSIDE_KINDS
    name = hashlib.sha256(kept.note.question.encode()).hexdigest()[:10]
    row: dict[str, Any] = {"id": f"helpdesk-{name}", "question": kept.note.question}
    if not inside:
        return {**row, "kind": kept.target}
    entries = [e.id for e in library.entries() for s in e.sections if s.id == kept.target]
    return {**row, "kind": "in", "entries": entries, "sections": [kept.target], "phrases": []}


def _draft(kept: KeptNote) -> dict[str, Any]:
    """One line as ``python -m eval draft`` reads it."""
    reason = texts.REASONS.get(kept.note.reason, "")
    parts = [part for part in (reason, kept.note.comment) if part]
    return {
        "question": kept.note.question,
        "kind": kept.note.verdict,
        "reason": ": ".join(parts),
    }


def _lines(rows: Sequence[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
