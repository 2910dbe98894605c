"""Embeds what was not embedded before: a vector is known by its text's hash and its model."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from index.corpus import Item
from index.encoder import Encoder, Vectors

_VECTORS = "vectors.npy"
_KEYS = "keys.json"
_BATCH = 32


def save_vectors(folder: Path, keys: Sequence[str], vectors: Vectors) -> None:
    """Write vectors (texts, dimensions) with the key of each; raises OSError."""
    np.save(folder / _VECTORS, vectors)
    (folder / _KEYS).write_text(json.dumps(keys))


def load_vectors(folder: Path) -> Vectors:
    """Return the vectors of a version, memory-mapped."""
    vectors: Vectors = np.load(folder / _VECTORS, mmap_mode="r")
    return vectors


def known_vectors(folder: Path) -> Mapping[str, Vectors]:
    """Return the vectors of a version by their keys."""
    keys = json.loads((folder / _KEYS).read_text())
    return dict(zip(keys, load_vectors(folder), strict=True))


def embed(
    wanted: Sequence[Item], keys: Sequence[str], encoder: Encoder, known: Mapping[str, Vectors]
) -> Vectors:
    """Return (items, dimensions), taking over what is ``known``; shows a bar for the rest."""
    vectors = np.zeros((len(wanted), encoder.dimensions), np.float32)
    missing: dict[bool, list[int]] = {True: [], False: []}
    for row, (key, item) in enumerate(zip(keys, wanted, strict=True)):
        if key in known:
            vectors[row] = known[key]
        else:
            missing[item.kind == "question"].append(row)
    total = sum(map(len, missing.values()))
    with tqdm(total=total, desc="Index", unit=" teksten", disable=not total) as bar:
        for is_query, rows in missing.items():
            encode = encoder.queries if is_query else encoder.documents
            for start in range(0, len(rows), _BATCH):
                part = rows[start : start + _BATCH]
                vectors[part] = encode([wanted[row].text for row in part])
                bar.update(len(part))
    return vectors
