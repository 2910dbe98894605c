"""The nouns of the role check: step, option, outcome, and the sentence that each rests on.

Everything here is frozen and made by ``knowledge.rolecheck``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from knowledge.model import Cite

Role = Literal[
    "verwerkingsverantwoordelijke",
    "verwerker",
    "beide-rollen",
    "beiden-verantwoordelijk",
    "intern-beheer",
    "niet-te-zeggen",
]
Agreement = Literal["nodig", "niet-nodig", "voor-opdracht", "met-eigen-verwerker", "onbekend"]
ROLES: tuple[str, ...] = get_args(Role)
AGREEMENTS: tuple[str, ...] = get_args(Agreement)


def words(text: str) -> str:
    """The words alone, in lower case; two texts with the same words count as the same."""
    return " ".join(re.findall(r"\w+", text.casefold().replace("'", "").replace("’", "")))


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a step: its label, other wordings of it, and the node that follows."""

    label: str
    wordings: tuple[str, ...]
    target: str


@dataclass(frozen=True, slots=True)
class Step:
    """One question; ``unsure`` is the node that follows "weet ik niet"."""

    id: str
    question: str
    short: str
    hint: str
    cites: tuple[Cite, ...]
    options: tuple[Option, ...]
    unsure: str
    line: int

    @property
    def targets(self) -> tuple[str, ...]:
        """The node after each option, and after "weet ik niet", in order."""
        return (*(option.target for option in self.options), self.unsure)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where a role check ends: a role, whether an agreement is needed, and why."""

    id: str
    title: str
    hint: str
    role: Role
    agreement: Agreement
    why: tuple[Cite, ...]
    advice: tuple[Cite, ...]
    line: int


@dataclass(frozen=True, slots=True)
class RoleTree:
    """All steps and outcomes by id; ``caveat`` belongs under every outcome."""

    start: str
    offer_after: tuple[str, ...]
    caveat: Cite
    steps: Mapping[str, Step]
    outcomes: Mapping[str, Outcome]

    def nodes(self) -> Iterator[Step | Outcome]:
        """Every step, then every outcome, in the file's order."""
        yield from self.steps.values()
        yield from self.outcomes.values()

    def node(self, node_id: str) -> Step | Outcome:
        """Return the step or outcome with this id; KeyError when there is none."""
        return self.steps[node_id] if node_id in self.steps else self.outcomes[node_id]
