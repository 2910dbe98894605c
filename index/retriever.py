"""The one door of this room: ``Retriever.search(query) -> SearchResult``."""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import Protocol

import numpy as np

from index.build import KnowledgeIndex
from index.candidates import Candidates
from index.corpus import Item
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

    def search_all(self, queries: Sequence[str], *, together: bool = False) -> list[SearchResult]:
        """Search for many questions, embedded in one batch.

        ``together`` takes them as readings of one question: all results hold the same entries.
        """
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
        self._column = {target: i for i, target in enumerate(self._ranker.targets)}
        self._candidates = Candidates(index, index.words) if index.words else None
        # Training knows ways of asking for these that no index of their words can.
        self._trained = _entries(self._ranker.targets[: len(self._ranker.bias)])
        # Statements stand last, in reading order.
        items = [item for item in index.items if item.kind == "statement"]
        self._statements = np.asarray(index.vectors[len(index.items) - len(items) :])
        self._rows = _rows_by_section(items)

    def search(self, query: str) -> SearchResult:
        """Return every entry, best first, with the evidence for it; in a large library those
        worth ranking."""
        return self.search_all([query])[0]

    def search_all(self, queries: Sequence[str], *, together: bool = False) -> list[SearchResult]:
        """See ``Searcher.search_all``."""
        translated = [self._lexicon.translate(query) for query in queries]
        vectors = self.encoder.queries(translated)
        if self._candidates is None:
            entries = tuple(self.library.entries())
            return [self._result(entries, *asked) for asked in zip(queries, vectors, strict=True)]
        found = [self._candidates.find(*asked) for asked in zip(vectors, translated, strict=True)]
        if together:
            found = [[*chain(*found)]] * len(queries)
        return [self._shortlisted(*asked) for asked in zip(found, queries, vectors, strict=True)]

    def _shortlisted(self, ids: Sequence[str], query: str, vector: Vectors) -> SearchResult:
        entries = [self.library.entry(name) for name in dict.fromkeys((*self._trained, *ids))]
        return self._result(entries, query, vector)

    def _result(self, entries: Sequence[Entry], query: str, vector: Vectors) -> SearchResult:
        scores = self._ranker.score(vector, prepare(query, self._lexicon))
        outside = {
            kind: float(scores.targets[self._column[kind]])
            for kind in OUTSIDE_KINDS
            if kind in self._column
        }
        total = max(1.0 - sum(outside.values()), 1e-9)
        hits = [self._hit(entry, scores, total, vector) for entry in entries]
        hits.sort(key=lambda hit: -hit.score)
        return SearchResult(
            tuple(hits), scores.inside, outside, scores.inside * hits[0].score, scores.signals
        )

    def _hit(self, entry: Entry, scores: Scores, total: float, vector: Vectors) -> Hit:
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
        openings = self._openings(ranked, vector)
        return Hit(
            entry,
            min(whole / total, 1.0),
            tuple(
                SectionHit(section, shares[section.id] / whole, opening)
                for section, opening in zip(ranked, openings, strict=True)
            ),
        )

    def _openings(self, sections: Sequence[Section], vector: Vectors) -> Iterator[Sentence]:
        """The sentence of each section of one entry that is nearest to the question."""
        # An entry's statements stand together, so that one product serves them all.
        rows = [self._rows[section.id] for section in sections]
        first = min(row.start for row in rows)
        cosines = self._statements[first : max(row.stop for row in rows)] @ vector
        for section, row in zip(sections, rows, strict=True):
            statements = [s for passage in section.passages for s in passage.sentences]
            yield statements[int(np.argmax(cosines[row.start - first : row.stop - first]))]


def _entries(targets: Sequence[str]) -> tuple[str, ...]:
    names = (name.partition("/")[0] for name in targets if name not in OUTSIDE_KINDS)
    return tuple(dict.fromkeys(names))


def _version(ranker: Ranker, index: KnowledgeIndex, lexicon: Lexicon) -> str:
    digest = hashlib.sha256(repr(lexicon).encode())
    for item in index.items:
        digest.update(f"{item.key} {item.target}".encode())
    for array in (ranker.center, ranker.prototypes, ranker.weights, ranker.bias, ranker.prior):
        digest.update(array.tobytes())
    digest.update(repr((ranker.targets, ranker.calibration)).encode())
    return digest.hexdigest()


def _rows_by_section(statements: Sequence[Item]) -> dict[str, slice]:
    rows: dict[str, slice] = {}
    numbered = enumerate(item.target for item in statements)
    for target, group in groupby(numbered, key=lambda pair: pair[1]):
        numbers = [number for number, _ in group]
        rows[target] = slice(numbers[0], numbers[-1] + 1)
    return rows
