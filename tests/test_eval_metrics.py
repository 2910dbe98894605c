"""The figures against numbers worked out by hand, and what happens where a number is missing."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import made_record, made_run
from sklearn.metrics import roc_auc_score

from eval.calibration import (
    area_under_risk_coverage,
    auroc,
    expected_calibration_error,
    risk_coverage,
)
from eval.dataset import Question, QuestionSet
from eval.metrics import Figure, figures, risk_at
from eval.records import FAILED, Record
from eval.table import run_json, run_text

# Accepted entries, ranking, and by hand: hit@1, hit@3, reciprocal rank, nDCG@10, recall@3 and @5.
# A right entry at rank r gains 1 / log2(r + 1): 1, 0.63093, 0.5, 0.43068, 0.38685, 0.35621, …
TEN = (
    ("A", "ABCD", 1, 1, 1.0, 1.0, 1.0, 1.0),
    ("B", "ABCD", 0, 1, 0.5, 0.63093, 1.0, 1.0),
    ("C", "ABCD", 0, 1, 0.33333, 0.5, 1.0, 1.0),
    ("D", "ABCD", 0, 0, 0.25, 0.43068, 0.0, 1.0),
    ("F", "ABCDEF", 0, 0, 0.16667, 0.35621, 0.0, 0.0),
    ("Z", "ABCDEF", 0, 0, 0.0, 0.0, 0.0, 0.0),
    # Two accepted, at 1 and 3: (1 + 0.5) / (1 + 0.63093).
    ("AC", "ABCD", 1, 1, 1.0, 0.91972, 1.0, 1.0),
    # At 2 and 6: (0.63093 + 0.35621) / 1.63093.
    ("BF", "ABCDEF", 0, 1, 0.5, 0.60526, 0.5, 0.5),
    # Three accepted, at 1, 3 and 4: (1 + 0.5 + 0.43068) / (1 + 0.63093 + 0.5).
    ("ABC", "CDAB", 1, 1, 1.0, 0.90602, 0.66667, 1.0),
    ("K", "ABCDEFGHIJK", 0, 0, 0.09091, 0.0, 0.0, 0.0),
)
NAMES = ("hit@1", "hit@3", "MRR", "nDCG@10", "recall@3", "recall@5")


def named(records: list[Record]) -> dict[str, Figure]:
    return {figure.name: figure for figure in figures(records)}


def test_ranking_figures_agree_with_ten_questions_worked_out_by_hand() -> None:
    records = [
        Record(Question(f"q{n}", "?", "in", tuple(row[0])), "no_answer", ranking=tuple(
            (entry, 0.5) for entry in row[1]
        ))
        for n, row in enumerate(TEN)
    ]  # fmt: skip
    found = named(records)
    for column, name in enumerate(NAMES, 2):
        by_hand = sum(float(row[column]) for row in TEN) / len(TEN)
        assert found[name].value == pytest.approx(by_hand, abs=1e-5), name
        assert found[name].count == 10


def test_rates_count_the_questions_that_they_are_about() -> None:
    records = [
        made_record("right"),
        made_record("other phrase", quotes=("Iets anders.",)),
        made_record("wrong entry", ranking=(("B", 0.6), ("A", 0.4)), quotes=("Iets anders.",)),
        made_record("asked back", answer="clarification"),
        made_record("near answered", "near"),
        made_record("near refused", "near", answer="no_answer"),
        made_record("far refused", "far", answer="no_answer"),
        made_record("hostile answered", "hostile"),
    ]
    found = named(records)
    assert found["hit@1"].value == 3 / 4
    assert (found["phrase accuracy"].value, found["phrase accuracy"].count) == (1 / 3, 3)
    assert found["coverage"].value == 3 / 4
    assert found["wrong, in"].value == 1 / 4
    assert found["wrong, near"].value == 1 / 2
    assert found["wrong, far + hostile"].value == 1 / 2
    assert found["wrong, smalltalk"] == Figure("wrong, smalltalk", None, None, None, 0)


def test_calibration_figures_agree_with_four_questions_worked_out_by_hand() -> None:
    right, sure = np.array([1.0, 0.0, 1.0, 0.0]), np.array([0.95, 0.85, 0.65, 0.61])
    # Bins: .95 holds one right (off by .05), .85 one wrong (.85), .61 and .65 one right of two
    # (.13 over two questions): (0.05 + 0.85 + 0.26) / 4.
    assert expected_calibration_error(right, sure) == pytest.approx(0.29)
    coverage, risk = risk_coverage(right, sure)
    assert coverage.tolist() == [0.25, 0.5, 0.75, 1.0]
    assert risk == pytest.approx([0, 1 / 2, 1 / 3, 1 / 2])
    assert area_under_risk_coverage(right, sure) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)
    # Of the four pairs of a right and a wrong one, the right one is surer in three.
    assert auroc(right, sure) == 3 / 4


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5)), min_size=2))
def test_auroc_agrees_with_scikit_learn(pairs: list[tuple[bool, int]]) -> None:
    right, sure = np.array(pairs, float).T
    if len(set(right)) < 2:
        assert auroc(right, sure) is None
    else:
        assert auroc(right, sure) == pytest.approx(roc_auc_score(right, sure))


def test_intervals_hold_the_value_and_follow_the_seed() -> None:
    records = [made_record(str(n), ranking=(("AB"[n % 2], 0.9),)) for n in range(40)]
    first, again, other = figures(records, 1), figures(records, 1), figures(records, 2)
    assert first == again != other
    hit = first[0]
    assert hit.value == 0.5
    # The exact binomial interval of 20 out of 40 is 0.34 to 0.66.
    assert hit.low == pytest.approx(0.34, abs=0.02)
    assert hit.high == pytest.approx(0.66, abs=0.02)


def test_question_that_broke_or_has_no_number_is_counted_and_named() -> None:
    broken = Record(made_record("broken").question, FAILED, rule="ValueError: half a word")
    outside = Record(made_record("outside", "far").question, FAILED)
    unsure = made_record("unsure", confidence=None, inside=None)
    run = made_run([made_record("good"), broken, outside, unsure])
    found = named(list(run.records))
    assert found["hit@1"].value == pytest.approx(2 / 3)
    assert found["wrong, far"].value == 1
    assert (found["ECE"].count, found["ECE"].missing) == (1, 3)
    assert "the system broke on broken, outside" in run_text(run, 0)
    assert "no confidence for broken, outside, unsure" in run_text(run, 0)
    # allow_nan=False raises at the first NaN.
    json.dumps(run_json(run, QuestionSet("none", ()), 0), allow_nan=False)


def test_nothing_to_count_is_none_and_never_nan() -> None:
    found = figures([made_record("lonely", "smalltalk", confidence=None, inside=None)])
    for figure in found:
        assert figure.value is None or math.isfinite(figure.value)
    assert risk_at([]) == ()
