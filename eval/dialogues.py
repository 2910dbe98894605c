"""Plays scripted dialogues with their true history and says which turns came out right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.request import Turn
from eval.dataset import folded
from eval.dialogue_file import Dialogue, ScriptedTurn
from eval.metrics import Figure, interval


@dataclass(frozen=True, slots=True)
class PlayedTurn:
    """One turn as it came out; ``faults`` says what was not as expected."""

    dialogue: Dialogue
    number: int
    answer: Answer
    faults: tuple[str, ...]

    @property
    def scripted(self) -> ScriptedTurn:
        """What was typed and expected."""
        return self.dialogue.turns[self.number - 1]


def play(assistant: Assistant, dialogue: Dialogue) -> tuple[PlayedTurn, ...]:
    """Ask every turn, each with the whole conversation before it."""
    history: list[Turn] = []
    played = []
    for number, turn in enumerate(dialogue.turns, 1):
        answer = assistant.ask(turn.user, tuple(history))
        played.append(PlayedTurn(dialogue, number, answer, tuple(_faults(turn, answer))))
        history += [Turn("user", turn.user), Turn("assistant", answer.text)]
    return tuple(played)


def share_right(played: Sequence[Sequence[PlayedTurn]], seed: int = 0) -> Figure:
    """Share of turns right. Whole dialogues are resampled, since their turns hang together."""
    right = np.array([sum(not turn.faults for turn in turns) for turns in played], float)
    sizes = np.array([len(turns) for turns in played], float)
    if not len(sizes):
        return Figure("turns right", None, None, None, 0)

    def share(part: np.ndarray, of: np.ndarray) -> float:
        return float(part.sum() / of.sum())

    low, high = interval((right, sizes), share, seed) or (0.0, 0.0)
    return Figure("turns right", share(right, sizes), low, high, int(sizes.sum()))


def _faults(turn: ScriptedTurn, answer: Answer) -> Iterator[str]:
    if answer.kind != turn.kind:
        yield f"kind {answer.kind}, not {turn.kind}"
    cited = dict.fromkeys(citation.entry_id for citation in answer.citations)
    if turn.entry is not None and turn.entry not in cited:
        yield f"cites {', '.join(cited) or 'nothing'}, not {turn.entry}"
    said = [folded(text) for text in (answer.text, *(c.quote for c in answer.citations))]
    if turn.phrase is not None and not any(folded(turn.phrase) in text for text in said):
        yield f"lacks '{turn.phrase}'"
    if turn.not_phrase is not None and any(folded(turn.not_phrase) in text for text in said):
        yield f"says '{turn.not_phrase}'"
    if turn.choices is not None and len(answer.choices) != turn.choices:
        yield f"offers {len(answer.choices)} choices, not {turn.choices}"
