"""How far a confidence can be trusted: AUROC, calibration error, risk against coverage.

Every function takes ``right`` (1 where the confidence should be high, else 0) and ``confidence``
(0 to 1), both (questions,), and gives None where there is nothing to say.
"""

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

ECE_BINS = 10
Floats = npt.NDArray[np.float64]


def auroc(right: Floats, confidence: Floats) -> float | None:
    """Chance that a positive scores above a negative, a tie counting half (Mann and Whitney)."""
    positives = float(right.sum())
    negatives = len(right) - positives
    if not positives or not negatives:
        return None
    ranks = float(rankdata(confidence)[right == 1].sum())
    return (ranks - positives * (positives + 1) / 2) / (positives * negatives)


def expected_calibration_error(right: Floats, confidence: Floats) -> float | None:
    """Mean distance between confidence and accuracy over ten equal bins, weighted by size."""
    if not len(right):
        return None
    gaps = np.bincount(bins(confidence), weights=right - confidence, minlength=ECE_BINS)
    return float(np.abs(gaps).sum() / len(right))


def area_under_risk_coverage(right: Floats, confidence: Floats) -> float | None:
    """Mean risk over all coverages; lower is better."""
    return float(risk_coverage(right, confidence)[1].mean()) if len(right) else None


def risk_coverage(right: Floats, confidence: Floats) -> tuple[Floats, Floats]:
    """Share answered, and share wrong among those, as the bound on confidence comes down."""
    order = np.argsort(-confidence, kind="stable")
    answered = np.arange(1, len(right) + 1)
    return answered / len(right), np.cumsum(1 - right[order]) / answered


def bins(confidence: Floats) -> npt.NDArray[np.int64]:
    """The bin, 0 to ``ECE_BINS`` - 1, of every confidence."""
    return np.minimum((confidence * ECE_BINS).astype(np.int64), ECE_BINS - 1)
