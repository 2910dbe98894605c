"""Why an answer was chosen, for ``--explain`` and the evaluation."""

from assistant.decision import Decision
from index.hits import SearchResult


def explanation(result: SearchResult, decision: Decision) -> dict[str, object]:
    """Each candidate's scores, what they were computed from, and the rule that decided."""
    return {
        "action": decision.action,
        "rule": decision.reason,
        "inside": round(result.inside, 4),
        "signals": {name: round(value, 4) for name, value in result.signals.items()},
        "outside_kinds": {kind: round(p, 4) for kind, p in result.kinds.items()},
        "candidates": [
            {
                "entry_id": hit.entry.id,
                "score": round(hit.score, 4),
                "section_id": hit.sections[0].section.id,
                "section_score": round(hit.sections[0].score, 4),
            }
            for hit in result.hits
        ],
    }
