"""Fits a trained ranker to the knowledge at hand: new sections come in, old ones go out."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from index.build import KnowledgeIndex
from index.encoder import Vectors
from index.ranker import Floats, Ranker
from knowledge.bank import OUTSIDE_KINDS
from knowledge.library import Library


def fitted(ranker: Ranker, library: Library, index: KnowledgeIndex) -> Ranker:
    """Return a ranker over the library's sections and the outside kinds.

    With vectors of another model than it was trained on, every prototype is made anew.
    """
    same_model = index.vectors.shape[1] == len(ranker.center) and index.is_tuned
    center = ranker.center if same_model else np.asarray(index.vectors.mean(axis=0))
    trained = {target: row for row, target in enumerate(ranker.targets)}
    sections = [s.id for e in library.entries() for s in e.sections if s.passages]
    known = [target for target in (*sections, *OUTSIDE_KINDS) if target in trained]
    targets = (*known, *(section for section in sections if section not in trained))
    columns = [trained[target] for target in known]
    rows = _rows(index)
    prototypes = [
        ranker.prototypes[trained[target]]
        if same_model and target in trained
        else _prototype(index.vectors[rows[target]], center)
        for target in targets
    ]
    prior = np.full(len(targets), ranker.prior.mean(), np.float32)
    prior[: len(known)] = ranker.prior[columns]
    return replace(
        ranker,
        targets=targets,
        center=center,
        prototypes=np.stack(prototypes),
        weights=ranker.weights[:, columns],
        bias=ranker.bias[columns],
        prior=prior,
    )


def _rows(index: KnowledgeIndex) -> Mapping[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for row, item in enumerate(index.items):
        if item.kind != "statement":
            rows.setdefault(item.target, []).append(row)
    return rows


def _prototype(vectors: Vectors, center: Floats) -> Floats:
    mean = np.asarray(vectors).mean(axis=0) - center
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)
