"""What anyone could wire in an afternoon, over the same passages: BM25, plain dense, their fusion.

Each is a ``Searcher`` like the product's retriever, so that one runner scores them all. Their
confidence is the best raw score squashed by a fixed curve: enough to rank by, not calibrated.
"""

import re
from collections.abc import Sequence

import bm25s
import numpy as np
import numpy.typing as npt
import Stemmer

from index.build import KnowledgeIndex
from index.encoder import Encoder
from index.hits import Hit, SearchResult, SectionHit
from knowledge.library import Library

Scores = npt.NDArray[np.float32]
_RRF = 60
_WORD = re.compile(r"\w+")


class Baseline:
    """Scores every passage; an entry's score is its best passage's."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._places = tuple(library.places())

    def search_all(self, queries: Sequence[str]) -> list[SearchResult]:
        """Search for many questions."""
        return [self._result(scores) for scores in self.passage_scores(queries)]

    def passage_scores(self, queries: Sequence[str]) -> Scores:
        """Return (queries, passages), higher is better, in the order of ``library.places()``."""
        raise NotImplementedError

    def _result(self, scores: Scores) -> SearchResult:
        best: dict[str, dict[str, float]] = {}
        for (entry, section, _), score in zip(self._places, scores, strict=True):
            sections = best.setdefault(entry.id, {})
            sections[section.id] = max(sections.get(section.id, -np.inf), float(score))
        ranked = sorted(best.items(), key=lambda item: -max(item[1].values()))
        hits = tuple(self._hit(entry_id, sections) for entry_id, sections in ranked)
        confidence = float(scores.max() / (1 + abs(scores.max())))
        return SearchResult(hits, confidence, {}, confidence)

    def _hit(self, entry_id: str, scores: dict[str, float]) -> Hit:
        entry = self.library.entry(entry_id)
        ranked = sorted(scores, key=lambda name: -scores[name])
        sections = tuple(
            SectionHit(s, 1.0 if rank == 0 else 0.0, s.passages[0].sentences[0])
            for rank, s in enumerate(map(entry.section, ranked))
        )
        return Hit(entry, max(scores.values()), sections)


class BM25Baseline(Baseline):
    """BM25 over words stemmed by Snowball."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self._stem = Stemmer.Stemmer("dutch").stemWords
        self._index = bm25s.BM25()
        texts = [f"{entry.question} {p.text}" for entry, _, p in self._places]
        self._index.index([self._words(text) for text in texts], show_progress=False)

    def passage_scores(self, queries: Sequence[str]) -> Scores:
        """See ``Baseline.passage_scores``."""
        return np.stack([self._index.get_scores(self._words(query)) for query in queries])

    def _words(self, text: str) -> list[str]:
        return list(self._stem(_WORD.findall(text.lower())))


class DenseBaseline(Baseline):
    """Nearest passage by cosine."""

    def __init__(self, library: Library, index: KnowledgeIndex, encoder: Encoder) -> None:
        super().__init__(library)
        rows = [row for row, item in enumerate(index.items) if item.kind == "passage"]
        self._vectors = np.asarray(index.vectors[rows])
        self._encoder = encoder

    def passage_scores(self, queries: Sequence[str]) -> Scores:
        """See ``Baseline.passage_scores``."""
        return np.asarray(self._encoder.queries(queries) @ self._vectors.T)


class FusionBaseline(Baseline):
    """Reciprocal-rank fusion of the two."""

    def __init__(self, parts: Sequence[Baseline]) -> None:
        super().__init__(parts[0].library)
        self._parts = tuple(parts)

    def passage_scores(self, queries: Sequence[str]) -> Scores:
        """See ``Baseline.passage_scores``."""
        total = np.zeros((len(queries), len(self._places)), np.float32)
        for part in self._parts:
            ranks = np.argsort(np.argsort(-part.passage_scores(queries), axis=1), axis=1)
            total += 1 / (_RRF + 1 + ranks)
        return total
