"""Scripted dialogues: YAML in, typed dialogues out, or an error that names the place.

A file is a list of dialogues ``{id, about, turns}``. A turn has ``user`` (what is typed), ``kind``
(of the answer that is right) and any of ``entry`` (must be cited), ``phrase`` (must stand
verbatim in a quote or the text), ``not_phrase`` (must not) and ``choices`` (how many are offered).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import yaml

from assistant.answer import Kind
from eval.errors import DialogueError
from knowledge.library import Library

SHIPPED = Path(__file__).parent / "dialogues"
_DIALOGUE = {"id": str, "about": str, "turns": list}
_TURN = {"user": str, "kind": str}
_EXPECTED = {"entry": str, "phrase": str, "not_phrase": str, "choices": int}


@dataclass(frozen=True, slots=True)
class ScriptedTurn:
    """What a user types, and what the answer must be like."""

    user: str
    kind: str
    entry: str | None = None
    phrase: str | None = None
    not_phrase: str | None = None
    choices: int | None = None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One conversation; ``about`` says in a few words what it tries."""

    id: str
    about: str
    turns: tuple[ScriptedTurn, ...]


def shipped_dialogues(name: str | None = None) -> tuple[Path, ...]:
    """The shipped files, or those of one set; raises DialogueError when there are none."""
    paths = tuple(sorted(SHIPPED.glob(f"{name or ''}*.yaml")))
    if not paths:
        raise DialogueError(f"there is no dialogue file '{SHIPPED.name}/{name or ''}*.yaml'")
    return paths


def load_dialogues(path: Path, library: Library) -> tuple[Dialogue, ...]:
    """Read one file. Raises DialogueError that names the dialogue, the turn and the field."""
    try:
        root = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DialogueError(f"'{path}' cannot be read as YAML: {error}") from error
    if not isinstance(root, list) or not root:
        raise DialogueError(f"'{path}' must hold a list of dialogues")
    entries = frozenset(entry.id for entry in library.entries())
    found: dict[str, Dialogue] = {}
    for number, block in enumerate(root, 1):
        place = f"'{path}', dialogue {number}"
        dialogue = _dialogue(block, entries, place)
        if dialogue.id in found:
            raise DialogueError(f"{place}: the id '{dialogue.id}' was used before")
        found[dialogue.id] = dialogue
    return tuple(found.values())


def _dialogue(block: Any, entries: frozenset[str], place: str) -> Dialogue:
    fields = _checked(block, _DIALOGUE, {}, place)
    turns = tuple(
        _turn(turn, entries, f"{place} ('{fields['id']}'), turn {number}")
        for number, turn in enumerate(fields["turns"], 1)
    )
    if not turns:
        raise DialogueError(f"{place}: 'turns' is empty")
    return Dialogue(fields["id"], fields["about"], turns)


def _turn(block: Any, entries: frozenset[str], place: str) -> ScriptedTurn:
    turn = ScriptedTurn(**_checked(block, _TURN, _EXPECTED, place))
    if turn.kind not in get_args(Kind):
        raise DialogueError(f"{place}: 'kind' is '{turn.kind}', not {', '.join(get_args(Kind))}")
    if turn.entry is not None and turn.entry not in entries:
        raise DialogueError(f"{place}: 'entry' is '{turn.entry}', which the guidance does not have")
    return turn


def _checked(
    block: Any, required: Mapping[str, type], optional: Mapping[str, type], place: str
) -> dict[str, Any]:
    if not isinstance(block, dict):
        raise DialogueError(f"{place}: must be 'name: value' lines")
    allowed = {**required, **optional}
    for name, value in block.items():
        if name not in allowed:
            raise DialogueError(f"{place}: '{name}' is not one of {', '.join(allowed)}")
        wanted = allowed[name]
        # A bool is an int to Python, and an empty text would stand in every quote.
        if not isinstance(value, wanted) or isinstance(value, bool) or value == "":
            raise DialogueError(f"{place}: '{name}' must be a {_TYPES[wanted]}")
    for name in required:
        if name not in block:
            raise DialogueError(f"{place}: '{name}' is missing")
    return block


_TYPES = {str: "text", int: "number", list: "list"}
