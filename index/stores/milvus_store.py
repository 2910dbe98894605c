"""Milvus: a cluster by its address, or milvus-lite in a file. Imported only when chosen.

A collection is named by the content of its vectors. So replicas that build the same index share
one collection, building twice changes nothing, and a half-filled collection is filled up.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from index.encoder import Vectors
from index.errors import StoreError
from index.stores.interface import NO_ROW, Rows

FILE = "milvus.json"
_PART = 1_000
_PREFIX = "avg_assistent_"
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class MilvusBackend:
    """``uri`` is http(s)://host:port, or a file for milvus-lite; ``token`` a key or user:password.

    One process at a time can use a milvus-lite file.
    """

    uri: str
    token: str = field(default="", repr=False)

    @property
    def name(self) -> str:
        """See ``Backend.name``."""
        return f"milvus {self.uri}"

    def build(self, vectors: Vectors) -> "MilvusStore":
        """See ``Backend.build``; raises StoreError when Milvus cannot be reached."""
        digest = hashlib.sha256(repr(vectors.shape).encode())
        digest.update(np.asarray(vectors, np.float32).tobytes())
        store = MilvusStore(self._client(), _PREFIX + digest.hexdigest()[:32], len(vectors))
        _asked(self.uri, lambda: store.fill(vectors))
        return store

    def load(self, folder: Path, vectors: Vectors) -> "MilvusStore":
        """See ``Backend.load``."""
        collection = _collection(folder)
        store = MilvusStore(self._client(), collection, len(vectors))
        count = _asked(self.uri, store.count)
        if count != len(vectors):
            raise StoreError(f"Milvus holds {count} vectors in '{collection}', not {len(vectors)}")
        return store

    def discard(self, folder: Path) -> None:
        """Drop the version's collection, unless a version beside it uses the same."""
        collection = _collection(folder)
        others = (path for path in folder.parent.glob(f"*/{FILE}") if path.parent != folder)
        if all(_collection(path.parent) != collection for path in others):
            _asked(self.uri, lambda: self._client().drop_collection(collection))

    def _client(self) -> Any:
        try:
            from pymilvus import MilvusClient
        except ImportError as error:
            raise StoreError(
                f"the store '{self.name}' needs pymilvus: pip install -r requirements-milvus.txt"
            ) from error
        return _asked(self.uri, lambda: MilvusClient(uri=self.uri, token=self.token))


class MilvusStore:
    """One collection of ``size`` vectors, its rows as primary keys."""

    def __init__(self, client: Any, collection: str, size: int) -> None:
        self._client = client
        self._collection = collection
        self._size = size

    def count(self) -> int:
        """How many vectors the collection holds; 0 when there is no such collection."""
        if not self._client.has_collection(self._collection):
            return 0
        self._client.load_collection(self._collection)
        (row,) = self._client.query(self._collection, output_fields=["count(*)"])
        return int(row["count(*)"])

    def fill(self, vectors: Vectors) -> None:
        """Create the collection and put in every vector, unless it is complete already."""
        if self.count() == self._size:
            return
        if not self._client.has_collection(self._collection):
            self._create(vectors.shape[1])
        for start in range(0, self._size, _PART):
            part = np.asarray(vectors[start : start + _PART])
            rows = [{"row": start + i, "vector": vector} for i, vector in enumerate(part)]
            self._client.upsert(self._collection, rows)
        self._client.load_collection(self._collection)

    def save(self, folder: Path) -> None:
        """See ``VectorStore.save``; the vectors themselves are with Milvus."""
        (folder / FILE).write_text(json.dumps({"collection": self._collection}))

    def search(self, queries: Vectors, count: int) -> tuple[Vectors, Rows]:
        """See ``VectorStore.search``; StoreError when Milvus does not answer."""
        scores = np.full((len(queries), count), -np.inf, np.float32)
        rows = np.full((len(queries), count), NO_ROW, np.int64)
        found = _asked(
            self._collection,
            lambda: self._client.search(
                self._collection,
                data=list(queries),
                limit=min(count, self._size),
                output_fields=["row"],
            ),
        )
        for number, hits in enumerate(found):
            scores[number, : len(hits)] = [hit["distance"] for hit in hits]
            rows[number, : len(hits)] = [hit["row"] for hit in hits]
        return scores, rows

    def _create(self, dimensions: int) -> None:
        from pymilvus import DataType

        schema = self._client.create_schema(auto_id=False)
        schema.add_field("row", DataType.INT64, is_primary=True)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimensions)
        index = self._client.prepare_index_params()
        # Milvus itself picks the index type for its size and hardware.
        index.add_index("vector", index_type="AUTOINDEX", metric_type="IP")
        self._client.create_collection(
            self._collection, schema=schema, index_params=index, consistency_level="Strong"
        )


def _collection(folder: Path) -> str:
    try:
        return str(json.loads((folder / FILE).read_text())["collection"])
    except (OSError, ValueError, KeyError) as error:
        raise StoreError(f"'{folder / FILE}' does not name a collection: {error}") from error


def _asked(where: str, ask: Callable[[], _T]) -> _T:
    from pymilvus.exceptions import MilvusException

    try:
        return ask()
    except MilvusException as error:
        raise StoreError(f"Milvus ({where}) does not do as asked: {error.message}") from error
