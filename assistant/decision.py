"""One rule from the search's probabilities to what the assistant does."""

from dataclasses import dataclass
from typing import Literal

from index.hits import Hit, SearchResult, SectionHit
from knowledge.roles import Role, Roles, other

Part = tuple[Hit, SectionHit]
Action = Literal["answer", "which_role", "which_entry", "refuse", "smalltalk"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Bounds of the rule, chosen on the development questions (see docs/ranking.md).

    ``inside``: least probability that the guidance covers the question.
    ``followup``: the same for a question on the subject under discussion.
    ``ask``: the same for asking which role is meant, and for the answer after that.
    ``advice``: least confidence for an answer to somebody who wants his own case judged.
    ``rival``: least share of the first entry's score at which a second entry is quoted too.
    ``unsure``: below this score for the first entry, and with a rival, the assistant asks.
    ``section``: least share of the first section's score at which a second one is quoted too.
    ``perhaps``: least ``inside`` at which a refusal still offers the closest entries.
    ``smalltalk``: least probability of small talk at which a refusal becomes a friendly word;
    ``chat``: the same where no word of small talk is known.
    """

    inside: float = 0.7
    followup: float = 0.5
    ask: float = 0.25
    advice: float = 0.75
    rival: float = 0.15
    unsure: float = 0.25
    section: float = 0.2
    perhaps: float = 0.1
    smalltalk: float = 0.5
    chat: float = 0.9


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do, with the parts to quote (entry and section, best first) and the reason.

    ``roles`` names for whom each part is, where the answer depends on the asker's role.
    """

    action: Action
    parts: tuple[Part, ...]
    reason: str
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Situation:
    """What the conversation adds to the rule.

    ``least`` is the probability that the guidance covers the question from which it is answered;
    without ``may_ask`` no question goes back to the asker; ``names_nobody`` tells that the question
    leaves open who has which role, ``leans`` that its subject is the one under discussion, so that
    which question is meant is not asked.
    """

    least: float
    may_ask: bool
    names_nobody: bool
    leans: bool


def decide(
    result: SearchResult, bounds: Thresholds, roles: Roles, situation: Situation
) -> Decision:
    """Apply the rule; the reason names the bound that decided, for ``--explain``.

    ``roles`` is empty when the asker's role is known.
    """
    least, may_ask = situation.least, situation.may_ask
    both = _for_both_roles(result, roles) if situation.names_nobody else ()
    if both and may_ask and _long(both) and result.inside >= bounds.ask:
        return Decision("which_role", both, "the question fits two roles and names nobody")
    if result.inside < least:
        if result.kinds.get("smalltalk", 0.0) >= bounds.smalltalk:
            return Decision("smalltalk", (), "it is most likely small talk")
        return Decision("refuse", (), f"inside {result.inside:.3f} < {least}")
    if both:
        held = (roles.role_of(part.section.id) for _, part in both)
        return Decision(
            "answer", both, "the answer depends on the role", tuple(role for role in held if role)
        )
    first = result.hits[0]
    rivals = [hit for hit in result.hits[1:2] if hit.score >= bounds.rival * first.score]
    competing = tuple((hit, hit.sections[0]) for hit in (first, *rivals))
    if may_ask and rivals and _differ(competing, roles) and _long(competing):
        return Decision("which_role", competing, "two entries compete, each for another role")
    is_unsure = first.score < bounds.unsure and not situation.leans
    if may_ask and rivals and is_unsure:
        return Decision("which_entry", competing, f"two entries compete, first {first.score:.3f}")
    best = first.sections[0].score
    close = [s for s in first.sections[1:2] if s.score >= bounds.section * best]
    parts = (competing[0], *((first, section) for section in close), *competing[1:])
    return Decision("answer", parts, f"inside {result.inside:.3f} >= {least}")


def _for_both_roles(result: SearchResult, roles: Roles) -> tuple[Part, ...]:
    """The best section and the one that says the same to the other role, if there is one."""
    first = result.hits[0]
    best = first.sections[0]
    held = roles.role_of(best.section.id)
    wanted = roles.counterpart(best.section.id, other(held)) if held else None
    found = ((h, p) for h in result.hits for p in h.sections if p.section.id == wanted)
    match = next(found, None)
    return ((first, best), match) if match else ()


def _differ(parts: tuple[Part, ...], roles: Roles) -> bool:
    """Is each part of an entry for another role?"""
    found = [roles.entries.get(hit.entry.id) for hit, _ in parts]
    return None not in found and len(set(found)) == len(found) > 1


def _long(parts: tuple[Part, ...]) -> bool:
    """Is each part the opening of a whole entry, too much to say both?"""
    return all(p.section.kind == "lead" or p.section.text.endswith(":") for _, p in parts)
