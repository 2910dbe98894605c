"""Does a run fall short of a baseline? The rule that CI trusts.

A figure is a regression when it lost more than ``BOUND`` and chance does not explain it: the 95 %
interval of the paired difference lies wholly below zero. A loss that is smaller, or that chance
can explain, is a note.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from eval.paired import Difference

BOUND = 0.02


@dataclass(frozen=True, slots=True)
class Verdict:
    """``regressions`` fail the gate; ``notes`` are losses that do not; ``unscored`` names figures
    for which the two have no question in common."""

    regressions: tuple[Difference, ...]
    notes: tuple[Difference, ...]
    unscored: tuple[str, ...]

    @property
    def passes(self) -> bool:
        """True without a single regression."""
        return not self.regressions


def judge(found: Sequence[Difference]) -> Verdict:
    """Apply the rule to every figure."""
    lost = [d for d in found if d.gain is not None and d.gain < 0]
    regressions = tuple(d for d in lost if _is_regression(d))
    return Verdict(
        regressions,
        tuple(d for d in lost if d not in regressions),
        tuple(d.name for d in found if not d.count),
    )


def _is_regression(found: Difference) -> bool:
    if found.gain is None or found.high is None:
        return False
    # The bound itself passes, whatever the last bit of a float says.
    return found.gain < -BOUND - 1e-9 and found.high < 0
