"""The one door of this room: ``Retriever.search(query) -> SearchResult``."""

import hashlib
from collections.abc import Sequence
from itertools import groupby
from typing import Protocol

import numpy as np

from index.build import KnowledgeIndex
from index.encoder import Encoder, Vectors
from index.hits import Hit, SearchResult, SectionHit
from index.ngrams import prepare
from index.prototypes import fitted
from index.ranker import Ranker, Scores
from knowledge.bank import OUTSIDE_KINDS
from knowledge.lexicon import Lexicon
from knowledge.library import Library
from knowledge.model import Entry, Section, Sentence


class Searcher(Protocol):
    """What the assistant needs of a retriever; a baseline has it too.

    ``model`` tells in a saved run which weights ranked, ``version`` stands for all else that the
    order of the results depends on.
    """

    library: Library
    model: str
    version: str

    def search_all(self, queries: Sequence[str]) -> list[SearchResult]:
        """Search for many questions, embedded in one batch."""
        ...


class Retriever:
    """Encodes a question once, ranks every entry, and points out the sentence that answers."""

    def __init__(
        self,
        library: Library,
        lexicon: Lexicon,
        index: KnowledgeIndex,
        encoder: Encoder,
        ranker: Ranker,
    ) -> None:
        self.library = library
        self.model = encoder.name
        self.version = _version(ranker, index, lexicon)
        self.encoder = encoder
        self._lexicon = lexicon
        self._ranker = fitted(ranker, library, index)
        self._entries = tuple(library.entries())
        self._column = {target: i for i, target in enumerate(self._ranker.targets)}
        statements = [row for row, item in enumerate(index.items) if item.kind == "statement"]
        self._statements = np.asarray(index.vectors[statements])
        self._rows = _rows_by_section(index, statements)

    def search(self, query: str) -> SearchResult:
        """Return every entry, best first, with the evidence for it."""
        return self.search_all([query])[0]

    def search_all(self, queries: Sequence[str]) -> list[SearchResult]:
        """See ``Searcher.search_all``."""
        vectors = self.encoder.queries([self._lexicon.translate(query) for query in queries])
        return [
            self._result(vector, self._ranker.score(vector, prepare(query, self._lexicon)))
            for query, vector in zip(queries, vectors, strict=True)
        ]

    def _result(self, vector: Vectors, scores: Scores) -> SearchResult:
        outside = {
            kind: float(scores.targets[self._column[kind]])
            for kind in OUTSIDE_KINDS
            if kind in self._column
        }
        total = max(1.0 - sum(outside.values()), 1e-9)
        cosines = self._statements @ vector
        hits = [self._hit(entry, scores, total, cosines) for entry in self._entries]
        hits.sort(key=lambda hit: -hit.score)
        return SearchResult(
            tuple(hits), scores.inside, outside, scores.inside * hits[0].score, scores.signals
        )

    def _hit(self, entry: Entry, scores: Scores, total: float, cosines: Vectors) -> Hit:
        shares = {
            section.id: float(scores.targets[self._column[section.id]])
            for section in entry.sections
            if section.passages
        }
        whole = max(sum(shares.values()), 1e-9)
        ranked = sorted(
            (section for section in entry.sections if section.passages),
            key=lambda section: -shares[section.id],
        )
        return Hit(
            entry,
            min(whole / total, 1.0),
            tuple(
                SectionHit(section, shares[section.id] / whole, self._opening(section, cosines))
                for section in ranked
            ),
        )

    def _opening(self, section: Section, cosines: Vectors) -> Sentence:
        statements = [s for passage in section.passages for s in passage.sentences]
        return statements[int(np.argmax(cosines[self._rows[section.id]]))]


def _version(ranker: Ranker, index: KnowledgeIndex, lexicon: Lexicon) -> str:
    digest = hashlib.sha256(repr(lexicon).encode())
    for item in index.items:
        digest.update(f"{item.key} {item.target}".encode())
    for array in (ranker.center, ranker.prototypes, ranker.weights, ranker.bias, ranker.prior):
        digest.update(array.tobytes())
    digest.update(repr((ranker.targets, ranker.calibration)).encode())
    return digest.hexdigest()


def _rows_by_section(index: KnowledgeIndex, statements: Sequence[int]) -> dict[str, slice]:
    # Statements stand in reading order, so a section's are neighbours.
    rows: dict[str, slice] = {}
    numbered = enumerate(index.items[row].target for row in statements)
    for target, group in groupby(numbered, key=lambda pair: pair[1]):
        numbers = [number for number, _ in group]
        rows[target] = slice(numbers[0], numbers[-1] + 1)
    return rows
