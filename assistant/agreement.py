"""The agreement check: an agreement beside what the guidance says must be in it.

A reading aid. It shows for each part the passage that seems to cover it; whether that passage is
good enough is for a person to judge.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from assistant import phrases
from assistant.clauses import Clause, split_clauses
from index.clause_scorer import ClauseScorer
from index.clauses import ClauseScores
from knowledge.agreement import Part, Subject
from knowledge.library import Library

SCHEMA = "1.0"
# With fewer parts than this the text is probably another kind of document.
FEW_PARTS = 4

PartStatus = Literal["found", "contrary", "missing"]
SubjectStatus = Literal["found", "partly", "contrary", "missing"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Chosen on the development set (see docs/agreement.md).

    ``relevance``: least relevance of a text that is about a part. ``stance``: below it, a text
    contradicts the part. ``rival``: least share of the best covering text's relevance at which a
    contradicting text counts.
    """

    relevance: float = 0.325
    stance: float = 0.0
    rival: float = 0.8


@dataclass(frozen=True, slots=True)
class PartResult:
    """One part: the guidance's words, and the agreement's passage with its heading, or "".

    ``sentence`` is the piece of the passage that decided, "" when it was the passage as a whole.
    """

    id: str
    name: str
    status: PartStatus
    guidance: str
    heading: str = ""
    passage: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class SubjectResult:
    """One subject with its parts; ``section_id`` is where the guidance speaks of it."""

    id: str
    name: str
    status: SubjectStatus
    section_id: str
    parts: tuple[PartResult, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found, in the guidance's order, and where the guidance's words come from."""

    subjects: tuple[SubjectResult, ...]
    source: str
    url: str
    note: str
    disclaimer: str = phrases.AGREEMENT_DISCLAIMER

    def to_json(self) -> dict[str, Any]:
        """Return the public JSON object, ``schema`` first."""
        return {"schema": SCHEMA, **asdict(self)}


class AgreementCheck:
    """Checks agreements against one set of requirements. Keeps nothing of what it is shown."""

    def __init__(
        self, clauses: ClauseScorer, library: Library, bounds: Bounds | None = None
    ) -> None:
        self._clauses = clauses
        self._requirements = clauses.requirements
        self._bounds = bounds or Bounds()
        entry = library.entry(self._requirements.parts[0].cite.entry_id)
        page = library.page(entry.page_id)
        self._source = f"{page.publisher}, {page.title}, “{entry.question}”"
        self._url = page.url

    def check(self, paragraphs: Sequence[str]) -> Report:
        """Find each part in an agreement's paragraphs (see ``documents.reading``)."""
        clauses = split_clauses(paragraphs)
        units = [(clause, unit) for clause in clauses for unit in clause.units()]
        scores = self._clauses.score([unit for _, unit in units])
        parts = {
            part.id: self._part(part, units, scores, column)
            for column, part in enumerate(self._requirements.parts)
        }
        subjects = tuple(_subject(s, parts) for s in self._requirements.subjects)
        found = sum(part.status != "missing" for part in parts.values())
        note = phrases.AGREEMENT_FEW if found < FEW_PARTS else ""
        return Report(subjects, self._source, self._url, note)

    def _part(
        self, part: Part, units: Sequence[tuple[Clause, str]], scores: ClauseScores, column: int
    ) -> PartResult:
        relevance, stance = scores.relevance[:, column], scores.stance[:, column]
        about = relevance >= self._bounds.relevance
        covering = np.where(about & (stance >= self._bounds.stance), relevance, 0.0)
        opposing = np.where(about & (stance < self._bounds.stance), relevance, 0.0)
        guidance = part.cite.quote
        if not about.any():
            return PartResult(part.id, part.name, "missing", guidance)
        is_contrary = opposing.any() and opposing.max() >= self._bounds.rival * covering.max()
        status: PartStatus = "contrary" if is_contrary else "found"
        clause, unit = units[int((opposing if is_contrary else covering).argmax())]
        sentence = unit if unit in clause.text and unit != clause.text else ""
        return PartResult(
            part.id, part.name, status, guidance, clause.heading, clause.text, sentence
        )


def _subject(subject: Subject, results: dict[str, PartResult]) -> SubjectResult:
    parts = tuple(results[part.id] for part in subject.parts)
    statuses = {part.status for part in parts}
    status: SubjectStatus = "partly"
    if "contrary" in statuses:
        status = "contrary"
    elif len(statuses) == 1:
        status = parts[0].status
    section = subject.parts[0].cite.section_id
    return SubjectResult(subject.id, subject.name, status, section, parts)
