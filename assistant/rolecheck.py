"""The role check: a guided conversation over ``knowledge/rolecheck.yaml``.

Nothing is kept between two turns. Which step runs is read from the assistant's last turn, and the
answers before it from the turns before that, so the history that the client sends is enough.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant import phrases
from assistant.answer import Answer, Choice
from assistant.audit import digest
from assistant.replies import read_number, read_reply
from assistant.request import Turn
from assistant.rolecheck_writer import RoleCheckWriter, Walk, labels
from knowledge.library import Library
from knowledge.roletree import Outcome, RoleTree, Step, words

_NAMED = re.compile(r"(?!geen )(?:\w+ ){0,6}rolcheck(?: \w+){0,3}")
_HELP = re.compile(
    r"(?=.*\bhelp(?:t|en)?\b)"
    r"(?=.*\b(?:bepalen|vast(?: te )?stellen|uit(?: te )?zoeken|na(?: te )?gaan|beoordelen)\b)"
    r".*\b(?:of (?:ik|wij|we|(?:mijn|onze|ons) (?:organisatie|bedrijf))"
    r"\b.*(?:verwerker|verantwoordelijke)"
    r"|(?:welke|mijn|onze) rol)\b.*"
)
_RESUME = re.compile(r"(?:ga )?verder met de rolcheck")
_AGAIN = re.compile(r"(?:begin |start )?opnieuw(?: beginnen| starten)?|herstart|rolcheck opnieuw")
_BACK = re.compile(r"(?:ga )?terug|(?:een )?(?:stap|vraag) terug|vorige(?: vraag| stap)?|undo")
_STOP = re.compile(
    r"(?:ik wil )?(?:stop|stoppen|ophouden|afbreken)(?: maar)?(?: met)?(?: de)?(?: rolcheck)?"
)
_EXPLAIN = re.compile(
    r"(?:meer |graag )?(?:uitleg|toelichting|hulp|help)|leg (?:dat |dit |het )?uit"
    r"|wat (?:bedoelt u|bedoel je)(?: daarmee| hiermee)?|wat betekent (?:dat|dit)"
    r"|waarom(?: vraagt u dat| vraag je dat)?|ik (?:snap|begrijp) (?:het|dit|de vraag) niet"
)


class RoleCheck:
    """Answers what belongs to a role check, and leaves every other question alone."""

    def __init__(self, tree: RoleTree, library: Library) -> None:
        self.version = digest(repr(tree))
        self._tree = tree
        self._writer = RoleCheckWriter(tree, library)
        self._shown = {
            words(node.question if isinstance(node, Step) else node.title): node
            for node in tree.nodes()
        }

    def reply(self, question: str, history: Sequence[Turn]) -> Answer | None:
        """Return the check's next turn; None when the question is not part of a check."""
        said = words(question)
        node = self._last_shown(history[-1:])
        if _RESUME.fullmatch(said) and (left := self._last_shown(history)):
            return self._show(left.id, self._path_to(left, history))
        if node and _STOP.fullmatch(said):
            return Answer("smalltalk", 1.0, phrases.ROLECHECK_STOPPED)
        if _starts(said) or (node and _AGAIN.fullmatch(said)):
            return self._first(phrases.ROLECHECK_INTRO)
        if node and _BACK.fullmatch(said):
            return self._back(self._path_to(node, history))
        if isinstance(node, Step):
            return self._answered(node, question, history)
        return None

    def offer(self, answer: Answer, history: Sequence[Turn]) -> Answer:
        """Add the buttons that lead into the check, or back to it, where they fit."""
        first = {citation.entry_id for citation in answer.citations[:1]}
        if isinstance(self._last_shown(history[-1:]), Step):
            text = phrases.ROLECHECK_RESUME
        elif answer.kind == "answer" and first & set(self._tree.offer_after):
            text = phrases.ROLECHECK_START
        else:
            return answer
        return replace(answer, choices=(*answer.choices, Choice(text, text)))

    def _answered(self, step: Step, question: str, history: Sequence[Turn]) -> Answer | None:
        path = self._path_to(step, history)
        number = chosen(step, question)
        if number is not None:
            return self._show(step.targets[number], (*path, (step, number)))
        if _EXPLAIN.fullmatch(words(question)):
            return self._writer.step(step, path, full=True)
        if read_reply(question) or read_number(question) is not None:
            return self._writer.step(step, path, note=phrases.ROLECHECK_UNCLEAR)
        return None

    def _show(self, node_id: str, path: Walk) -> Answer:
        node = self._tree.node(node_id)
        if isinstance(node, Outcome):
            return self._writer.outcome(node, path)
        return self._writer.step(node, path)

    def _first(self, note: str) -> Answer:
        return self._writer.step(self._tree.steps[self._tree.start], (), note=note)

    def _back(self, path: Walk) -> Answer:
        if not path:
            return self._first(phrases.ROLECHECK_FIRST)
        *before, (step, _) = path
        return self._writer.step(step, tuple(before))

    def _last_shown(self, turns: Sequence[Turn]) -> Step | Outcome | None:
        said = (turn.content for turn in reversed(turns) if turn.role == "assistant")
        return next((node for text in said if (node := self._node_in(text))), None)

    def _node_in(self, text: str) -> Step | Outcome | None:
        return next((n for line in text.splitlines() if (n := self._shown.get(words(line)))), None)

    def _path_to(self, node: Step | Outcome, history: Sequence[Turn]) -> Walk:
        """Go back from answer to answer; what was undone leads nowhere and drops out."""
        path: list[tuple[Step, int]] = []
        target = node.id
        for asked, replied in reversed(list(pairwise(history))):
            step = self._node_in(asked.content) if asked.role == "assistant" else None
            if not isinstance(step, Step) or replied.role != "user":
                continue
            number = chosen(step, replied.content)
            if number is not None and step.targets[number] == target:
                path.insert(0, (step, number))
                target = step.id
        return tuple(path)


def chosen(step: Step, text: str) -> int | None:
    """Return the number of the answer that a text gives, in the order of ``step.targets``."""
    said = words(text)
    for number, option in enumerate(step.options):
        if said in {words(wording) for wording in (option.label, *option.wordings)}:
            return number
    typed = read_number(text)
    if typed and typed <= len(step.targets):
        return typed - 1
    reply = read_reply(text)
    if reply == "unsure":
        return len(step.options)
    wanted = {"yes": "ja", "no": "nee"}.get(reply or "")
    found = (n for n, label in enumerate(labels(step)) if words(label) == wanted)
    return next(found, None)


def _starts(said: str) -> bool:
    return bool(_NAMED.fullmatch(said) or _HELP.fullmatch(said))
