"""A question in its conversation: what to search for, and how much each reading of it counts.

A question that leans on what went before is read by itself, behind the question that it leans on,
and behind the sentence that answered that one. A question of its own is read by itself, and as
asked by somebody who said before who he is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant import phrases
from assistant.context import Context
from assistant.followup import Lean, form_of, lean
from assistant.pooling import exchange, logit, pool, sigmoid, weigh, with_inside
from assistant.replies import read_reply
from assistant.smalltalk import is_smalltalk
from assistant.stated import asks_of_others, is_of_author, names_party, stated_role
from index.hits import SearchResult
from knowledge.roles import Role, Roles, other

# How much of a reading is the question's own words, the rest being what it leans on or was said
# before. (docs/conversation.md tells how these numbers were chosen.)
OWN_LEANING = 0.52
OWN = 0.35
# How much likelier a follow-up stays in the entry under discussion than it goes to any other, and
# how likely it asks for the same section again.
SAME_ENTRY = 3.0
SAME_SECTION = 0.5
# The share of its score that an entry for the other role keeps.
OTHER_ROLE = 0.15
# How much likelier "en als ik zelf verwerker ben?" asks for the same thing for the other role.
SAME_FOR_ROLE = 30.0
# Log-odds that the guidance covers a follow-up: the weight of its own, the weight of those of it
# behind what it leans on, and a constant.
COVERED = (0.8, 0.24, 1.33)
_LABELS: Mapping[Role, str] = {
    "verwerker": phrases.AM_PROCESSOR,
    "verwerkingsverantwoordelijke": phrases.HAVE_PROCESSOR,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What to search for: the question itself first, then other readings of it.

    ``lean`` is how it leans on what went before, None for a question of its own. ``role`` is the
    asker's, where known, and ``earlier`` tells that it was stated before. ``subject`` is the
    section under discussion, empty where none is. ``chosen`` tells that the assistant asked back.
    """

    queries: tuple[str, ...]
    lean: Lean | None = None
    role: Role | None = None
    earlier: bool = False
    subject: str = ""
    chosen: bool = False


def read(text: str, context: Context, roles: Roles) -> Reading:
    """Return how to search for one question."""
    if context.asked_back and (chosen := _choice(text, context.offered)) is not None:
        return _chosen(chosen, context)
    leaning = lean(text)
    if is_smalltalk(text):
        return Reading((text,))
    role, earlier = _role(text, context, roles)
    if leaning and context.asked:
        return _leaning(text, leaning, context, role, earlier)
    return _own(text, context, role, earlier)


def choose(results: Sequence[SearchResult], reading: Reading, roles: Roles) -> SearchResult:
    """Return what all readings say together, for the asker's role; one result a query."""
    if len(results) == 1 and reading.role is None:
        return results[0]
    result = _together(results, reading) if len(results) > 1 else results[0]
    result = weigh(result, lambda section: _weight(section, reading, roles))
    return _exchanged(result, reading, roles)


def _together(results: Sequence[SearchResult], reading: Reading) -> SearchResult:
    alone, *others = results
    own = OWN_LEANING if reading.lean else OWN
    pooled = pool(results, (own, *[(1 - own) / len(others)] * len(others)))
    if reading.lean:
        # By itself "altijd?" is small talk; behind a question it is not.
        pooled = replace(pooled, kinds=others[0].kinds)
    return with_inside(pooled, _inside(alone.inside, others[0].inside, reading))


def _inside(alone: float, behind: float, reading: Reading) -> float:
    if reading.lean is None:
        return max(alone, sigmoid((logit(alone) + logit(behind)) / 2))
    if not reading.subject:
        return max(alone, behind)
    if reading.lean == "empty":
        return behind
    own, together, constant = COVERED
    return sigmoid(own * logit(alone) + together * logit(behind) + constant)


def _own(text: str, context: Context, role: Role | None, earlier: bool) -> Reading:
    queries = [text]
    if role == "verwerker" and earlier:
        queries.append(_as_processor(text))
    elif context.description and is_of_author(text) and context.description not in text:
        queries.append(f"{context.description} {text}")
    return Reading(tuple(queries), role=role, earlier=earlier)


def _leaning(
    text: str, leaning: Lean, context: Context, role: Role | None, earlier: bool
) -> Reading:
    queries = [text, f"{context.asked} {text}"]
    subject = ""
    if context.focus and not context.refused:
        queries.append(f"{context.focus.opening.text} {text}")
        subject = context.focus.section.id
    return Reading(tuple(queries), leaning, role, earlier, subject)


def _as_processor(text: str) -> str:
    return f"{text.rstrip(' ?.!')} als verwerker?"


def _chosen(chosen: str, context: Context) -> Reading:
    role = stated_role(chosen)
    if role is None:
        return Reading((chosen or context.asked,), chosen=True)
    queries = (context.asked, *([_as_processor(context.asked)] if role == "verwerker" else []))
    return Reading(queries, role=role, earlier=True, chosen=True)


def _role(text: str, context: Context, roles: Roles) -> tuple[Role | None, bool]:
    """The role that a question is asked for, and whether an earlier turn told it."""
    stated = stated_role(text)
    if stated:
        return stated, False
    if asks_of_others(text) and context.focus:
        known = roles.role_of(context.focus.section.id) or context.role
        return (other(known), False) if known else (None, False)
    return (None, False) if names_party(text) else (context.role, True)


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


def _exchanged(result: SearchResult, reading: Reading, roles: Roles) -> SearchResult:
    """Put what the best section says to the asker's own role in its place, where it is for the
    other one."""
    if reading.role is None or not reading.earlier:
        return result
    best = result.hits[0].sections[0].section.id
    own = roles.counterpart(best, reading.role)
    if own is None or roles.entries.get(best.split("/")[0]) != other(reading.role):
        return result
    return exchange(result, best, own)


def _weight(section_id: str, reading: Reading, roles: Roles) -> float:
    weight = 1.0
    entry_id = section_id.split("/", maxsplit=1)[0]
    if entry_id == reading.subject.split("/")[0]:
        weight *= SAME_ENTRY
    if section_id == reading.subject:
        weight *= SAME_SECTION
    if reading.role is None:
        return weight
    told_now = bool(reading.subject) and not reading.earlier
    if told_now and section_id == roles.counterpart(reading.subject, reading.role):
        weight *= SAME_FOR_ROLE
    if roles.entries.get(entry_id) == other(reading.role):
        weight *= OTHER_ROLE
    return weight
