"""A question in its conversation: which reading of it to answer, and for which role.

A question that leans on what went before is searched twice, as it stands and together with what it
leans on, and both readings count. A question that stands well by itself is a change of subject.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant import phrases
from assistant.context import Context
from assistant.followup import form_of, leans
from assistant.replies import read_reply
from assistant.smalltalk import is_smalltalk
from assistant.stated import stated_role
from index.hits import Hit, SearchResult
from knowledge.roles import Role

# A leaning question with this confidence of its own is answered as it stands.
OWN_SUBJECT = 0.75
# How much of a follow-up's reading comes from its own words, the rest from what it leans on.
OWN_INSIDE = 0.35
OWN_RANKING = 0.5
# The share of its score that an entry for the other role keeps, and the gain of one's own role
# where it was stated in an earlier turn.
OTHER_ROLE = 0.15
OWN_ROLE = 2.0
_LABELS: Mapping[Role, str] = {
    "verwerker": phrases.AM_PROCESSOR,
    "verwerkingsverantwoordelijke": phrases.HAVE_PROCESSOR,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What to search for: the question, and behind it the same with what it leans on.

    ``role`` is the asker's, where known; ``earlier`` tells that it was stated in another turn.
    """

    queries: tuple[str, ...]
    role: Role | None
    earlier: bool = False


def read(text: str, context: Context) -> Reading:
    """Return the readings of one question."""
    if context.asked_back and (chosen := _choice(text, context.offered)) is not None:
        role = stated_role(chosen)
        return Reading((f"{context.asked} {chosen}" if role else chosen or context.asked,), role)
    stated = stated_role(text)
    role, earlier = stated or context.role, stated is None
    if is_smalltalk(text):
        return Reading((text,), role, earlier)
    if not context.asked or not leans(text):
        said = (f"{_LABELS[role]}. {text}",) if role and earlier else ()
        return Reading((text, *said), role, earlier)
    return Reading((text, f"{context.asked} {text}"), role, earlier)


def choose(results: Sequence[SearchResult]) -> SearchResult:
    """Return the result to answer by: the question's own, or what both readings say together."""
    alone, *combined = results
    if not combined or alone.confidence >= OWN_SUBJECT:
        return alone
    return _together(alone, combined[0])


def for_role(result: SearchResult, reading: Reading, roles: Mapping[str, Role]) -> SearchResult:
    """Put the entries for the asker's role before those for the other one."""
    if reading.role is None:
        return result
    own = OWN_ROLE if reading.earlier else 1.0
    factor = {reading.role: own, None: 1.0}
    weights = [factor.get(roles.get(hit.entry.id), OTHER_ROLE) for hit in result.hits]
    return _reweighed(result, weights)


def differ_by_role(hits: Sequence[Hit], roles: Mapping[str, Role]) -> bool:
    """Are these entries each for another role?"""
    found = [roles.get(hit.entry.id) for hit in hits]
    return None not in found and len(set(found)) == len(found) > 1


def _choice(text: str, offered: Sequence[str]) -> str | None:
    """What a reply picks of what was offered; an empty text for "I don't know"."""
    form = form_of(text)
    if form and form[0] == "item" and form[1] <= len(offered):
        picked = offered[form[1] - 1 if form[1] > 0 else form[1]]
        return "" if picked == phrases.UNSURE else picked
    if read_reply(text) == "unsure":
        return ""
    if phrases.AM_PROCESSOR not in offered:
        return None
    role = stated_role(text) or stated_role(f"ik ben {text}")
    return _LABELS[role] if role else None


def _together(alone: SearchResult, combined: SearchResult) -> SearchResult:
    own = {hit.entry.id: hit for hit in alone.hits}
    hits = [_joined(own[hit.entry.id], hit) for hit in combined.hits]
    logit = OWN_INSIDE * _logit(alone.inside) + (1 - OWN_INSIDE) * _logit(combined.inside)
    inside = 1 / (1 + math.exp(-logit))
    return _reweighed(replace(combined, hits=tuple(hits), inside=inside), [1.0] * len(hits))


def _joined(own: Hit, combined: Hit) -> Hit:
    shares = {part.section.id: part.score for part in own.sections}
    scores = [_mixed(shares[part.section.id], part.score) for part in combined.sections]
    total = max(sum(scores), 1e-9)
    parts = [replace(p, score=s / total) for p, s in zip(combined.sections, scores, strict=True)]
    parts.sort(key=lambda part: -part.score)
    return replace(combined, score=_mixed(own.score, combined.score), sections=tuple(parts))


def _mixed(own: float, combined: float) -> float:
    return float(own**OWN_RANKING * combined ** (1 - OWN_RANKING))


def _reweighed(result: SearchResult, weights: Sequence[float]) -> SearchResult:
    scores = [hit.score * weight for hit, weight in zip(result.hits, weights, strict=True)]
    total = max(sum(scores), 1e-9)
    hits = [replace(hit, score=s / total) for hit, s in zip(result.hits, scores, strict=True)]
    hits.sort(key=lambda hit: -hit.score)
    return replace(result, hits=tuple(hits), confidence=result.inside * hits[0].score)


def _logit(probability: float) -> float:
    kept = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(kept / (1 - kept))
