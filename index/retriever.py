"""The one door of this room: ``Retriever.search(query) -> SearchResult``."""

import numpy as np

from index.build import KnowledgeIndex
from index.encoder import Encoder
from index.hits import Hit, SearchResult, SectionHit
from knowledge.library import Library


class Retriever:
    """PRELIMINARY plain dense search, to be replaced by the ranker."""

    def __init__(self, library: Library, index: KnowledgeIndex, encoder: Encoder) -> None:
        self.library = library
        self._index = index
        self._encoder = encoder

    def search(self, query: str) -> SearchResult:
        vector = self._encoder.queries([query])[0]
        cosines = self._index.vectors @ vector
        best: dict[str, float] = {}
        statement: dict[str, float] = {}
        for item, cosine in zip(self._index.items, cosines, strict=True):
            if item.kind == "statement":
                statement[item.text] = float(cosine)
            else:
                best[item.target] = max(best.get(item.target, -1.0), float(cosine))
        entries = list(self.library.entries())
        top = np.array([max(best.get(s.id, -1) for s in e.sections) for e in entries])
        scores = np.exp((top - top.max()) * 50)
        scores /= scores.sum()
        hits = []
        for score, entry in sorted(zip(scores, entries, strict=True), key=lambda p: -p[0]):
            sections = sorted(
                (s for s in entry.sections if s.passages), key=lambda s: -best.get(s.id, -1)
            )
            hits.append(
                Hit(
                    entry,
                    float(score),
                    tuple(
                        SectionHit(
                            s,
                            1.0 / (i + 1),
                            max(
                                (x for p in s.passages for x in p.sentences),
                                key=lambda x: statement.get(x.text, -1),
                            ),
                        )
                        for i, s in enumerate(sections)
                    ),
                )
            )
        inside = float(1 / (1 + np.exp(-(top.max() - 0.86) * 60)))
        return SearchResult(tuple(hits), inside, {"near": 1.0 - inside}, inside * hits[0].score)
