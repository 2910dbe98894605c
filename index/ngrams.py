"""Words and pieces of words as a sparse vector: what catches spelling slips and rare terms.

Features are words, pairs of words, and runs of three to five characters inside a word; weights
are sublinear term counts times inverse document frequency, unit length for each of the two
families. Dutch compounds and misspellings share most of their character runs with the right form.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from knowledge.lexicon import Lexicon

_WORD = re.compile(r"\w+")
_SIZES = (3, 4, 5)
Rows = npt.NDArray[np.int32]
Weights = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NGrams:
    """The known features: name → row, and each row's inverse document frequency."""

    rows: Mapping[str, int]
    idf: Weights

    def transform(self, text: str) -> tuple[Rows, Weights]:
        """Return the rows of a prepared text's known features and their weights."""
        rows: list[int] = []
        weights: list[float] = []
        for family in (_words(text), _pieces(text)):
            known = {
                row: (1 + math.log(count)) * float(self.idf[row])
                for name, count in Counter(family).items()
                if (row := self.rows.get(name)) is not None
            }
            norm = math.sqrt(sum(w * w for w in known.values())) or 1.0
            rows.extend(known)
            weights.extend(weight / norm for weight in known.values())
        return np.array(rows, np.int32), np.array(weights, np.float32)


def fit_ngrams(texts: Sequence[str]) -> NGrams:
    """Learn the features of prepared texts; pieces that stand in one text only are left out."""
    frequency: Counter[str] = Counter()
    for text in texts:
        frequency.update({*_words(text), *_pieces(text)})
    names = sorted(n for n, count in frequency.items() if count > 1 or n.startswith("w:"))
    idf = [math.log((1 + len(texts)) / (1 + frequency[name])) + 1 for name in names]
    return NGrams({name: row for row, name in enumerate(names)}, np.array(idf, np.float32))


def prepare(text: str, lexicon: Lexicon) -> str:
    """Read a question in the guidance's words; terms that it gives an example of are added."""
    added = (f"§{term.replace(' ', '')}" for term in lexicon.terms(text))
    return " ".join((lexicon.translate(text).lower(), *added))


def _words(text: str) -> Iterator[str]:
    words = _WORD.findall(text)
    yield from (f"w:{word}" for word in words)
    yield from (f"w:{a} {b}" for a, b in pairwise(words))


def _pieces(text: str) -> Iterator[str]:
    for word in text.split():
        padded = f" {word} "
        for size in _SIZES:
            yield from (f"c:{padded[i : i + size]}" for i in range(max(len(padded) - size + 1, 1)))
