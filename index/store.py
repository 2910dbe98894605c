"""Vectors to search: the interface that every store shares, and FAISS, the embedded default."""

from pathlib import Path
from typing import Protocol

import faiss
import numpy as np
import numpy.typing as npt

from index.encoder import Vectors
from index.errors import StoreError

Rows = npt.NDArray[np.int64]
# Exact search takes some 2 ms at this many vectors of 384 dimensions on two cores.
FLAT_UP_TO = 50_000


class VectorStore(Protocol):
    """Finds nearest vectors by inner product. Rows number the vectors in the order added."""

    def search(self, queries: Vectors, count: int) -> tuple[Vectors, Rows]:
        """Return scores and rows, both (queries, count), best first; row -1 where none is left."""
        ...


class FaissStore:
    """FAISS in this process."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> "FaissStore":
        """Index (vectors, dimensions): exact search when small, a graph (HNSW) beyond."""
        count, dimensions = vectors.shape
        if count <= FLAT_UP_TO:
            index: faiss.Index = faiss.IndexFlatIP(dimensions)
        else:
            index = faiss.IndexHNSWFlat(dimensions, 32, faiss.METRIC_INNER_PRODUCT)
        index.add(vectors)
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> "FaissStore":
        """Read an index file; StoreError when FAISS cannot."""
        try:
            return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP))
        except RuntimeError as error:
            raise StoreError(f"FAISS cannot read '{path}': {error}") from error

    def save(self, path: Path) -> None:
        """Write the index file."""
        faiss.write_index(self._index, str(path))

    def search(self, queries: Vectors, count: int) -> tuple[Vectors, Rows]:
        """See ``VectorStore.search``."""
        scores, rows = self._index.search(queries, count)
        return scores, rows
