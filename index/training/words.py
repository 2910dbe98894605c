"""Fits the word view: multinomial logistic regression over words and pieces of words."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from index.ngrams import NGrams, fit_ngrams
from index.packaged_file import Floats

STRENGTH = 10.0


def fit_words(prepared: Sequence[str], labels: Sequence[int]) -> tuple[NGrams, Floats, Floats]:
    """Return the features, their weights (features, targets) and the bias (targets,)."""
    ngrams = fit_ngrams(prepared)
    pairs = [ngrams.transform(text) for text in prepared]
    starts = np.cumsum([0, *(len(rows) for rows, _ in pairs)])
    matrix = csr_matrix(
        (
            np.concatenate([weights for _, weights in pairs]),
            np.concatenate([rows for rows, _ in pairs]),
            starts,
        ),
        shape=(len(prepared), len(ngrams.rows)),
    )
    model = LogisticRegression(C=STRENGTH, max_iter=3_000).fit(matrix, labels)
    return (
        ngrams,
        np.asarray(model.coef_.T, np.float32),
        np.asarray(model.intercept_, np.float32),
    )
