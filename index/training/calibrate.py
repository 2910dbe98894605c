"""Chooses the ranker's few calibration numbers on labelled development questions."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from index.errors import RankerError
from index.packaged_file import Floats
from index.ranker import Calibration, Ranker
from knowledge.bank import OUTSIDE_KINDS

_SHARES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
_SHARPNESS = (0.6, 0.8, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with its accepted entries; none for one that the guidance leaves open."""

    question: str
    entries: tuple[str, ...]


def load_labelled(path: Path) -> tuple[Labelled, ...]:
    """Read questions from a JSONL file with the fields ``question`` and ``entries``."""
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
        return tuple(Labelled(row["question"], tuple(row["entries"])) for row in rows)
    except (OSError, ValueError, KeyError) as error:
        raise RankerError(f"'{path}' is no labelled question set: {error}") from error


def calibrate(
    ranker: Ranker, vectors: Floats, prepared: Sequence[str], labelled: Sequence[Labelled]
) -> Calibration:
    """Return the calibration that fits ``labelled`` best; rows stand in the same order."""
    by_vector = np.stack([ranker.vector_view(vector) for vector in vectors])
    by_words = np.stack([ranker.word_view(text) for text in prepared])
    inside = np.array([bool(item.entries) for item in labelled])
    entry_of = [target.split("/")[0] for target in ranker.targets]
    accepted = np.array([[entry in item.entries for entry in entry_of] for item in labelled], bool)
    is_section = np.array([target not in OUTSIDE_KINDS for target in ranker.targets])

    def loss(share: float, sharpness: float) -> float:
        blend = ((1 - share) * by_vector + share * by_words)[inside] * sharpness - ranker.prior
        total = np.logaddexp.reduce(blend[:, is_section], axis=1)
        right = np.logaddexp.reduce(np.where(accepted[inside], blend, -np.inf), axis=1)
        return float(np.mean(total - right))

    share, sharpness = min(product(_SHARES, _SHARPNESS), key=lambda pair: loss(*pair))
    signals = np.array(
        [list(ranker.signals(v, w).values()) for v, w in zip(by_vector, by_words, strict=True)]
    )
    model = LogisticRegression(C=10.0).fit(signals, inside)
    weights = (*model.coef_[0], model.intercept_[0])
    return replace(
        ranker.calibration,
        words=share,
        sharpness=sharpness,
        inside=tuple(float(weight) for weight in weights),
    )
