"""What a search returns: ranked hits with their evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.model import Entry, Section, Sentence


@dataclass(frozen=True, slots=True)
class SectionHit:
    """One section of a hit; ``score`` is its share (0–1) of the entry's probability."""

    section: Section
    score: float
    opening: Sentence


@dataclass(frozen=True, slots=True)
class Hit:
    """One candidate entry. ``score`` is the probability (0–1) that it answers, given that the
    guidance covers the question; ``sections`` stand best first."""

    entry: Entry
    score: float
    sections: tuple[SectionHit, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """``hits`` best first; ``inside`` the probability (0–1) that the guidance covers the question.

    ``kinds`` spreads the rest over the kinds of outside question (near, far, hostile, smalltalk);
    ``confidence`` is the calibrated probability that the first hit is right;
    ``signals`` is what ``inside`` was computed from.
    """

    hits: tuple[Hit, ...]
    inside: float
    kinds: Mapping[str, float]
    confidence: float
    signals: Mapping[str, float] = field(default_factory=dict)
