"""Learns from known clauses which part of an agreement a text is about, and what it says of it.

Two questions are asked of a text and a part. Is it about the part at all (``relevance``, near 1
when it is)? And does it give what is asked, or the opposite (``stance``, near 1 or -1)? Both are
least-squares fits over the text's vector and its words. The second shares half of what it learns
between the parts, since "is niet verplicht" turns every part round.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.encoder import Encoder, Vectors
from index.ngrams import NGrams, Rows, Weights, fit_ngrams
from knowledge.agreement import Example

# Chosen on the development set: see docs/agreement.md.
VECTOR_SHARE = 0.4
RELEVANCE_RIDGE = 0.3
STANCE_RIDGE = 0.1
SHARED_STANCE = 0.5
# Texts a part that get a vector, those whose words fit it best: a long agreement stays fast.
SHORTLIST = 6
Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class ClauseScores:
    """``relevance`` and ``stance``, both (texts, parts).

    Relevance is 0 where words rule it out; stance 1 for a part that no known clause contradicts.
    """

    relevance: Vectors
    stance: Vectors


@dataclass(frozen=True, slots=True)
class Fit:
    """A linear function of a text's two views to one number a part."""

    by_vector: Vectors
    by_words: Vectors
    offset: Vectors

    def score(self, vector: Vectors, words: tuple[Rows, Weights]) -> Vectors:
        """Score one text by its centered vector (dimensions,) and its words."""
        rows, values = words
        return np.asarray(vector @ self.by_vector + values @ self.by_words[rows] + self.offset)


@dataclass(frozen=True, slots=True)
class ClauseModel:
    """Made by ``fit_clauses``. Keeps nothing of what it scores."""

    ngrams: NGrams
    center: Vectors
    rough: Vectors
    relevance: Fit
    stance: Fit
    contradicted: npt.NDArray[np.bool_]

    def score(self, texts: Sequence[str], encoder: Encoder) -> ClauseScores:
        """Score one text or more; ``encoder`` is the one that embedded the examples."""
        relevance = np.zeros((len(texts), self.rough.shape[1]), np.float32)
        stance = np.zeros_like(relevance)
        words = [_words(text, self.ngrams) for text in texts]
        chosen = self._shortlist(words)
        vectors = _centered(encoder.documents([texts[i] for i in chosen]), self.center)
        for i, vector in zip(chosen, vectors, strict=True):
            relevance[i] = self.relevance.score(vector, words[i])
            stance[i] = np.where(self.contradicted, self.stance.score(vector, words[i]), 1.0)
        return ClauseScores(relevance, stance)

    def _shortlist(self, words: Sequence[tuple[Rows, Weights]]) -> list[int]:
        fits = np.stack([values @ self.rough[rows] for rows, values in words])
        return sorted(set(np.argsort(-fits, axis=0, kind="stable")[:SHORTLIST].ravel().tolist()))


def fit_clauses(examples: Sequence[Example], parts: Sequence[str], vectors: Vectors) -> ClauseModel:
    """Fit on examples and their vectors (examples, dimensions); the same input, the same model."""
    ngrams = fit_ngrams([example.text.lower() for example in examples])
    words = np.zeros((len(examples), len(ngrams.rows)), np.float32)
    for row, example in enumerate(examples):
        columns, values = _words(example.text, ngrams)
        words[row, columns] = values
    center = np.asarray(vectors.mean(axis=0))
    vectors = _centered(vectors, center)
    alike = words @ words.T
    both = VECTOR_SHARE * vectors @ vectors.T + (1 - VECTOR_SHARE) * alike
    about = np.array([[part in (*e.covers, *e.contradicts) for part in parts] for e in examples])
    offset = about.mean(axis=0)

    def fit(duals: Floats, offset: Floats) -> Fit:
        return Fit(
            np.asarray(VECTOR_SHARE * vectors.T @ duals, np.float32),
            np.asarray((1 - VECTOR_SHARE) * words.T @ duals, np.float32),
            np.asarray(offset, np.float32),
        )

    rough = words.T @ _ridge(alike, about - offset, RELEVANCE_RIDGE)
    relevance = fit(_ridge(both, about - offset, RELEVANCE_RIDGE), offset)
    stance = fit(*_stance(examples, parts, both))
    contradicted = np.array([any(part in e.contradicts for e in examples) for part in parts])
    return ClauseModel(
        ngrams, center, np.asarray(rough, np.float32), relevance, stance, contradicted
    )


def _stance(
    examples: Sequence[Example], parts: Sequence[str], alike: Floats
) -> tuple[Floats, Floats]:
    """Fit on each pair of an example and a part that it is about; two pairs of one part are
    alike in full, two of different parts for the share that parts have in common."""
    signed = [
        (row, parts.index(part), sign)
        for row, example in enumerate(examples)
        for sign, named in ((1.0, example.covers), (-1.0, example.contradicts))
        for part in named
    ]
    row, part, sign = (np.array(column) for column in zip(*signed, strict=True))
    mean = sign.mean()
    shared = SHARED_STANCE + (1 - SHARED_STANCE) * (part[:, None] == np.arange(len(parts)))
    pairs = alike[np.ix_(row, row)] * shared[:, part]
    weights = _ridge(pairs, sign - mean, STANCE_RIDGE)
    duals = np.zeros((len(examples), len(parts)))
    np.add.at(duals, row, weights[:, None] * shared)
    return duals, np.full(len(parts), mean)


def _ridge(alike: Floats, targets: Floats, ridge: float) -> Floats:
    return np.asarray(np.linalg.solve(alike + ridge * np.eye(len(alike)), targets))


def _words(text: str, ngrams: NGrams) -> tuple[Rows, Weights]:
    # Words and pieces of words each have unit length; halved, the two together have.
    rows, values = ngrams.transform(text.lower())
    return rows, np.asarray(values * np.sqrt(0.5), np.float32)


def _centered(vectors: Vectors, center: Vectors) -> Vectors:
    moved = vectors - center
    norms = np.linalg.norm(moved, axis=-1, keepdims=True)
    return np.asarray(moved / np.maximum(norms, 1e-9), np.float32)
