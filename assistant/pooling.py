"""Several readings of one question, searched apart and judged together."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from index.hits import Hit, SearchResult

# A reading that gives a section less than this cannot rule it out for the other readings.
FLOOR = 0.003


def pool(results: Sequence[SearchResult], weights: Sequence[float]) -> SearchResult:
    """Return the first result with each section scored by the weighted mean of all logarithms."""
    scores = [_scores(result) for result in results]
    pooled = {
        section: math.exp(
            sum(w * math.log(s[section] + FLOOR) for s, w in zip(scores, weights, strict=True))
        )
        for section in scores[0]
    }
    return _with_scores(results[0], pooled)


def weigh(result: SearchResult, weight: Callable[[str], float]) -> SearchResult:
    """Return the result with each section's score multiplied by ``weight(section_id)``."""
    return _with_scores(result, {s: p * weight(s) for s, p in _scores(result).items()})


def exchange(result: SearchResult, section_id: str, other_id: str) -> SearchResult:
    """Return the result with the scores of two sections exchanged."""
    scores = _scores(result)
    scores[section_id], scores[other_id] = scores[other_id], scores[section_id]
    return _with_scores(result, scores)


def with_inside(result: SearchResult, inside: float) -> SearchResult:
    """Return the result with another probability that the guidance covers the question."""
    return replace(result, inside=inside, confidence=inside * result.hits[0].score)


def logit(probability: float) -> float:
    """Log-odds of a probability, kept finite."""
    kept = min(max(probability, 1e-3), 1 - 1e-3)
    return math.log(kept / (1 - kept))


def sigmoid(odds: float) -> float:
    """The probability that has these log-odds."""
    return 1 / (1 + math.exp(-odds))


def _scores(result: SearchResult) -> dict[str, float]:
    return {part.section.id: hit.score * part.score for hit in result.hits for part in hit.sections}


def _with_scores(result: SearchResult, scores: dict[str, float]) -> SearchResult:
    total = max(sum(scores.values()), 1e-9)
    hits = [_hit(hit, scores, total) for hit in result.hits]
    hits.sort(key=lambda hit: -hit.score)
    return replace(result, hits=tuple(hits), confidence=result.inside * hits[0].score)


def _hit(hit: Hit, scores: dict[str, float], total: float) -> Hit:
    whole = max(sum(scores[part.section.id] for part in hit.sections), 1e-9)
    parts = [replace(part, score=scores[part.section.id] / whole) for part in hit.sections]
    parts.sort(key=lambda part: -part.score)
    return replace(hit, score=whole / total, sections=tuple(parts))
