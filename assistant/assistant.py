"""The one door: ``Assistant.ask(question, history) -> Answer``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant import phrases, smalltalk
from assistant.advice import asks_advice
from assistant.answer import Answer
from assistant.audit import Basis, digest
from assistant.context import Context, ContextReader
from assistant.decision import Decision, Thresholds, decide
from assistant.dialogue import Reading, choose, for_role, read
from assistant.explain import explanation
from assistant.followup import form_of, opens_as_followup
from assistant.request import MAX_CHARACTERS, Turn, clean
from assistant.retold import Reteller
from assistant.rolecheck import RoleCheck
from assistant.scrub import find_personal_data
from assistant.stated import names_nobody
from assistant.writer import Writer
from index.hits import SearchResult
from index.retriever import Searcher
from knowledge.roles import Role


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that needs a search: its clean text, conversation and readings."""

    text: str
    history: Sequence[Turn]
    context: Context
    reading: Reading


class Assistant:
    """Answers questions over one library. Keeps no state between two questions."""

    def __init__(
        self,
        searcher: Searcher,
        rolecheck: RoleCheck,
        roles: Mapping[str, Role],
        bounds: Thresholds | None = None,
    ) -> None:
        self._searcher = searcher
        self._rolecheck = rolecheck
        self._roles = roles
        self._bounds = bounds or Thresholds()
        self._contexts = ContextReader(searcher.library)
        self._writer = Writer(searcher.library)
        self._reteller = Reteller(searcher.library)
        settings = digest(repr((searcher.version, rolecheck.version, self._bounds, roles)))
        self._basis = Basis(searcher.library.version, searcher.model, settings)

    def ask(self, question: str, history: Sequence[Turn] = (), *, explain: bool = False) -> Answer:
        """Answer one question. The same knowledge, question and history give the same bytes."""
        asked = self._understood(question, history)
        if isinstance(asked, _Asked):
            results = self._searcher.search_all(asked.reading.queries)
            asked = self._decided(asked, results, explain)
        return self._receipted(question, asked)

    def ask_all(self, questions: Sequence[str], *, explain: bool = False) -> list[Answer]:
        """Answer many questions as ``ask`` would, each on its own, embedded in one batch."""
        asked = [self._understood(question, ()) for question in questions]
        searched = [item.text for item in asked if isinstance(item, _Asked)]
        results = iter(self._searcher.search_all(searched))
        answers = (
            item if isinstance(item, Answer) else self._decided(item, [next(results)], explain)
            for item in asked
        )
        return [self._receipted(*pair) for pair in zip(questions, answers, strict=True)]

    def _understood(self, question: str, history: Sequence[Turn]) -> _Asked | Answer:
        """Return what must be searched for, or the answer where nothing must."""
        text = _read(question)
        if not any(char.isalnum() for char in text):
            return Answer("clarification", 0.0, phrases.EMPTY)
        if len(text) > MAX_CHARACTERS:
            return Answer("clarification", 0.0, phrases.TOO_LONG.format(limit=MAX_CHARACTERS))
        context = self._contexts.read(history)
        answer = self._rolecheck.reply(text, history) or self._retold(text, context)
        return answer or _Asked(text, history, context, read(text, context))

    def _receipted(self, question: str, answer: Answer) -> Answer:
        return replace(answer, receipt=self._basis.receipt(_read(question), answer))

    def _retold(self, text: str, context: Context) -> Answer | None:
        form = form_of(text)
        if form is None or context.asked_back:
            return None
        if context.focus is None:
            return Answer("clarification", 0.0, phrases.NOTHING_YET)
        return self._reteller.retell(*form, context.focus)

    def _decided(self, asked: _Asked, results: Sequence[SearchResult], explain: bool) -> Answer:
        result = for_role(choose(results), asked.reading, self._roles)
        may_ask = not asked.context.asked_back
        roles = self._roles if may_ask and asked.reading.role is None else {}
        nobody = names_nobody(asked.text) and asked.reading.role is None
        decision = decide(result, self._bounds, roles, may_ask=may_ask, names_nobody=nobody)
        answer = self._rolecheck.offer(self._answer(asked, result, decision), asked.history)
        if asks_advice(asked.text) and answer.kind in ("answer", "no_answer"):
            answer = replace(answer, text=f"{phrases.NO_ADVICE}\n\n{answer.text}")
        if _HIDDEN in asked.text:
            answer = replace(answer, text=f"{phrases.PERSONAL_DATA}\n\n{answer.text}")
        if explain:
            answer = replace(answer, explanation=explanation(result, decision))
        return answer

    def _answer(self, asked: _Asked, result: SearchResult, decision: Decision) -> Answer:
        if decision.action in ("refuse", "smalltalk"):
            return self._without_quote(asked, result, decision)
        if decision.action == "which_role":
            return self._writer.which_role(result)
        if decision.action == "which_entry":
            return self._writer.which_entry(result, decision)
        return self._writer.quoted(asked.text, result, decision)

    def _without_quote(self, asked: _Asked, result: SearchResult, decision: Decision) -> Answer:
        confidence = round(result.confidence, 4)
        if opens_as_followup(asked.text) and not asked.context.asked:
            return Answer("clarification", confidence, phrases.NOTHING_YET)
        if decision.action == "smalltalk" and not asks_advice(asked.text):
            return Answer("smalltalk", confidence, smalltalk.reply(asked.text))
        offer = result.inside >= self._bounds.perhaps
        return self._writer.refusal(asked.text, result, offer=offer)


# Stands where personal data stood: a word of no meaning to the search.
_HIDDEN = "…"


def _read(question: str) -> str:
    """The question as it is read: cleaned, and without the personal data in it."""
    text = clean(question)
    if len(text) > MAX_CHARACTERS:
        return text
    for finding in reversed(find_personal_data(text)):
        text = f"{text[: finding.start]}{_HIDDEN}{text[finding.end :]}"
    return text
