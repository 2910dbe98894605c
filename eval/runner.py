"""Asks a system every question of a set: in batches for the figures, a few alone for the time."""

import random
import time
from collections.abc import Sequence
from dataclasses import replace

from tqdm import tqdm

from assistant.assistant import Assistant
from eval.dataset import Question, QuestionSet
from eval.records import FAILED, Record, record
from index.errors import IndexRoomError

BATCH = 64
# Enough for a 95th percentile, few enough to leave the others to the faster batches.
TIMED = 50
# What a fault in a system can look like; anything else (no memory, Ctrl-C) ends the run.
_FAULTS = (
    IndexRoomError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RuntimeError,
)


def run_questions(
    assistant: Assistant, questions: Sequence[Question], seed: int = 0
) -> tuple[Record, ...]:
    """Return a record a question, in order; shows a progress bar on standard error.

    A question that the system breaks on gives a record of the kind ``FAILED``, and the others
    still run. ``TIMED`` questions, picked by ``seed``, are asked on their own.
    """
    rows = range(len(questions))
    alone = set(random.Random(seed).sample(rows, min(TIMED, len(rows))))  # noqa: S311
    together = [row for row in rows if row not in alone]
    found: dict[int, Record] = {}
    with tqdm(total=len(questions), unit=" vragen") as bar:
        # First the batches, so that no timed question pays for warming up.
        for start in range(0, len(together), BATCH):
            part = together[start : start + BATCH]
            answered = _asked(assistant, [questions[row] for row in part])
            found.update(zip(part, answered, strict=True))
            bar.update(len(part))
        for row in alone:
            found[row] = _asked_alone(assistant, questions[row])
            bar.update()
    return tuple(found[row] for row in rows)


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
    start = time.perf_counter()
    try:
        answer = assistant.ask(question.question, explain=True)
    except _FAULTS as error:
        return Record(question, FAILED, rule=f"{type(error).__name__}: {error}")
    return record(question, answer, time.perf_counter() - start)
