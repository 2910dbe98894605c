"""The learned order: a question's probability for every section and every kind of outside.

Two views are multiplied: the tuned question vector against one prototype a target, and a linear
model over words and pieces of words. What they say is blended, and calibrated on the development
questions. Entries with many questions in the bank are not likelier to be asked for, so each entry's
share of the training questions is divided out. A section that came after training gets its
prototype from its own text, so that a new page works at once; training again makes it as good as
the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.encoder import Vectors
from index.ngrams import NGrams
from knowledge.bank import OUTSIDE_KINDS

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Fitted on the development questions.

    ``temperature`` divides the vector view's cosines; ``words`` is the word view's share of the
    blend (0–1); ``sharpness`` scales the blend's log-probabilities; ``inside`` weighs the five
    signals of ``Ranker.signals``, its last number being the intercept.
    """

    temperature: float
    words: float
    sharpness: float
    inside: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """``targets`` sums to 1 over sections and outside kinds; ``inside`` is calibrated."""

    targets: Floats
    inside: float
    signals: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Ranker:
    """``targets[i]`` is a section's id or an outside kind; ``prototypes`` (targets, dimensions)
    are their rows in the vector view; ``weights`` (features, known) and ``bias`` (known,) are the
    word view, which knows the first ``known`` targets; ``prior`` (targets,) is the logarithm of
    the share that a target's entry or kind has of the training questions."""

    targets: tuple[str, ...]
    center: Floats
    prototypes: Floats
    ngrams: NGrams
    weights: Floats
    bias: Floats
    prior: Floats
    calibration: Calibration

    def score(self, vector: Vectors, prepared: str) -> Scores:
        """Score one question by its vector (dimensions,) and its prepared text."""
        by_vector = self.vector_view(vector)
        by_words = self.word_view(prepared)
        # A target that the word view never saw is judged by its vector alone.
        by_words = np.where(np.isnan(by_words), by_vector, by_words)
        share = self.calibration.words
        blend = (1 - share) * by_vector + share * by_words
        targets = np.exp(_log_softmax(self.calibration.sharpness * blend - self.prior))
        signals = self.signals(by_vector, by_words)
        *weights, intercept = self.calibration.inside
        logit = float(np.dot(weights, list(signals.values())) + intercept)
        return Scores(targets, float(1 / (1 + np.exp(-logit))), signals)

    def vector_view(self, vector: Vectors) -> Floats:
        """Log-probabilities (targets,) from the question's vector."""
        centered = vector - self.center
        centered = centered / max(float(np.linalg.norm(centered)), 1e-9)
        return _log_softmax(self.prototypes @ centered / self.calibration.temperature)

    def word_view(self, prepared: str) -> Floats:
        """Log-probabilities (targets,) from words; NaN for targets that came after training."""
        rows, values = self.ngrams.transform(prepared)
        view = np.full(len(self.targets), np.nan, np.float32)
        view[: len(self.bias)] = _log_softmax(self.bias + values @ self.weights[rows])
        return view

    def signals(self, by_vector: Floats, by_words: Floats) -> Mapping[str, float]:
        """What the two views say of being inside the guidance, as log-odds and best scores."""
        outside = np.zeros(len(self.targets), bool)
        # The word view knows every outside kind, so the many targets beyond it are none.
        outside[: len(self.bias)] = [t in OUTSIDE_KINDS for t in self.targets[: len(self.bias)]]
        found = {}
        for name, view in (("vector", by_vector), ("words", by_words)):
            inside = float(np.logaddexp.reduce(view[~outside]))
            rest = float(np.logaddexp.reduce(view[outside])) if outside.any() else -20.0
            found[f"{name}_inside"] = max(min(inside - rest, 20.0), -20.0)
        return found


def _log_softmax(logits: npt.NDArray[np.floating]) -> Floats:
    shifted = logits - logits.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), np.float32)
