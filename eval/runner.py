"""Asks a system every question of a set: in batches for the figures, a few alone for the time."""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tqdm import tqdm

from assistant.answer import Answer
from assistant.assistant import Assistant
from eval.dataset import Question, QuestionSet
from eval.records import FAILED, Record, record
from index.errors import IndexRoomError

BATCH = 64
# Enough for a 95th percentile, few enough not to double the time of a batch.
TIMED = 50
# What a fault in a system can look like; anything else (no memory, Ctrl-C) ends the run.
_FAULTS = (IndexRoomError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError)


def run_questions(
    assistant: Assistant, questions: Sequence[Question], seed: int = 0
) -> tuple[Record, ...]:
    """Return a record a question, in order; shows a progress bar on standard error.

    A question that the system breaks on gives a record of the kind ``FAILED``, and the others
    still run. ``TIMED`` questions, picked by ``seed``, are asked once more on their own.
    """
    found: list[Record] = []
    with tqdm(total=len(questions), unit=" vragen") as bar:
        for start in range(0, len(questions), BATCH):
            part = questions[start : start + BATCH]
            found += _asked(assistant, part)
            bar.update(len(part))
    return tuple(_timed(assistant, found, seed))


def sampled(questions: QuestionSet, limit: int | None, seed: int = 0) -> QuestionSet:
    """At most ``limit`` questions of a set, picked by ``seed``, in their own order."""
    if limit is None or limit >= len(questions.questions):
        return questions
    rows = random.Random(seed).sample(range(len(questions.questions)), limit)  # noqa: S311
    return replace(questions, questions=tuple(questions.questions[row] for row in sorted(rows)))


def _asked(assistant: Assistant, questions: Sequence[Question]) -> list[Record]:
    try:
        answers = assistant.ask_all([q.question for q in questions], explain=True)
    except _FAULTS:
        return [_asked_alone(assistant, question) for question in questions]
    return [record(q, answer) for q, answer in zip(questions, answers, strict=True)]


def _asked_alone(assistant: Assistant, question: Question) -> Record:
    try:
        answer: Answer = assistant.ask(question.question, explain=True)
    except _FAULTS as error:
        return Record(question, FAILED, rule=f"{type(error).__name__}: {error}")
    return record(question, answer)


def _timed(assistant: Assistant, records: Sequence[Record], seed: int) -> Iterator[Record]:
    usable = [row for row, r in enumerate(records) if r.answer != FAILED]
    picked = set(random.Random(seed).sample(usable, min(TIMED, len(usable))))  # noqa: S311
    for row, found in enumerate(records):
        if row not in picked:
            yield found
            continue
        start = time.perf_counter()
        assistant.ask(found.question.question)
        yield replace(found, seconds=time.perf_counter() - start)
