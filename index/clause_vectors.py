"""The vectors of the clauses to learn from: those that training shipped, and those made here.

Training embeds every clause with the model that it tuned. A clause that came after it, or another
model, is embedded at first use and kept on disk.
"""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from index.corpus import Item
from index.embedding import embed, known_vectors, save_vectors
from index.encoder import Encoder, Vectors
from index.errors import StoreError
from index.ranker_file import TRAINED
from index.versions import VersionFolder

SHIPPED = "clauses.npz"
_log = logging.getLogger(__name__)


def clause_vectors(texts: Sequence[str], encoder: Encoder, cache: Path) -> Vectors:
    """Return (texts, dimensions); what is embedded here is kept in the folder ``cache``.

    Where that cannot be written, a warning is logged and the next start embeds again.
    """
    versions = VersionFolder(cache)
    wanted, keys = _items(texts)
    with versions.locked():
        known = {**_kept(versions, encoder), **_shipped(encoder)}
        vectors = embed(wanted, keys, encoder, known)
        if not set(keys) <= known.keys():
            _keep(versions, encoder, keys, vectors)
    return vectors


def ship_clause_vectors(texts: Sequence[str], encoder: Encoder, folder: Path) -> None:
    """Write the texts' vectors beside the trained ranker, as float16."""
    wanted, keys = _items(texts)
    np.savez_compressed(
        folder / SHIPPED,
        model=np.array(encoder.name),
        keys=np.array([list(bytes.fromhex(key)) for key in keys], np.uint8),
        vectors=embed(wanted, keys, encoder, {}).astype(np.float16),
    )


def _items(texts: Sequence[str]) -> tuple[list[Item], list[str]]:
    wanted = [Item("passage", text, "") for text in texts]
    return wanted, [item.key for item in wanted]


def _shipped(encoder: Encoder) -> Mapping[str, Vectors]:
    path = TRAINED / SHIPPED
    try:
        with np.load(path) as file:
            if str(file["model"]) != encoder.name:
                return {}
            keys = [bytes(key).hex() for key in file["keys"]]
            return dict(zip(keys, file["vectors"].astype(np.float32), strict=True))
    except (OSError, ValueError, KeyError) as error:
        _log.warning("'%s' cannot be used (%s). The clauses are embedded anew.", path, error)
        return {}


def _keep(versions: VersionFolder, encoder: Encoder, keys: Sequence[str], vectors: Vectors) -> None:
    try:
        versions.publish(
            {"model": encoder.name}, lambda target: save_vectors(target, keys, vectors)
        )
    except StoreError as error:
        _log.warning("%s. The clauses' vectors live in memory only.", error)


def _kept(versions: VersionFolder, encoder: Encoder) -> Mapping[str, Vectors]:
    try:
        current = versions.current()
    except StoreError as error:
        _log.warning("%s. The clauses are embedded anew.", error)
        return {}
    if current is None or current.manifest.get("model") != encoder.name:
        return {}
    return known_vectors(current.folder)
