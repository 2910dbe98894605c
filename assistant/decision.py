"""One rule from the search's probabilities to what the assistant does."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.dialogue import differ_by_role
from index.hits import Hit, SearchResult, SectionHit
from knowledge.roles import Role

Action = Literal["answer", "which_role", "which_entry", "refuse", "smalltalk"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Bounds of the rule, chosen on the development questions (see docs/ranking.md).

    ``inside``: least probability that the guidance covers the question.
    ``rival``: least share of the first entry's score at which a second entry is quoted too.
    ``unsure``: below this score for the first entry, and with a rival, the assistant asks.
    ``section``: least share of the first section's score at which a second one is quoted too.
    ``perhaps``: least ``inside`` at which a refusal still offers the closest entries.
    ``smalltalk``: least probability of small talk at which a refusal becomes a friendly word.
    """

    inside: float = 0.75
    rival: float = 0.25
    unsure: float = 0.25
    section: float = 0.2
    perhaps: float = 0.1
    smalltalk: float = 0.5


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do, with the parts to quote (entry and section, best first) and the reason."""

    action: Action
    parts: tuple[tuple[Hit, SectionHit], ...]
    reason: str


def decide(
    result: SearchResult,
    bounds: Thresholds,
    roles: Mapping[str, Role],
    *,
    may_ask: bool = True,
    names_nobody: bool = False,
) -> Decision:
    """Apply the rule; the reason names the bound that decided, for ``--explain``.

    ``roles`` gives the role of entries that have one, and is empty when the asker's is known;
    without ``may_ask`` no question goes back to the asker; ``names_nobody`` tells that the
    question leaves open who has which role.
    """
    if result.inside < bounds.inside:
        if result.kinds.get("smalltalk", 0.0) >= bounds.smalltalk:
            return Decision("smalltalk", (), "it is most likely small talk")
        return Decision("refuse", (), f"inside {result.inside:.3f} < {bounds.inside}")
    first = result.hits[0]
    both = tuple((hit, hit.sections[0]) for hit in result.hits[:2])
    if may_ask and names_nobody and differ_by_role(result.hits[:2], roles) and _long(both):
        return Decision("which_role", both, "the question fits two roles and names nobody")
    rivals = [hit for hit in result.hits[1:2] if hit.score >= bounds.rival * first.score]
    competing = tuple((hit, hit.sections[0]) for hit in (first, *rivals))
    if may_ask and rivals and differ_by_role((first, *rivals), roles) and _long(competing):
        return Decision("which_role", competing, "two entries compete, each for another role")
    if may_ask and rivals and first.score < bounds.unsure:
        return Decision("which_entry", competing, f"two entries compete, first {first.score:.3f}")
    best = first.sections[0].score
    close = [s for s in first.sections[1:2] if s.score >= bounds.section * best]
    parts = (competing[0], *((first, section) for section in close), *competing[1:])
    return Decision("answer", parts, f"inside {result.inside:.3f} >= {bounds.inside}")


def _long(parts: tuple[tuple[Hit, SectionHit], ...]) -> bool:
    """Is each part the opening of a whole entry, too much to say both?"""
    return all(p.section.kind == "lead" or p.section.text.endswith(":") for _, p in parts)
