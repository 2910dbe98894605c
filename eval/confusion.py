"""Which entries are taken for which."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from eval.records import Record, of_kind
from knowledge.library import Library
from knowledge.model import Entry

MOST_ENTRIES = 20


@dataclass(frozen=True, slots=True)
class Confusion:
    """``counts[i][j]``: in-scope questions for ``entries[i]`` whose ranking opened with
    ``entries[j]``."""

    entries: tuple[Entry, ...]
    counts: tuple[tuple[int, ...], ...]

    def worst(self, most: int = 5) -> list[tuple[int, int, int]]:
        """The commonest mistakes: (number of the right entry, of the first one, questions)."""
        mistakes = [
            (row, column, count)
            for row, counts in enumerate(self.counts, 1)
            for column, count in enumerate(counts, 1)
            if count and row != column
        ]
        return sorted(mistakes, key=lambda mistake: -mistake[2])[:most]


def confusion(records: Sequence[Record], library: Library) -> Confusion:
    """Count over in-scope questions; of many entries, those that were confused most.

    A question with several accepted entries counts for the one that came first, if any did.
    """
    pairs: Counter[tuple[str, str]] = Counter()
    for record in of_kind(records, "in"):
        if record.ranking:
            first = record.ranking[0][0]
            expected = first if record.is_first_right else record.question.entries[0]
            pairs[expected, first] += 1
    mistakes: Counter[str] = Counter()
    for (expected, first), count in pairs.items():
        for name in (expected, first):
            mistakes[name] += count if expected != first else 0
    shown = {name for name, _ in mistakes.most_common(MOST_ENTRIES)}
    entries = tuple(entry for entry in library.entries() if entry.id in shown)
    counts = tuple(tuple(pairs[row.id, column.id] for column in entries) for row in entries)
    return Confusion(entries, counts)
