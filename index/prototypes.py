"""Fits a trained ranker to the knowledge at hand: new sections come in, old ones go out."""

from dataclasses import replace

import numpy as np

from index.build import KnowledgeIndex
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
    targets = (*sections, *(kind for kind in OUTSIDE_KINDS if kind in trained))
    prototypes = [
        ranker.prototypes[trained[target]]
        if same_model and target in trained
        else _prototype(target, index, center)
        for target in targets
    ]
    known = [trained.get(target) for target in targets]
    return replace(
        ranker,
        targets=targets,
        center=center,
        prototypes=np.stack(prototypes),
        weights=_columns(ranker.weights, known),
        bias=_columns(ranker.bias, known),
        prior=np.nan_to_num(_columns(ranker.prior, known), nan=float(np.mean(ranker.prior))),
    )


def _prototype(target: str, index: KnowledgeIndex, center: Floats) -> Floats:
    rows = [
        row
        for row, item in enumerate(index.items)
        if item.target == target and item.kind != "statement"
    ]
    mean = np.asarray(index.vectors[rows]).mean(axis=0) - center
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)


def _columns(array: Floats, known: list[int | None]) -> Floats:
    picked = [
        array[..., row] if row is not None else np.full(array.shape[:-1], np.nan, np.float32)
        for row in known
    ]
    return np.stack(picked, axis=-1)
