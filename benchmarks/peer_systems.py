"""Ours and its peers behind one shape, each wired as its own documentation shows.

A peer embeds question and passage with the prompts that the model asks for, keeps its index on
disk, and answers with the entry of its best passage.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.torch_folder import PASSAGE, QUERY
from knowledge.library import load_library

Find = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The same passages for every peer: their texts and the entry of each."""

    texts: tuple[str, ...]
    entries: tuple[str, ...]


def guidance() -> Corpus:
    """The guidance's passages, each with its question, as the baselines of eval read them."""
    places = tuple(load_library().places())
    texts = tuple(f"{entry.question} {passage.text}" for entry, _, passage in places)
    return Corpus(texts, tuple(entry.id for entry, _, _ in places))


def ours(_: Path, folder: Path) -> Find:
    """The whole assistant: reading the conversation, ranking, deciding and composing."""
    from assistant.start import open_assistant

    assistant = open_assistant(cache=folder)

    def find(question: str) -> str | None:
        why: Mapping[str, Any] = assistant.ask(question, explain=True).explanation or {}
        candidates: Sequence[Mapping[str, str]] = why.get("candidates", ())
        return candidates[0]["entry_id"] if candidates else None

    return find


def plain(model: Path, folder: Path) -> Find:
    """sentence-transformers and FAISS."""
    import faiss
    from sentence_transformers import SentenceTransformer

    corpus, path = guidance(), folder / "index.faiss"
    encoder = SentenceTransformer(
        str(model), device="cpu", prompts={"query": QUERY, "document": PASSAGE}
    )
    if not path.exists():
        vectors = encoder.encode_document(list(corpus.texts))
        exact = faiss.IndexFlatIP(vectors.shape[1])
        exact.add(vectors)
        faiss.write_index(exact, str(path))
    index = faiss.read_index(str(path))

    def find(question: str) -> str | None:
        _, rows = index.search(encoder.encode_query([question], show_progress_bar=False), 1)
        return corpus.entries[int(rows[0, 0])]

    return find


def txtai(model: Path, folder: Path) -> Find:
    """txtai's Embeddings, dense."""
    from txtai import Embeddings

    corpus, path = guidance(), folder / "index"
    embeddings = Embeddings(
        path=str(model), method="sentence-transformers", gpu=False,
        instructions={"query": QUERY, "data": PASSAGE},
    )  # fmt: skip
    if not path.exists():
        embeddings.index(list(enumerate(corpus.texts)))
        embeddings.save(str(path))
    embeddings.load(str(path))
    return lambda question: corpus.entries[int(embeddings.search(question, 1)[0][0])]


def haystack(model: Path, folder: Path) -> Find:
    """Haystack's in-memory store behind its pipeline."""
    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"
    from haystack import Document, Pipeline
    from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack_integrations.components.embedders.sentence_transformers import (
        SentenceTransformersDocumentEmbedder,
        SentenceTransformersTextEmbedder,
    )

    corpus, path = guidance(), folder / "store.json"
    settings: dict[str, Any] = {"model": str(model), "progress_bar": False}
    if not path.exists():
        store = InMemoryDocumentStore(embedding_similarity_function="cosine")
        embedder = SentenceTransformersDocumentEmbedder(prefix=PASSAGE, **settings)
        embedder.warm_up()
        documents = [
            Document(content=text, meta={"entry": entry})
            for text, entry in zip(corpus.texts, corpus.entries, strict=True)
        ]
        store.write_documents(embedder.run(documents)["documents"])
        store.save_to_disk(str(path))
    store = InMemoryDocumentStore.load_from_disk(str(path))
    pipeline = Pipeline()
    pipeline.add_component("embedder", SentenceTransformersTextEmbedder(prefix=QUERY, **settings))
    pipeline.add_component("retriever", InMemoryEmbeddingRetriever(store, top_k=1))
    pipeline.connect("embedder.embedding", "retriever.query_embedding")

    def find(question: str) -> str | None:
        found = pipeline.run({"embedder": {"text": question}})["retriever"]["documents"]
        return str(found[0].meta["entry"])

    return find


SYSTEMS: Mapping[str, Callable[[Path, Path], Find]] = {
    "ours": ours,
    "sentence-transformers + FAISS": plain,
    "txtai": txtai,
    "Haystack": haystack,
}
