"""A run's scores question by question: what the means, the comparison and the gate stand on.

Ranking scores come from ir-measures. A score that does not apply to a question is None.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ir_measures
from ir_measures import RR, R, Success, nDCG

from eval.records import Record, of_kind

_RANKING = {
    "hit@1": Success @ 1,
    "hit@3": Success @ 3,
    "MRR": RR,
    "nDCG@10": nDCG @ 10,
    "recall@3": R @ 3,
    "recall@5": R @ 5,
}
_OUTSIDE = {
    "wrong, near": ("near",),
    "wrong, far": ("far",),
    "wrong, hostile": ("hostile",),
    "wrong, far + hostile": ("far", "hostile"),
    "wrong, smalltalk": ("smalltalk",),
}
# Every other score is better when it is higher.
LOWER_IS_BETTER = frozenset(("wrong, in", *_OUTSIDE))
Column = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """``columns[name][i]`` scores the question ``ids[i]``; ``about`` is the run's stamp."""

    about: Mapping[str, Any]
    ids: tuple[str, ...]
    columns: Mapping[str, Column]


def score_columns(records: Sequence[Record]) -> dict[str, Column]:
    """Every score of every record, by the figure's name; None where it does not apply.

    hit@k, MRR, nDCG and recall count whether or not the question was answered; phrase accuracy
    counts among the answered that have phrases; an outside question is wrong once it is answered.
    """
    columns = _ranking_columns(records)
    columns["phrase accuracy"] = tuple(_number(r.is_phrase_quoted) for r in records)
    columns["coverage"] = tuple(_for_kinds(r, ("in",), r.is_answered) for r in records)
    columns["wrong, in"] = tuple(_for_kinds(r, ("in",), r.is_misleading) for r in records)
    for name, kinds in _OUTSIDE.items():
        columns[name] = tuple(_for_kinds(r, kinds, r.is_misleading) for r in records)
    return columns


def _ranking_columns(records: Sequence[Record]) -> dict[str, Column]:
    inside = of_kind(records, "in")
    qrels = [ir_measures.Qrel(r.question.id, e, 1) for r in inside for e in r.question.entries]
    ranked = [
        # Rank, not score: two equal scores must not be ordered by chance.
        ir_measures.ScoredDoc(r.question.id, entry, -float(rank))
        for r in inside
        for rank, (entry, _) in enumerate(r.ranking)
    ]
    values: dict[tuple[str, str], float] = {}
    if qrels and ranked:
        for metric in ir_measures.iter_calc(list(_RANKING.values()), qrels, ranked):
            values[metric.query_id, str(metric.measure)] = metric.value
    return {
        name: tuple(
            # A question without a ranking is missed, not left out.
            values.get((r.question.id, str(measure)), 0.0) if r.question.kind == "in" else None
            for r in records
        )
        for name, measure in _RANKING.items()
    }


def _for_kinds(record: Record, kinds: Sequence[str], value: bool) -> float | None:
    return float(value) if record.question.kind in kinds else None


def _number(value: bool | None) -> float | None:
    return None if value is None else float(value)
