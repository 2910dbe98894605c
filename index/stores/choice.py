"""Which store: read from one setting, ``faiss`` or ``milvus:<address or file>``."""

import os

from index.errors import StoreError
from index.stores.faiss_store import FaissBackend
from index.stores.interface import Backend
from index.stores.milvus_store import MilvusBackend

STORE_VARIABLE = "AVG_ASSISTENT_STORE"
# Apart from the address, so that a secret stands in no command line and no manifest.
TOKEN_VARIABLE = "AVG_ASSISTENT_STORE_TOKEN"  # noqa: S105 (the name of a variable)


def choose_store(setting: str | None = None) -> Backend:
    """Return the backend that is set; ``setting`` defaults to AVG_ASSISTENT_STORE, then FAISS.

    Raises StoreError for anything else.
    """
    value = setting or os.environ.get(STORE_VARIABLE) or "faiss"
    kind, _, uri = value.partition(":")
    if value == "faiss":
        return FaissBackend()
    if kind == "milvus" and uri:
        return MilvusBackend(uri, os.environ.get(TOKEN_VARIABLE, ""))
    raise StoreError(
        f"the store '{value}' is not known; use 'faiss' or 'milvus:http://host:19530' "
        f"(--store or {STORE_VARIABLE})"
    )
