"""What every vector store offers; the rest of the room knows no more of one than this."""

from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.encoder import Vectors

Rows = npt.NDArray[np.int64]
NO_ROW = -1


class VectorStore(Protocol):
    """Finds nearest vectors by inner product. Rows number the vectors in the order given."""

    def search(self, queries: Vectors, count: int) -> tuple[Vectors, Rows]:
        """Return scores and rows, both (queries, count), best first; row -1 where none is left."""
        ...

    def save(self, folder: Path) -> None:
        """Write to a version's folder what ``Backend.load`` needs. Raises StoreError, OSError."""
        ...


class Backend(Protocol):
    """Makes and reopens stores of one kind."""

    @property
    def name(self) -> str:
        """What a manifest records: a store by another name cannot be loaded, and is built anew."""
        ...

    def build(self, vectors: Vectors) -> VectorStore:
        """Store unit vectors, float32, (vectors, dimensions)."""
        ...

    def load(self, folder: Path, vectors: Vectors) -> VectorStore:
        """Reopen what ``save`` wrote; ``vectors`` are those it was built from.

        Raises StoreError when it is not there, cannot be read, or holds another number of vectors.
        """
        ...

    def discard(self, folder: Path) -> None:
        """Remove what the version in ``folder`` keeps outside that folder."""
        ...
