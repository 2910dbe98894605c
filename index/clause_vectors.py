"""The vectors of the clauses to learn from: embedded at first use, kept on disk after that."""

import json
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import platformdirs

from index.encoder import Encoder, Vectors
from index.errors import StoreError
from index.versions import Version, VersionFolder

_BATCH = 32
_VECTORS = "vectors.npy"
_TEXTS = "texts.json"
_log = logging.getLogger(__name__)


def clause_vectors(texts: Sequence[str], encoder: Encoder, cache: Path | None = None) -> Vectors:
    """Return (texts, dimensions); only texts that are not on disk yet are embedded.

    ``cache`` defaults to the user's cache folder. Where it cannot be written, a warning is logged
    and the next start embeds again.
    """
    folder = cache or platformdirs.user_cache_path("avg-assistent") / "clauses"
    versions = VersionFolder(folder)
    known = _known(versions, encoder)
    missing = [text for text in texts if text not in known]
    for start in range(0, len(missing), _BATCH):
        part = missing[start : start + _BATCH]
        known.update(zip(part, encoder.documents(part), strict=True))
    vectors = np.stack([known[text] for text in texts])
    if not missing:
        return vectors

    def write(target: Path) -> None:
        np.save(target / _VECTORS, vectors)
        (target / _TEXTS).write_text(json.dumps(list(texts)), encoding="utf-8")

    try:
        versions.publish({"model": encoder.name}, write)
    except StoreError as error:
        _log.warning("%s. These vectors live in memory only.", error)
    return vectors


def _known(versions: VersionFolder, encoder: Encoder) -> dict[str, Vectors]:
    try:
        current = versions.current()
    except StoreError as error:
        _log.warning("%s. It is made anew.", error)
        return {}
    if current is None or current.manifest.get("model") != encoder.name:
        return {}
    return _read(current)


def _read(version: Version) -> dict[str, Vectors]:
    texts = json.loads((version.folder / _TEXTS).read_text(encoding="utf-8"))
    return dict(zip(texts, np.load(version.folder / _VECTORS), strict=True))
