"""Puts questions that are alike together, by their words and pieces of words.

Not by the question vectors: these are tuned to tell sections apart, and hold all that the guidance
leaves open for nearly the same.
"""

from collections.abc import Sequence

# Average cosine within a group; below it two questions read as different ones.
ALIKE = 0.15


def alike(texts: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Group the texts' numbers, the largest group first; every number stands in one group."""
    if len(texts) < 2:
        return tuple((number,) for number in range(len(texts)))
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    # The mark in front lets a text of one sign, or of none, have pieces too.
    vectors = pieces.fit_transform([f"\u00b6\u00b6 {text}" for text in texts])
    distances = 1 - (vectors @ vectors.T).toarray()
    clusters = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - ALIKE
    ).fit(distances)
    groups: dict[int, list[int]] = {}
    for number, label in enumerate(clusters.labels_):
        groups.setdefault(int(label), []).append(number)
    return tuple(sorted(map(tuple, groups.values()), key=lambda group: (-len(group), group)))
