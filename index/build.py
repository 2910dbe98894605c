"""The index of one knowledge folder: built at first use, kept on disk, rebuilt only when it must.

A new version takes over every vector whose text and model did not change, so that editing one
sentence embeds that sentence again and nothing else. It holds a copy of the editors' files too,
so that what is quoted and what is searched are always of one version.
"""

import contextlib
import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from index.corpus import Item, digest, items, searched
from index.embedding import embed, known_vectors, load_vectors, save_vectors
from index.encoder import Encoder, Vectors
from index.errors import StoreError
from index.lexical import LexicalIndex
from index.stores.interface import Backend, VectorStore
from index.versions import Version, VersionFolder
from knowledge.bank import Bank
from knowledge.folder import KNOWLEDGE, Knowledge, copy_knowledge

FORMAT = 2
COPY = "knowledge"
# From this many passages on, a question is answered from a shortlist: see index/candidates.py.
LARGE = 2_000
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KnowledgeIndex:
    """``vectors[row]`` embeds ``items[row]`` (float32, unit length).

    ``store`` searches the first rows, those that stand for a section; ``words`` the passages, in a
    large library; ``is_tuned`` tells whether the vectors come from the model that the ranker was
    trained with; ``version`` names the version on disk, None for an index in memory.
    """

    items: tuple[Item, ...]
    vectors: Vectors
    store: VectorStore
    words: LexicalIndex | None
    is_tuned: bool
    version: str | None = None


def default_folder(source: Path = KNOWLEDGE) -> Path:
    """Where the index of a knowledge folder stands in the user's cache.

    ``XDG_CACHE_HOME`` is respected. Each knowledge folder has its own, so that a server does not
    follow what is built elsewhere from other pages.
    """
    place = hashlib.sha256(str(source.resolve()).encode()).hexdigest()[:8]
    return platformdirs.user_cache_path("avg-assistent") / "index" / place


class Builder:
    """Opens or builds the index of one library, for one model, in one kind of store."""

    def __init__(
        self, knowledge: Knowledge, bank: Bank, encoder: Encoder, backend: Backend
    ) -> None:
        self._knowledge = knowledge
        self._encoder = encoder
        self._backend = backend
        self._items = items(knowledge.library, bank)
        self._keys = [item.key for item in self._items]
        self._searched = searched(self._items)
        self._passages = [item.text for item in self._items if item.kind == "passage"]
        self._manifest: Mapping[str, Any] = {
            "format": FORMAT,
            "model": encoder.name,
            "dimensions": encoder.dimensions,
            "knowledge": knowledge.version,
            "texts": digest(self._keys, self._items),
            "store": backend.name,
        }

    def open(self, versions: VersionFolder, *, pinned: bool = False) -> KnowledgeIndex:
        """Return the index from disk, built first where it is missing, outdated or damaged.

        ``pinned`` pins what is built. A folder that cannot be written to gives an index in memory
        and a warning in the log. Raises StoreError when the store itself cannot be used.
        """
        with contextlib.suppress(StoreError):
            if index := self._current(versions):
                return index
        with versions.locked():
            try:
                # Another process may have built it while this one waited.
                index = self._current(versions)
            except StoreError as error:
                _log.warning("%s. It is built anew.", error)
                index = None
            return index or self._build(versions, pinned=pinned)

    def load(self, version: Version) -> KnowledgeIndex:
        """Open a version; StoreError when it was made from anything else than is wanted here."""
        for name, value in self._manifest.items():
            if version.manifest.get(name) != value:
                raise StoreError(
                    f"the index in '{version.folder}' has the {name} "
                    f"'{version.manifest.get(name)}', not '{value}'"
                )
        vectors = load_vectors(version.folder)
        return KnowledgeIndex(
            self._items,
            vectors,
            self._backend.load(version.folder, vectors[: self._searched]),
            LexicalIndex.load(version.folder) if self._is_large else None,
            self._encoder.is_tuned,
            version.name,
        )

    @property
    def _is_large(self) -> bool:
        return len(self._passages) >= LARGE

    def _current(self, versions: VersionFolder) -> KnowledgeIndex | None:
        current = versions.current()
        if current and self._manifest.items() <= current.manifest.items():
            return self.load(current)
        return None

    def _build(self, versions: VersionFolder, *, pinned: bool) -> KnowledgeIndex:
        vectors = embed(self._items, self._keys, self._encoder, self._known(versions))
        store = self._backend.build(vectors[: self._searched])
        words = LexicalIndex.build(self._passages) if self._is_large else None

        def write(target: Path) -> None:
            save_vectors(target, self._keys, vectors)
            store.save(target)
            if words is not None:
                words.save(target)
            copy_knowledge(self._knowledge, target / COPY)

        version = None
        try:
            version = versions.publish(self._manifest, write, pinned=pinned).name
        except StoreError as error:
            _log.warning("%s. This index lives in memory only.", error)
        return KnowledgeIndex(self._items, vectors, store, words, self._encoder.is_tuned, version)

    def _known(self, versions: VersionFolder) -> Mapping[str, Vectors]:
        # Every version that is kept: who takes an edit back, or repairs a file, embeds nothing.
        known: dict[str, Vectors] = {}
        for name in versions.names():
            try:
                version = versions.version(name)
            except StoreError:
                continue
            made = (version.manifest.get("format"), version.manifest.get("model"))
            if made == (FORMAT, self._encoder.name):
                known.update(known_vectors(version.folder))
        return known
