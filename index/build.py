"""The index of one library: built at first use, kept on disk, rebuilt only when it must be.

A new version takes over every vector whose text and model did not change, so that editing one
sentence embeds that sentence again and nothing else.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
from tqdm import tqdm

from index.corpus import Item, items
from index.encoder import Encoder, Vectors
from index.errors import StoreError
from index.store import FaissStore, VectorStore
from index.versions import Version, VersionFolder
from knowledge.bank import Bank
from knowledge.library import Library

FORMAT = 1
_BATCH = 32
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KnowledgeIndex:
    """``vectors[row]`` embeds ``items[row]`` (float32, unit length); ``store`` searches them;
    ``is_tuned`` tells whether they come from the model that the ranker was trained with."""

    items: tuple[Item, ...]
    vectors: Vectors
    store: VectorStore
    is_tuned: bool


def default_folder() -> Path:
    """The user's cache folder for this application (``XDG_CACHE_HOME`` is respected)."""
    return platformdirs.user_cache_path("avg-assistent") / "index"


def open_index(
    library: Library, bank: Bank, encoder: Encoder, folder: Path | None = None
) -> KnowledgeIndex:
    """Return the index from disk, built first where it is missing, outdated or damaged.

    A folder that cannot be written to gives an index in memory and a warning in the log.
    """
    versions = VersionFolder(folder or default_folder())
    wanted = items(library, bank)
    manifest = _manifest(library, bank, encoder)
    current = _usable(versions)
    if current and all(current.manifest.get(name) == value for name, value in manifest.items()):
        return KnowledgeIndex(
            wanted,
            np.load(current.folder / "vectors.npy", mmap_mode="r"),
            FaissStore.load(current.folder / "vectors.faiss"),
            encoder.is_tuned,
        )
    vectors = _embed(wanted, encoder, _known(current, encoder))
    store = FaissStore.build(vectors)

    def write(target: Path) -> None:
        np.save(target / "vectors.npy", vectors)
        store.save(target / "vectors.faiss")
        (target / "keys.json").write_text(json.dumps([item.key for item in wanted]))

    try:
        versions.publish(manifest, write)
    except StoreError as error:
        _log.warning("%s. This index lives in memory only.", error)
    return KnowledgeIndex(wanted, vectors, store, encoder.is_tuned)


def _manifest(library: Library, bank: Bank, encoder: Encoder) -> Mapping[str, Any]:
    return {
        "format": FORMAT,
        "model": encoder.name,
        "dimensions": encoder.dimensions,
        "knowledge": library.version,
        "bank": bank.version,
        "faiss": package_version("faiss-cpu"),
    }


def _usable(versions: VersionFolder) -> Version | None:
    try:
        return versions.current()
    except StoreError as error:
        _log.warning("%s. It is built anew.", error)
        return None


def _known(current: Version | None, encoder: Encoder) -> Mapping[str, Vectors]:
    if current is None or current.manifest.get("model") != encoder.name:
        return {}
    keys = json.loads((current.folder / "keys.json").read_text())
    return dict(zip(keys, np.load(current.folder / "vectors.npy"), strict=True))


def _embed(wanted: Sequence[Item], encoder: Encoder, known: Mapping[str, Vectors]) -> Vectors:
    vectors = np.zeros((len(wanted), encoder.dimensions), np.float32)
    missing: dict[bool, list[int]] = {True: [], False: []}
    for row, item in enumerate(wanted):
        if item.key in known:
            vectors[row] = known[item.key]
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
