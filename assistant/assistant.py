"""The one door: ``Assistant.ask(question, history) -> Answer``."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant import phrases, smalltalk
from assistant.advice import asks_advice, asks_person
from assistant.answer import Answer
from assistant.audit import Basis, digest
from assistant.context import Context, ContextReader
from assistant.decision import Decision, Situation, Thresholds, decide
from assistant.dialogue import Reading, choose, read
from assistant.explain import explanation
from assistant.followup import form_of, lean, opens_as_followup
from assistant.gist import as_read, gist
from assistant.language import is_english
from assistant.request import MAX_CHARACTERS, Turn, clean
from assistant.retold import Reteller
from assistant.rolecheck import RoleCheck
from assistant.smalltalk import has_smalltalk, is_courtesy
from assistant.stated import names_nobody, names_party
from assistant.writer import Writer
from index.hits import SearchResult
from index.retriever import Searcher
from knowledge.roles import NONE, Roles


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question that needs a search: its gist, conversation and readings; ``hidden`` tells that
    personal data was taken out of it."""

    text: str
    history: Sequence[Turn]
    context: Context
    reading: Reading
    hidden: bool


class Assistant:
    """Answers questions over one library. Keeps no state between two questions."""

    def __init__(
        self,
        searcher: Searcher,
        rolecheck: RoleCheck,
        roles: Roles,
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
            results = self._searcher.search_all(asked.reading.queries, together=True)
            asked = self._decided(asked, results, explain)
        return self._receipted(question, asked)

    def ask_all(self, questions: Sequence[str], *, explain: bool = False) -> list[Answer]:
        """Answer many questions as ``ask`` would, each on its own, embedded in one batch."""
        asked = [self._understood(question, ()) for question in questions]
        searched = [item.reading.queries[0] for item in asked if isinstance(item, _Asked)]
        results = iter(self._searcher.search_all(searched))
        answers = (
            item if isinstance(item, Answer) else self._decided(item, [next(results)], explain)
            for item in asked
        )
        return [self._receipted(*pair) for pair in zip(questions, answers, strict=True)]

    def _understood(self, question: str, history: Sequence[Turn]) -> _Asked | Answer:
        """Return what must be searched for, or the answer where nothing must."""
        text = as_read(question)
        hidden = text != clean(question)
        if not any(char.isalnum() for char in text):
            return _warned(Answer("clarification", 0.0, phrases.EMPTY), hidden)
        if len(text) > MAX_CHARACTERS:
            return Answer("clarification", 0.0, phrases.TOO_LONG.format(limit=MAX_CHARACTERS))
        step = self._rolecheck.reply(text, history)
        if step:
            return _warned(step, hidden)
        asked, context = gist(text), self._contexts.read(history)
        answer = self._unsearched(asked, context)
        if answer:
            return _warned(self._rolecheck.offer(answer, history), hidden)
        return _Asked(asked, history, context, read(asked, context, self._roles), hidden)

    def _unsearched(self, text: str, context: Context) -> Answer | None:
        """The reply to a courtesy, or the last answer in another form."""
        if is_courtesy(text):
            return Answer("smalltalk", 0.0, smalltalk.reply(text))
        form = form_of(text)
        if context.asked_back or (form and form[0] == "item" and context.offered):
            return None
        note = phrases.ENGLISH_NOTE if is_english(f"{context.asked} {text}") else ""
        if context.focus is None:
            return Answer("clarification", 0.0, phrases.NOTHING_YET) if form else None
        if form is None:
            return self._reteller.named_item(text, context.foci, note=note)
        return self._reteller.retell(*form, context.foci, note=note)

    def _receipted(self, question: str, answer: Answer) -> Answer:
        return replace(answer, receipt=self._basis.receipt(as_read(question), answer))

    def _decided(self, asked: _Asked, results: Sequence[SearchResult], explain: bool) -> Answer:
        reading = asked.reading
        result = choose(results, reading, self._roles)
        is_open = reading.role is None and not names_party(asked.text)
        nobody = names_nobody(f"{asked.context.asked if reading.lean else ''} {reading.queries[0]}")
        decision = decide(
            result,
            self._bounds,
            self._roles if is_open else NONE,
            Situation(
                least=self._least(asked, result),
                may_ask=not asked.context.asked_back,
                names_nobody=nobody,
                leans=reading.lean is not None,
            ),
        )
        answer = self._rolecheck.offer(self._answer(asked, result, decision), asked.history)
        if asks_advice(asked.text) and answer.kind in ("answer", "no_answer"):
            answer = replace(answer, text=f"{phrases.NO_ADVICE}\n\n{answer.text}")
        if explain:
            answer = replace(answer, explanation=explanation(result, decision))
        return _warned(answer, asked.hidden)

    def _least(self, asked: _Asked, result: SearchResult) -> float:
        """How likely it must be that the guidance covers the question."""
        if asks_advice(asked.text) and result.confidence < self._bounds.advice:
            return math.inf
        if asked.reading.chosen:
            return self._bounds.ask
        focus = asked.context.focus
        on_subject = focus and result.hits[0].entry == focus.entry and not asked.context.refused
        if asked.reading.subject or on_subject:
            return self._bounds.followup
        return self._bounds.inside

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
        if lean(asked.text) and opens_as_followup(asked.text) and not asked.context.asked:
            return Answer("clarification", confidence, phrases.NOTHING_YET)
        person = asks_person(asked.text)
        chats = has_smalltalk(asked.text) or result.kinds.get("smalltalk", 0.0) >= self._bounds.chat
        if decision.action == "smalltalk" and chats and not (person or asks_advice(asked.text)):
            return Answer("smalltalk", confidence, smalltalk.reply(asked.text))
        offer = result.inside >= self._bounds.perhaps
        refusal = self._writer.refusal(asked.text, result, offer=offer)
        if person:
            return replace(refusal, text=f"{phrases.NO_PERSON}\n\n{refusal.text}")
        return refusal


def _warned(answer: Answer, hidden: bool) -> Answer:
    """The answer with a warning above it where personal data was typed."""
    if not hidden:
        return answer
    return replace(answer, text=f"{phrases.PERSONAL_DATA}\n\n{answer.text}")
