"""A large library's shortlist: which sections are worth ranking for this question.

The ranker weighs every section it is given, so its time grows with their number. From
``LARGE`` passages on it is given the sections that come first by meaning (the vector store) or
by words (BM25); up to there, every one.
"""

import numpy as np

from index.build import KnowledgeIndex
from index.encoder import Vectors
from index.stores.interface import NO_ROW

LIMIT = 200
# More rows than sections: a section has several passages, and questions of its own.
_ROWS = 400
# Reciprocal-rank fusion's constant, as its authors have it (Cormack, Clarke & Büttcher 2009).
_RRF = 60


class Candidates:
    """Finds at most ``limit`` sections in one index."""

    def __init__(self, index: KnowledgeIndex, limit: int = LIMIT) -> None:
        self._store = index.store
        self._words = index.words
        self._limit = limit
        self._passages = [item.target for item in index.items if item.kind == "passage"]
        self._targets = [item.target for item in index.items if item.kind != "statement"]
        self._sections = dict.fromkeys(self._passages)

    def find(self, vector: Vectors, text: str) -> tuple[str, ...]:
        """Return section ids, likeliest first, for a question's vector (dimensions,) and text.

        A small library's sections are all returned, in reading order. Raises StoreError when the
        store does not answer.
        """
        if self._words is None:
            return tuple(self._sections)
        _, rows = self._store.search(vector[np.newaxis], _ROWS)
        scores: dict[str, float] = {}
        by_meaning = (self._targets[row] for row in rows[0] if row != NO_ROW)
        by_words = (self._passages[row] for row in self._words.search(text, _ROWS))
        for ranking in (by_meaning, by_words):
            # An entry that opens with a heading has questions, but no passage to rank.
            sections = dict.fromkeys(name for name in ranking if name in self._sections)
            for rank, section in enumerate(sections):
                scores[section] = scores.get(section, 0.0) + 1 / (_RRF + 1 + rank)
        found = sorted(scores, key=lambda section: -scores[section])
        return tuple(found[: self._limit])
