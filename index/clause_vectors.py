"""The vectors of the clauses to learn from: embedded at first use, kept on disk after that."""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

import platformdirs

from index.corpus import Item
from index.embedding import embed, known_vectors, save_vectors
from index.encoder import Encoder, Vectors
from index.errors import StoreError
from index.versions import VersionFolder

_log = logging.getLogger(__name__)


def clause_vectors(texts: Sequence[str], encoder: Encoder, cache: Path | None = None) -> Vectors:
    """Return (texts, dimensions); only texts that are not on disk yet are embedded.

    ``cache`` defaults to the user's cache folder. Where it cannot be written, a warning is logged
    and the next start embeds again.
    """
    versions = VersionFolder(cache or platformdirs.user_cache_path("avg-assistent") / "clauses")
    wanted = [Item("passage", text, "") for text in texts]
    keys = [item.key for item in wanted]
    with versions.locked():
        known = _known(versions, encoder)
        vectors = embed(wanted, keys, encoder, known)
        if not set(keys) <= known.keys():
            _keep(versions, encoder, keys, vectors)
    return vectors


def _keep(versions: VersionFolder, encoder: Encoder, keys: Sequence[str], vectors: Vectors) -> None:
    try:
        versions.publish(
            {"model": encoder.name}, lambda target: save_vectors(target, keys, vectors)
        )
    except StoreError as error:
        _log.warning("%s. The clauses' vectors live in memory only.", error)


def _known(versions: VersionFolder, encoder: Encoder) -> Mapping[str, Vectors]:
    try:
        current = versions.current()
    except StoreError as error:
        _log.warning("%s. The clauses are embedded anew.", error)
        return {}
    if current is None or current.manifest.get("model") != encoder.name:
        return {}
    return known_vectors(current.folder)
