"""BM25 over stemmed Dutch words, memory-mapped: finds passages by the words they share."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import Stemmer

from index.errors import StoreError

if TYPE_CHECKING:
    from bm25s import BM25

FOLDER = "words"
_WORD = re.compile(r"\w+")


class LexicalIndex:
    """``size`` texts, numbered in the order given."""

    def __init__(self, scorer: "BM25", size: int) -> None:
        self._scorer = scorer
        self._size = size

    @classmethod
    def build(cls, texts: Sequence[str]) -> "LexicalIndex":
        """Index the texts."""
        from bm25s import BM25

        scorer = BM25()
        scorer.index([_words(text) for text in texts], show_progress=False)
        return cls(scorer, len(texts))

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Reopen what ``save`` wrote, memory-mapped; StoreError when it cannot be read."""
        from bm25s import BM25

        try:
            scorer = BM25.load(folder / FOLDER, mmap=True)
        except (OSError, ValueError, KeyError) as error:
            raise StoreError(f"BM25 cannot read '{folder / FOLDER}': {error}") from error
        return cls(scorer, int(scorer.scores["num_docs"]))

    def save(self, folder: Path) -> None:
        """Write to a version's folder; raises OSError."""
        self._scorer.save(folder / FOLDER)

    def search(self, text: str, count: int) -> npt.NDArray[np.int64]:
        """Return the numbers of at most ``count`` texts that share a word with it, best first."""
        known = [word for word in _words(text) if word in self._scorer.vocab_dict]
        if not known:
            return np.empty(0, np.int64)
        scores = self._scorer.get_scores(known)
        count = min(count, self._size)
        best = np.argpartition(-scores, count - 1)[:count]
        best = best[np.argsort(-scores[best], kind="stable")]
        return np.asarray(best[scores[best] > 0], np.int64)


def _words(text: str) -> list[str]:
    return list(_STEMMER.stemWords(_WORD.findall(text.lower())))


_STEMMER = Stemmer.Stemmer("dutch")
