"""FAISS in this process: the embedded default. Its index type follows from the number of vectors.

Up to ``flat_up_to`` every vector is compared, so the result is exact. Beyond that a graph (HNSW)
is walked, and beyond ``graph_up_to``, where a graph would need much memory and time to build, the
vectors are put in lists and compressed to 48 bytes each (IVF-PQ). The best of a compressed search
are scored again with the exact vectors, which stay memory-mapped on disk.
"""

from dataclasses import dataclass
from importlib.metadata import version as package_version
from pathlib import Path

import faiss
import numpy as np

from index.encoder import Vectors
from index.errors import StoreError
from index.stores.interface import NO_ROW, Rows

FILE = "vectors.faiss"
_LINKS = 32
_BREADTH = 512
_PART = 50_000
# Of every list's vectors, how many are shown to k-means, and how many lists a search opens.
_TRAINED_ON = 40
_OPENED = 128
# The compressed search proposes this many, of which the exact scores pick.
_PROPOSED = 4_000


@dataclass(frozen=True, slots=True)
class FaissBackend:
    """``flat_up_to`` and ``graph_up_to`` are numbers of vectors; see docs/scaling.md for both."""

    flat_up_to: int = 50_000
    graph_up_to: int = 250_000

    @property
    def name(self) -> str:
        """See ``Backend.name``; an index file is read by the release that wrote it."""
        return f"faiss {package_version('faiss-cpu')}"

    def build(self, vectors: Vectors) -> "FaissStore":
        """See ``Backend.build``."""
        count, dimensions = vectors.shape
        if count <= self.flat_up_to:
            index: faiss.Index = faiss.IndexFlatIP(dimensions)
        elif count <= self.graph_up_to:
            index = faiss.IndexHNSWFlat(dimensions, _LINKS, faiss.METRIC_INNER_PRODUCT)
        else:
            index = _trained(vectors)
        for start in range(0, count, _PART):
            index.add(np.ascontiguousarray(vectors[start : start + _PART]))
        return FaissStore(index, vectors)

    def load(self, folder: Path, vectors: Vectors) -> "FaissStore":
        """See ``Backend.load``; the file is memory-mapped."""
        try:
            index = faiss.read_index(str(folder / FILE), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise StoreError(f"FAISS cannot read '{folder / FILE}': {error}") from error
        if index.ntotal != len(vectors):
            raise StoreError(f"'{folder / FILE}' holds {index.ntotal} vectors, not {len(vectors)}")
        return FaissStore(index, vectors)

    def discard(self, folder: Path) -> None:
        """Nothing lies outside the folder."""


class FaissStore:
    """A FAISS index over ``vectors``; compressed ones take the exact vectors' scores."""

    def __init__(self, index: faiss.Index, vectors: Vectors) -> None:
        self._index = index
        self._vectors = vectors
        self._is_compressed = False
        # Kept out of the file, so that both can change without building anew.
        if isinstance(index, faiss.IndexHNSW):
            index.hnsw.efSearch = _BREADTH
        if isinstance(index, faiss.IndexIVFPQFastScan):
            index.nprobe = _OPENED
            self._is_compressed = True

    @property
    def kind(self) -> str:
        """FAISS's own name of the index type, such as IndexFlatIP."""
        return type(self._index).__name__

    def save(self, folder: Path) -> None:
        """See ``VectorStore.save``."""
        try:
            faiss.write_index(self._index, str(folder / FILE))
        except RuntimeError as error:
            raise StoreError(f"FAISS cannot write '{folder / FILE}': {error}") from error

    def search(self, queries: Vectors, count: int) -> tuple[Vectors, Rows]:
        """See ``VectorStore.search``."""
        if not self._is_compressed:
            scores, rows = self._index.search(queries, count)
            return scores, rows
        _, proposed = self._index.search(queries, max(count, _PROPOSED))
        return self._rescored(queries, proposed, count)

    def _rescored(self, queries: Vectors, proposed: Rows, count: int) -> tuple[Vectors, Rows]:
        scores = np.einsum("qd,qpd->qp", queries, self._vectors[proposed], dtype=np.float32)
        scores[proposed == NO_ROW] = -np.inf
        best = np.argsort(-scores, axis=1, kind="stable")[:, :count]
        return np.take_along_axis(scores, best, 1), np.take_along_axis(proposed, best, 1)


def _trained(vectors: Vectors) -> faiss.Index:
    count, dimensions = vectors.shape
    # About twice the square root of the number of vectors: many to open few of, yet quick to learn.
    lists = 1 << round(np.log2(2 * np.sqrt(count)))
    index = faiss.index_factory(
        dimensions, f"IVF{lists},PQ{dimensions // 4}x4fs", faiss.METRIC_INNER_PRODUCT
    )
    rows = np.random.default_rng(0).choice(count, min(count, lists * _TRAINED_ON), replace=False)
    index.train(np.ascontiguousarray(vectors[np.sort(rows)]))
    return index
