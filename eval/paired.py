"""Two runs over the same questions: how far apart they are, and whether chance explains it."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import permutation_test

from eval.calibration import Floats
from eval.metrics import interval
from eval.scores import LOWER_IS_BETTER, Column, Scored

ROUNDS = 9_999


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure in two runs, over the ``count`` questions that both have a score for.

    ``gain`` is after minus before, turned so that above zero is better; ``low`` and ``high`` are
    its 95 % interval (paired bootstrap) and ``p`` a two-sided paired randomisation test
    (Smucker, Allan and Carterette 2007). All but ``name`` and ``count`` are None without questions.
    """

    name: str
    count: int
    before: float | None = None
    after: float | None = None
    gain: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None


def differences(before: Scored, after: Scored, seed: int = 0) -> tuple[Difference, ...]:
    """Compare every figure that both have; the questions must be the same, in the same order."""
    return tuple(
        _difference(name, column, after.columns[name], seed)
        for name, column in before.columns.items()
        if name in after.columns
    )


def _difference(name: str, before: Column, after: Column, seed: int) -> Difference:
    pairs = [(b, a) for b, a in zip(before, after, strict=True) if b is not None and a is not None]
    if not pairs:
        return Difference(name, 0)
    old, new = np.array(pairs, float).T
    gains = old - new if name in LOWER_IS_BETTER else new - old
    low, high = interval([gains], _mean, seed) or (0.0, 0.0)
    return Difference(
        name,
        len(pairs),
        before=_mean(old),
        after=_mean(new),
        gain=_mean(gains),
        low=low,
        high=high,
        p=_p_value(gains, seed),
    )


def _p_value(gains: Floats, seed: int) -> float:
    # Questions without a difference say nothing, and would only slow the test down.
    changed = gains[gains != 0]
    if len(changed) < 2:
        return 1.0
    result = permutation_test(
        (changed, np.zeros_like(changed)),
        lambda a, b, axis: np.mean(a - b, axis=axis),
        permutation_type="samples",
        vectorized=True,
        batch=256,
        n_resamples=ROUNDS,
        rng=np.random.default_rng(seed),
    )
    return float(result.pvalue)


def _mean(values: Floats) -> float:
    return float(values.mean())
