"""Question sets: JSONL or CSV in, typed questions and named bad rows out.

A row has ``id``, ``question``, ``kind`` and, for in-scope questions, ``entries`` (accepted, best
first), ``sections`` (accepted; empty means the entry's lead) and ``phrases`` (one must stand in a
cited quote). CSV lists are separated by "|"; Dutch headers and kinds are understood.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import QuestionSetError
from eval.rows import Row, read_rows
from knowledge.library import Library

SHIPPED = Path(__file__).parent / "questions"
KINDS = ("in", "near", "far", "hostile", "smalltalk")
MAX_ROWS = 100_000
_REQUIRED = ("id", "question", "kind")
_LISTS = ("entries", "sections", "phrases")
_DUTCH = {
    "nummer": "id",
    "nr": "id",
    "vraag": "question",
    "soort": "kind",
    "antwoord": "entries",
    "antwoorden": "entries",
    "onderdeel": "sections",
    "onderdelen": "sections",
    "zin": "phrases",
    "zinnen": "phrases",
    "zinsdelen": "phrases",
}
_DUTCH_KINDS = {
    "binnen": "in",
    "dichtbij": "near",
    "ver": "far",
    "vijandig": "hostile",
    "praatje": "smalltalk",
}


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
class Remark:
    """What is the matter with the row that starts on this line of the file."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The usable questions of one file, with the rows that were left out (``bad_rows``) and
    those that were kept though their label can never be met (``doubtful``)."""

    name: str
    questions: tuple[Question, ...]
    bad_rows: tuple[Remark, ...] = ()
    doubtful: tuple[Remark, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of every question and label, in order."""
        return hashlib.sha256(repr(self.questions).encode()).hexdigest()


def load_questions(path: Path, library: Library) -> QuestionSet:
    """Read ``.jsonl`` or ``.csv``; a bad row is named and left out, the others stay.

    Raises QuestionSetError when the file cannot be read, lacks a column, holds more than
    ``MAX_ROWS`` rows or no usable one.
    """
    guidance = _Guidance(library)
    questions: dict[str, Question] = {}
    bad: list[Remark] = []
    doubtful: list[Remark] = []
    for line, row in _checked_rows(path):
        question = _question(row, guidance)
        if isinstance(question, str):
            bad.append(Remark(line, question))
        elif question.id in questions:
            bad.append(Remark(line, f"the id '{question.id}' was used before"))
        else:
            questions[question.id] = question
            doubtful += [Remark(line, reason) for reason in guidance.doubts(question)]
    if not questions:
        reason = f": line {bad[0].line} {bad[0].reason}" if bad else "; the file is empty"
        raise QuestionSetError(f"'{path}' holds no usable question{reason}")
    return QuestionSet(path.stem, tuple(questions.values()), tuple(bad), tuple(doubtful))


def folded(text: str) -> str:
    """Text as it is compared: straight apostrophes, single spaces, lower case."""
    return " ".join(text.replace("’", "'").replace("‘", "'").split()).lower()


class _Guidance:
    """What a label may name."""

    def __init__(self, library: Library) -> None:
        sections = [section for entry in library.entries() for section in entry.sections]
        self.entries = frozenset(entry.id for entry in library.entries())
        self.sections = frozenset(section.id for section in sections)
        # No phrase holds a line end after folding, so none is found across two sections.
        self._text = "\n".join(folded(section.text) for section in sections)

    def doubts(self, question: Question) -> Iterator[str]:
        for phrase in question.phrases:
            if folded(phrase) not in self._text:
                yield f"('{question.id}') expects a phrase that stands nowhere in the guidance"


def _checked_rows(path: Path) -> Iterator[tuple[int, Row]]:
    for number, (line, raw) in enumerate(read_rows(path)):
        if number == MAX_ROWS:
            raise QuestionSetError(f"'{path}' holds more than {MAX_ROWS} rows; split it")
        if isinstance(raw, str):
            yield line, raw
            continue
        row = {_DUTCH.get(name, name): value for name, value in raw.items()}
        if path.suffix.lower() == ".csv":
            missing = [name for name in _REQUIRED if name not in row]
            if missing:
                raise QuestionSetError(
                    f"'{path}' lacks the column{'s' if len(missing) > 1 else ''} "
                    f"{', '.join(missing)}; its first line names {', '.join(raw)}"
                )
            row |= {name: _split(row.get(name, "")) for name in _LISTS}
        yield line, row


def _is_text(item: object) -> bool:
    return isinstance(item, str) and bool(item.strip())


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _question(row: Row, guidance: _Guidance) -> Question | str:
    """Return the question, or what is wrong with the row."""
    if isinstance(row, str):
        return row
    for name in _REQUIRED:
        if not isinstance(row.get(name), str | int) or not str(row[name]).strip():
            return f"lacks '{name}'"
    question_id = str(row["id"]).strip()
    if not question_id.isprintable():
        return "has an 'id' with characters that cannot be printed"
    kind = str(row["kind"]).strip().lower()
    kind = _DUTCH_KINDS.get(kind, kind)
    if kind not in KINDS:
        return f"has the kind {kind!r}, which is not one of {', '.join(KINDS)}"
    lists = _lists(row, guidance)
    if isinstance(lists, str):
        return lists
    if (kind == "in") != bool(lists["entries"]):
        return "is in scope without 'entries'" if kind == "in" else "has 'entries' out of scope"
    return Question(question_id, str(row["question"]), kind, **lists)


def _lists(row: Mapping[str, Any], guidance: _Guidance) -> dict[str, tuple[str, ...]] | str:
    lists: dict[str, tuple[str, ...]] = {}
    for name in _LISTS:
        value = row.get(name) or []
        if not isinstance(value, list) or not all(_is_text(item) for item in value):
            return f"has '{name}' that is not a list of texts"
        lists[name] = tuple(value)
    for name, known in (("entries", guidance.entries), ("sections", guidance.sections)):
        for item in lists[name]:
            if item not in known:
                return f"names {item!r} in '{name}', which the guidance does not have"
    return lists
