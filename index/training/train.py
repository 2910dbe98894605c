"""One training run: adapter, prototypes, word view, calibration → ``index/trained/``.

The agreement check's clauses are embedded along, since its model is the one that was tuned.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from index.clause_vectors import ship_clause_vectors
from index.encoder import load_encoder
from index.ngrams import prepare
from index.packaged_file import Floats, packaged_path, read_packaged
from index.ranker import Calibration, Ranker
from index.ranker_file import ADAPTER, save_ranker
from index.training.calibrate import calibrate, load_labelled
from index.training.finetune import Recipe, finetune
from index.training.words import fit_words
from knowledge.agreement import load_requirements
from knowledge.bank import Bank
from knowledge.lexicon import Lexicon
from knowledge.library import Library


def train(
    library: Library,
    bank: Bank,
    lexicon: Lexicon,
    development: Path,
    folder: Path,
) -> Ranker:
    """Train on the bank, calibrate on ``development`` (JSONL), write everything to ``folder``."""
    recipe = Recipe()
    questions = [(entry.question, entry.id) for entry in library.entries()]
    questions += [(q.text, q.target) for q in (*bank.inside, *bank.outside)]
    targets = tuple(dict.fromkeys(target for _, target in questions))
    labels = [targets.index(target) for _, target in questions]
    groups = _groups(targets)
    tuned = finetune(
        read_packaged(packaged_path()),
        [lexicon.translate(text) for text, _ in questions],
        labels,
        groups,
        recipe,
    )
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / ADAPTER, **dict(tuned.adapter))  # type: ignore[arg-type]
    ngrams, weights, bias = fit_words([prepare(text, lexicon) for text, _ in questions], labels)
    ranker = Ranker(
        targets=targets,
        center=tuned.center,
        prototypes=tuned.prototypes,
        ngrams=ngrams,
        weights=weights,
        bias=bias,
        prior=_prior(labels, groups),
        calibration=Calibration(recipe.temperature, 0.5, 1.0, ()),
    )
    labelled = load_labelled(development)
    texts = [item.question for item in labelled]
    encoder = load_encoder(adapter=folder / ADAPTER)
    calibration = calibrate(
        ranker,
        encoder.queries([lexicon.translate(t) for t in texts]),
        [prepare(text, lexicon) for text in texts],
        labelled,
    )
    ranker = replace(ranker, calibration=calibration)
    save_ranker(ranker, folder)
    clauses = [example.text for example in load_requirements(library).examples]
    ship_clause_vectors(clauses, encoder, folder)
    return ranker


def _prior(labels: Sequence[int], groups: Sequence[int]) -> Floats:
    shares = np.bincount([groups[label] for label in labels]) / len(labels)
    return np.asarray(np.log(shares[list(groups)]), np.float32)


def _groups(targets: Sequence[str]) -> list[int]:
    """Number the entry of every section; each outside kind is a group of its own."""
    entries = [target.split("/")[0] for target in targets]
    numbers = {entry: number for number, entry in enumerate(dict.fromkeys(entries))}
    return [numbers[entry] for entry in entries]
