"""The three stages of ``benchmarks.large``: embed once, then for each size build and ask."""

import resource
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.generated import more_vectors, passages, questions
from index.build import KnowledgeIndex
from index.candidates import Candidates
from index.corpus import Item
from index.encoder import Vectors, load_encoder
from index.lexical import LexicalIndex
from index.ranker_file import ADAPTER, TRAINED
from index.stores.faiss_store import FaissBackend

REAL = 1_000
QUESTIONS = 200
RECALL_AT = 10
Row = dict[str, float | str]


def embed(size: int, folder: Path) -> Row:
    """Embed the first passages and all questions; write ``size`` vectors in all."""
    encoder = load_encoder(adapter=TRAINED / ADAPTER)
    np.save(folder / "questions.npy", encoder.queries(questions(QUESTIONS)))
    real = encoder.documents(list(passages(min(size, REAL))))
    shape = (max(size, len(real)), encoder.dimensions)
    vectors = np.lib.format.open_memmap(folder / "vectors.npy", "w+", np.float32, shape)
    vectors[: len(real)] = real
    at = len(real)
    for part in more_vectors(real, size - at):
        vectors[at : at + len(part)] = part
        at += len(part)
    vectors.flush()
    return {}


def build(size: int, folder: Path) -> Row:
    """Build and save both indexes in ``folder/index``."""
    target = folder / "index"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    vectors = _vectors(size, folder)
    start = time.perf_counter()
    store = FaissBackend().build(vectors)
    built = time.perf_counter() - start
    store.save(target)
    texts = list(passages(size))
    start = time.perf_counter()
    words = LexicalIndex.build(texts)
    words_built = time.perf_counter() - start
    words.save(target)
    files = sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
    return {
        "kind": store.kind,
        "build": built,
        "words_build": words_built,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "disk": (files + vectors.nbytes) / 1e6,
    }


def ask(size: int, folder: Path) -> Row:
    """Open both indexes, memory-mapped, and put every question to each."""
    target, texts = folder / "index", questions(QUESTIONS)
    vectors, asked = _vectors(size, folder), np.load(folder / "questions.npy")
    exact = _exact(vectors, asked)
    before = resident()
    start = time.perf_counter()
    store = FaissBackend().load(target, vectors)
    words = LexicalIndex.load(target)
    opened = time.perf_counter() - start
    found: list[Any] = []
    by_meaning = _milliseconds(lambda i: found.append(store.search(asked[i : i + 1], 10)[1][0]))
    by_words = _milliseconds(lambda i: words.search(texts[i], 10))
    memory = resident() - before
    hits = [len({*a} & {*b}) for a, b in zip(found[-QUESTIONS:], exact, strict=True)]
    items = tuple(Item("passage", "", str(row)) for row in range(size))
    candidates = Candidates(KnowledgeIndex(items, vectors, store, words, is_tuned=True), words)
    find = _milliseconds(lambda i: candidates.find(asked[i], texts[i]))
    return {
        "open": opened,
        "memory": memory,
        "p50": float(np.percentile(by_meaning, 50)),
        "p95": float(np.percentile(by_meaning, 95)),
        "recall": sum(hits) / exact.size,
        "words_p95": float(np.percentile(by_words, 95)),
        "find_p50": float(np.percentile(find, 50)),
        "find_p95": float(np.percentile(find, 95)),
    }


def _vectors(size: int, folder: Path) -> Vectors:
    vectors: Vectors = np.load(folder / "vectors.npy", mmap_mode="r")[:size]
    return vectors


def _exact(vectors: Vectors, asked: Vectors) -> "np.typing.NDArray[np.int64]":
    count = min(RECALL_AT, len(vectors))
    best = np.zeros((len(asked), 0), np.int64)
    for start in range(0, len(vectors), 100_000):
        rows = np.arange(start, min(start + 100_000, len(vectors)))
        rows = np.concatenate([best, np.broadcast_to(rows, (len(asked), len(rows)))], axis=1)
        scores = np.concatenate(
            [
                np.einsum("qd,qbd->qb", asked, vectors[best]),
                asked @ vectors[start : start + 100_000].T,
            ],
            axis=1,
        )
        top = np.argpartition(-scores, count - 1, axis=1)[:, :count]
        best = np.take_along_axis(rows, top, axis=1)
    return best


def _milliseconds(work: Callable[[int], object]) -> list[float]:
    for number in range(20):
        work(number)
    times = []
    for number in range(QUESTIONS):
        start = time.perf_counter()
        work(number)
        times.append(1_000 * (time.perf_counter() - start))
    return times


def resident(process: int | str = "self") -> float:
    """Resident memory of a process in MB."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6
