"""What anyone could wire in an afternoon, over the same passages: BM25, plain dense, their fusion.

A scorer scores passages; ``PassageSearcher`` makes of it the same ``Searcher`` that the product's
retriever is, so that one assistant and one runner serve them all.
"""

import logging
import re
from collections.abc import Sequence
from typing import Protocol

import bm25s
import numpy as np
import numpy.typing as npt
import Stemmer

from index.corpus import items
from index.encoder import Encoder
from index.hits import Hit, SearchResult, SectionHit
from knowledge.bank import Bank
from knowledge.library import Library

Scores = npt.NDArray[np.float32]
_RRF = 60
_WORD = re.compile(r"\w+")


class PassageScorer(Protocol):
    """Scores every passage of a library, in the order of ``library.places()``."""

    name: str

    def score(self, queries: Sequence[str]) -> tuple[Scores, Scores]:
        """Return scores (queries, passages), higher is better, and confidences (queries,).

        A confidence is 0 to 1 and uncalibrated: what one has without training.
        """
        ...


class PassageSearcher:
    """An entry's score is its best passage's, and so is a section's."""

    def __init__(self, library: Library, scorer: PassageScorer) -> None:
        self.library = library
        self.model = scorer.name
        self.version = scorer.name
        self._scorer = scorer
        self._places = tuple(library.places())

    def search_all(self, queries: Sequence[str], *, together: bool = False) -> list[SearchResult]:
        """See ``Searcher.search_all``; every result holds every entry."""
        if not queries:
            return []
        return [self._result(*pair) for pair in zip(*self._scorer.score(queries), strict=True)]

    def _result(self, scores: Scores, confidence: np.float32) -> SearchResult:
        best: dict[str, dict[str, float]] = {}
        for (entry, section, _), score in zip(self._places, scores, strict=True):
            sections = best.setdefault(entry.id, {})
            sections[section.id] = max(sections.get(section.id, -np.inf), float(score))
        ranked = sorted(best.items(), key=lambda item: -max(item[1].values()))
        hits = tuple(self._hit(entry_id, sections) for entry_id, sections in ranked)
        return SearchResult(hits, float(confidence), {}, float(confidence))

    def _hit(self, entry_id: str, scores: dict[str, float]) -> Hit:
        entry = self.library.entry(entry_id)
        ranked = sorted(scores, key=lambda name: -scores[name])
        sections = tuple(
            SectionHit(s, 1.0 if rank == 0 else 0.0, s.passages[0].sentences[0])
            for rank, s in enumerate(map(entry.section, ranked))
        )
        return Hit(entry, max(scores.values()), sections)


class BM25Scorer:
    """BM25 over words stemmed by Snowball; its best score s squashed to s / (1 + s)."""

    name = "BM25, Snowball"

    def __init__(self, library: Library) -> None:
        # It reports its progress as DEBUG, on a logger that lets everything through.
        logging.getLogger("bm25s").setLevel(logging.WARNING)
        self._stem = Stemmer.Stemmer("dutch").stemWords
        self._index = bm25s.BM25()
        texts = _texts(library)
        self._passages = len(texts)
        self._index.index([self._words(text) for text in texts], show_progress=False)

    def score(self, queries: Sequence[str]) -> tuple[Scores, Scores]:
        """See ``PassageScorer.score``."""
        scores = np.stack([self._scores(self._words(query)) for query in queries])
        best = scores.max(axis=1)
        return scores, np.asarray(best / (1 + best))

    def _scores(self, words: list[str]) -> Scores:
        # The package cannot score a question without a single word.
        return self._index.get_scores(words) if words else np.zeros(self._passages, np.float32)

    def _words(self, text: str) -> list[str]:
        return list(self._stem(_WORD.findall(text.lower())))


class DenseScorer:
    """Cosine between question and passage; the best one, as it is, for confidence."""

    def __init__(self, library: Library, encoder: Encoder) -> None:
        self.name = encoder.name
        self._encoder = encoder
        self._vectors = encoder.documents(_texts(library))

    def score(self, queries: Sequence[str]) -> tuple[Scores, Scores]:
        """See ``PassageScorer.score``."""
        scores = np.asarray(self._encoder.queries(queries) @ self._vectors.T)
        return scores, np.clip(scores.max(axis=1), 0, 1)


class FusionScorer:
    """Reciprocal-rank fusion of words and vectors (Cormack, Clarke and Buettcher 2009).

    A fused rank says nothing of how near a passage is, so the cosine stays its confidence.
    """

    def __init__(self, words: BM25Scorer, dense: DenseScorer) -> None:
        self.name = f"{words.name} + {dense.name}"
        self._words = words
        self._dense = dense

    def score(self, queries: Sequence[str]) -> tuple[Scores, Scores]:
        """See ``PassageScorer.score``."""
        by_words, _ = self._words.score(queries)
        by_vector, cosine = self._dense.score(queries)
        fused = 1 / (_RRF + _ranks(by_words)) + 1 / (_RRF + _ranks(by_vector))
        return np.asarray(fused, np.float32), cosine


def _ranks(scores: Scores) -> npt.NDArray[np.int64]:
    """Ranks from 1 in every row."""
    order = np.argsort(-scores, axis=1, kind="stable")
    return np.argsort(order, axis=1) + 1


def _texts(library: Library) -> list[str]:
    return [item.text for item in items(library, Bank((), ())) if item.kind == "passage"]
