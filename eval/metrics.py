"""The figures of a run, each with a bootstrap interval.

Ranking figures come from ir-measures, AUROC from scikit-learn. A figure that has nothing to count
is None and is named so; it never becomes a NaN in a mean.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
import numpy.typing as npt
from ir_measures import RR, R, Success, nDCG
from sklearn.metrics import roc_auc_score

from eval.records import Record, of_kind

BOOTSTRAP = 1_000
ECE_BINS = 10
Floats = npt.NDArray[np.float64]
_RANKING = {
    "hit@1": Success @ 1,
    "hit@3": Success @ 3,
    "mrr": RR,
    "ndcg@10": nDCG @ 10,
    "recall@3": R @ 3,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its 95 % interval, over ``count`` questions; None when there were none."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    count: int


def figures(records: Sequence[Record], seed: int = 0) -> tuple[Figure, ...]:
    """Every figure of a run, in the order of the printed table."""
    inside = of_kind(records, "in")
    judged = [r for r in inside if r.phrase_is_quoted is not None]
    found: list[Figure] = [
        _mean(name, values, seed) for name, values in ranking_scores(inside).items()
    ]
    found += [
        _mean("phrase accuracy", [float(bool(r.phrase_is_quoted)) for r in judged], seed),
        _mean("coverage", [float(r.answered) for r in inside], seed),
        _mean(
            "wrong, in scope", [float(r.answered and not r.first_is_right) for r in inside], seed
        ),
    ]
    for kind in ("near", "far", "hostile", "smalltalk"):
        outside = of_kind(records, kind)
        found.append(_mean(f"wrongly answered, {kind}", [float(r.answered) for r in outside], seed))
    far = of_kind(records, "far", "hostile")
    found.append(_mean("wrongly answered, far + hostile", [float(r.answered) for r in far], seed))
    right = np.array([r.first_is_right for r in records], float)
    sure = np.array([r.confidence for r in records], float)
    is_in = np.array([r.question.kind == "in" for r in records], float)
    covered = np.array([r.inside for r in records], float)
    found += [
        _pair("AUROC in scope", is_in, covered, auroc, seed),
        _pair("ECE", right, sure, expected_calibration_error, seed),
        _pair("AURC", right, sure, area_under_risk_coverage, seed),
    ]
    return tuple(found)


def ranking_scores(records: Sequence[Record]) -> dict[str, list[float]]:
    """Per question, in order: hit@1, hit@3, MRR, nDCG@10 and recall@3 of its ranking."""
    if not records:
        return {name: [] for name in _RANKING}
    qrels = [
        ir_measures.Qrel(r.question.id, entry, 1) for r in records for entry in r.question.entries
    ]
    run = [
        # Rank, not score: two equal scores must not be ordered by chance.
        ir_measures.ScoredDoc(r.question.id, entry, -float(rank))
        for r in records
        for rank, (entry, _) in enumerate(r.ranking)
    ]
    scores: dict[tuple[str, str], float] = {
        (metric.query_id, str(metric.measure)): metric.value
        for metric in ir_measures.iter_calc(list(_RANKING.values()), qrels, run)
    }
    return {
        name: [scores.get((r.question.id, str(measure)), 0.0) for r in records]
        for name, measure in _RANKING.items()
    }


def auroc(labels: Floats, scores: Floats) -> float | None:
    """Chance that a positive scores above a negative; None with one class only."""
    return None if len(set(labels)) < 2 else float(roc_auc_score(labels, scores))


def expected_calibration_error(right: Floats, confidence: Floats) -> float | None:
    """Mean distance between confidence and accuracy over ten equal bins, weighted by size."""
    if not len(right):
        return None
    bins = np.minimum((confidence * ECE_BINS).astype(int), ECE_BINS - 1)
    total = sum(abs(right[bins == b].sum() - confidence[bins == b].sum()) for b in range(ECE_BINS))
    return float(total / len(right))


def risk_coverage(right: Floats, confidence: Floats) -> tuple[Floats, Floats]:
    """Share answered and share wrong among those, as the bound on confidence comes down."""
    order = np.argsort(-confidence, kind="stable")
    answered = np.arange(1, len(right) + 1)
    return answered / len(right), np.cumsum(1 - right[order]) / answered


def area_under_risk_coverage(right: Floats, confidence: Floats) -> float | None:
    """Mean risk over all coverages; lower is better."""
    return float(risk_coverage(right, confidence)[1].mean()) if len(right) else None


def _mean(name: str, values: Sequence[float], seed: int) -> Figure:
    if not values:
        return Figure(name, None, None, None, 0)
    array = np.array(values, float)
    samples = np.random.default_rng(seed).integers(0, len(array), (BOOTSTRAP, len(array)))
    low, high = np.percentile(array[samples].mean(axis=1), [2.5, 97.5])
    return Figure(name, float(array.mean()), float(low), float(high), len(array))


def _pair(
    name: str,
    labels: Floats,
    scores: Floats,
    statistic: Callable[[Floats, Floats], float | None],
    seed: int,
) -> Figure:
    value = statistic(labels, scores)
    if value is None:
        return Figure(name, None, None, None, 0)
    generator = np.random.default_rng(seed)
    resampled = []
    for _ in range(BOOTSTRAP):
        rows = generator.integers(0, len(labels), len(labels))
        sample = statistic(labels[rows], scores[rows])
        if sample is not None:
            resampled.append(sample)
    low, high = np.percentile(resampled, [2.5, 97.5])
    return Figure(name, value, float(low), float(high), len(labels))
