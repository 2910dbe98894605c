"""Two runs question by question: which got better, which got worse, and in what."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from eval.runs import Run
from eval.scores import LOWER_IS_BETTER

Direction = Literal["better", "worse", "mixed"]


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose scores differ; ``scores`` holds (figure, before, after)."""

    id: str
    question: str
    direction: Direction
    scores: tuple[tuple[str, float | None, float | None], ...]


def changes(before: Run, after: Run) -> tuple[Change, ...]:
    """Every question that scores otherwise than before; both runs hold the same questions."""
    return tuple(_changes(before, after))


def _changes(before: Run, after: Run) -> Iterator[Change]:
    old, new = before.scored().columns, after.scored().columns
    for row, record in enumerate(after.records):
        scores = tuple(
            (name, column[row], new[name][row])
            for name, column in old.items()
            if column[row] != new[name][row]
        )
        if scores:
            yield Change(record.question.id, record.question.question, _direction(scores), scores)


def _direction(scores: tuple[tuple[str, float | None, float | None], ...]) -> Direction:
    # A phrase that could not be judged on one side says nothing: coverage tells that story.
    gains = {
        (after > before) != (name in LOWER_IS_BETTER)
        for name, before, after in scores
        if before is not None and after is not None
    }
    if len(gains) == 2 or not gains:
        return "mixed"
    return "better" if gains.pop() else "worse"
