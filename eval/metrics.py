"""The figures of a run, each with a bootstrap interval.

A figure that has nothing to count is None; what could not be scored is counted beside it. Neither
ever becomes a NaN in a mean.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from eval.calibration import (
    Floats,
    area_under_risk_coverage,
    auroc,
    expected_calibration_error,
    risk_coverage,
)
from eval.records import Record
from eval.scores import score_columns

RESAMPLES = 1_000
COVERAGES = (0.1, 0.25, 0.5, 0.75, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its 95 % interval over ``count`` questions; None when there were none.

    ``missing`` counts questions that belong to it but for which the system gave no number.
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    count: int
    missing: int = 0


def figures(records: Sequence[Record], seed: int = 0) -> tuple[Figure, ...]:
    """Every figure of a run, in the order of the printed table; latencies in milliseconds."""
    found = [
        _figure(name, [np.array([v for v in column if v is not None])], _mean, seed)
        for name, column in score_columns(records).items()
    ]
    sure = [r for r in records if r.confidence is not None]
    covered = [r for r in records if r.inside is not None]
    unsure, unknown = len(records) - len(sure), len(records) - len(covered)
    is_inside = np.array([r.question.kind == "in" for r in covered], float)
    inside = np.array([r.inside for r in covered], float)
    judged = list(rightness(records))
    times = [np.array([1_000 * r.seconds for r in records if r.seconds is not None])]
    return (
        *found,
        _figure("AURC", judged, area_under_risk_coverage, seed, unsure),
        _figure("AUROC in scope", [is_inside, inside], auroc, seed, unknown),
        _figure("ECE", judged, expected_calibration_error, seed, unsure),
        _figure("latency p50 (ms)", times, lambda ms: _percentile(ms, 50), seed),
        _figure("latency p95 (ms)", times, lambda ms: _percentile(ms, 95), seed),
    )


def rightness(records: Sequence[Record]) -> tuple[Floats, Floats]:
    """(right, confidence) of every question that has a confidence; right is 1 or 0."""
    sure = [r for r in records if r.confidence is not None]
    right = np.array([r.is_first_right for r in sure], float)
    return right, np.array([r.confidence for r in sure], float)


def risk_at(records: Sequence[Record]) -> tuple[tuple[float, float], ...]:
    """(coverage, risk) at each of ``COVERAGES``: the curve as a few numbers."""
    right, confidence = rightness(records)
    if not len(right):
        return ()
    risks = risk_coverage(right, confidence)[1]
    return tuple((c, float(risks[max(round(c * len(risks)), 1) - 1])) for c in COVERAGES)


def interval(
    data: Sequence[Floats], statistic: Callable[..., float | None], seed: int
) -> tuple[float, float] | None:
    """95 % percentile bootstrap of a statistic over arrays whose rows belong together."""
    size = len(data[0])
    generator = np.random.default_rng(seed)
    found = []
    for _ in range(RESAMPLES):
        rows = generator.integers(0, size, size)
        value = statistic(*(array[rows] for array in data))
        if value is not None:
            found.append(value)
    if not found:
        return None
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def _figure(
    name: str,
    data: Sequence[Floats],
    statistic: Callable[..., float | None],
    seed: int,
    missing: int = 0,
) -> Figure:
    count = len(data[0])
    value = statistic(*data) if count else None
    if value is None:
        return Figure(name, None, None, None, 0, missing)
    low, high = interval(data, statistic, seed) or (value, value)
    return Figure(name, value, low, high, count, missing)


def _mean(values: Floats) -> float:
    return float(values.mean())


def _percentile(values: Floats, share: int) -> float:
    return float(np.percentile(values, share))
