"""A large library's shortlist: which entries are worth a hit for this question.

The ranker scores all sections in one product, but a hit, with its evidence, is made entry by
entry. From ``LARGE`` passages on hits are made of the entries that come first by meaning (the
vector store) or by words (BM25); up to there, of every one.
"""

import numpy as np

from index.build import KnowledgeIndex
from index.encoder import Vectors
from index.lexical import LexicalIndex
from index.stores.interface import NO_ROW

LIMIT = 100
# More rows than entries: an entry has several passages, and questions of its own.
_ROWS = 400
# Reciprocal-rank fusion's constant, as its authors have it (Cormack, Clarke & Büttcher 2009).
_RRF = 60


class Candidates:
    """Finds at most ``LIMIT`` entries in one index by its store and its ``words``."""

    def __init__(self, index: KnowledgeIndex, words: LexicalIndex) -> None:
        self._store = index.store
        self._words = words
        # Passages come first among the items, so this names a passage's entry too.
        self._entries = [
            item.target.partition("/")[0] for item in index.items if item.kind != "statement"
        ]

    def find(self, vector: Vectors, text: str) -> list[str]:
        """Return entry ids, likeliest first, for a question's vector (dimensions,) and text.

        Raises StoreError when the store does not answer.
        """
        _, rows = self._store.search(vector[np.newaxis], _ROWS)
        scores: dict[str, float] = {}
        for found in (rows[0], self._words.search(text, _ROWS)):
            entries = dict.fromkeys(self._entries[row] for row in found if row != NO_ROW)
            for rank, entry in enumerate(entries):
                scores[entry] = scores.get(entry, 0.0) + 1 / (_RRF + 1 + rank)
        return sorted(scores, key=lambda entry: -scores[entry])[:LIMIT]
