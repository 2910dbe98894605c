"""The one door: ``Assistant.ask(question, history) -> Answer``."""

from collections.abc import Sequence
from dataclasses import replace

from assistant import phrases, smalltalk
from assistant.answer import Alternative, Answer, Related
from assistant.composer import Quotes, escape
from assistant.decision import Decision, Thresholds, decide
from assistant.language import is_english
from assistant.request import MAX_CHARACTERS, Turn, clean
from assistant.rolecheck import RoleCheck
from index.hits import SearchResult
from index.retriever import Searcher

RELATED = 2
ALTERNATIVES = 3


class Assistant:
    """Answers questions over one library. Keeps no state between two questions."""

    def __init__(
        self, searcher: Searcher, rolecheck: RoleCheck, bounds: Thresholds | None = None
    ) -> None:
        self._searcher = searcher
        self._rolecheck = rolecheck
        self._library = searcher.library
        self._bounds = bounds or Thresholds()

    def ask(self, question: str, history: Sequence[Turn] = (), *, explain: bool = False) -> Answer:
        """Answer one question. The same knowledge, question and history give the same bytes."""
        text = clean(question)
        found = self._without_search(text, history)
        if found is None:
            (result,) = self._searcher.search_all([text])
            found = self._decided(text, result, history, explain=explain)
        return found

    def ask_all(self, questions: Sequence[str], *, explain: bool = False) -> list[Answer]:
        """Answer many questions as ``ask`` would, each on its own, embedded in one batch."""
        texts = [clean(question) for question in questions]
        early = [self._without_search(text, ()) for text in texts]
        searched = [text for text, found in zip(texts, early, strict=True) if found is None]
        results = iter(self._searcher.search_all(searched))
        return [
            found or self._decided(text, next(results), (), explain=explain)
            for text, found in zip(texts, early, strict=True)
        ]

    def _without_search(self, text: str, history: Sequence[Turn]) -> Answer | None:
        if not any(char.isalnum() for char in text):
            return Answer("clarification", 0.0, phrases.EMPTY)
        if len(text) > MAX_CHARACTERS:
            return Answer("clarification", 0.0, phrases.TOO_LONG.format(limit=MAX_CHARACTERS))
        return self._rolecheck.reply(text, history)

    def _decided(
        self, text: str, result: SearchResult, history: Sequence[Turn], *, explain: bool
    ) -> Answer:
        decision = decide(result, self._bounds)
        answer = self._rolecheck.offer(self._answer(text, result, decision), history)
        if explain:
            answer = replace(answer, explanation=explanation(result, decision))
        return answer

    def _answer(self, text: str, result: SearchResult, decision: Decision) -> Answer:
        if decision.action == "smalltalk":
            return Answer("smalltalk", round(result.confidence, 4), smalltalk.reply(text))
        if decision.action == "refuse":
            return self._refusal(text, result)
        if decision.action == "clarify":
            return self._clarification(result, decision)
        return self._quoted(text, result, decision)

    def _quoted(self, text: str, result: SearchResult, decision: Decision) -> Answer:
        quotes = Quotes(self._library)
        first, *more = decision.parts
        blocks = [quotes.section(*first)]
        for hit, part in more:
            heading = hit.entry.heading_of(part.section) or hit.entry.question
            blocks.append(f"*{phrases.ALSO}* {escape(heading)}\n\n{quotes.section(hit, part)}")
        blocks.append(quotes.sources())
        if is_english(text):
            blocks.append(f"*{phrases.ENGLISH_NOTE}*")
        blocks.append(f"*{phrases.DISCLAIMER}*")
        quoted = {hit.entry.id for hit, _ in decision.parts}
        return Answer(
            kind="answer",
            confidence=round(result.confidence, 4),
            text="\n\n".join(blocks),
            citations=tuple(quotes.citations),
            related=self._related(result, quoted),
            alternatives=alternatives(result, skip=1),
        )

    def _refusal(self, text: str, result: SearchResult) -> Answer:
        blocks = [phrases.NO_ANSWER, self._covered(), phrases.ELSEWHERE]
        related: tuple[Related, ...] = ()
        if result.inside >= self._bounds.perhaps:
            related = tuple(Related(h.entry.id, h.entry.question) for h in result.hits[:RELATED])
            offers = "\n".join(f"- {escape(item.question)}" for item in related)
            blocks.append(f"{phrases.PERHAPS}\n\n{offers}")
        if is_english(text):
            blocks.append(f"*{phrases.ENGLISH_NO_ANSWER}*")
        blocks.append(f"*{phrases.DISCLAIMER}*")
        return Answer(
            kind="no_answer",
            confidence=round(result.confidence, 4),
            text="\n\n".join(blocks),
            related=related,
            alternatives=alternatives(result),
        )

    def _clarification(self, result: SearchResult, decision: Decision) -> Answer:
        related = tuple(Related(hit.entry.id, hit.entry.question) for hit, _ in decision.parts)
        offers = "\n".join(f"- {escape(item.question)}" for item in related)
        return Answer(
            kind="clarification",
            confidence=round(result.confidence, 4),
            text=f"{phrases.WHICH}\n\n{offers}",
            related=related,
            alternatives=alternatives(result),
        )

    def _covered(self) -> str:
        groups = dict.fromkeys(entry.group for entry in self._library.entries())
        return f"{phrases.COVERED}\n\n" + "\n".join(f"- {escape(group)}" for group in groups)

    def _related(self, result: SearchResult, quoted: set[str]) -> tuple[Related, ...]:
        # The guidance's own cross references come first, then what the search found next.
        pointed = [ref.target for ref in result.hits[0].entry.see_also if ref.target]
        found = [hit.entry.id for hit in result.hits[1:]]
        ids = [name for name in dict.fromkeys(pointed + found) if name not in quoted]
        return tuple(Related(name, self._library.entry(name).question) for name in ids[:RELATED])


def alternatives(result: SearchResult, skip: int = 0) -> tuple[Alternative, ...]:
    """The next best entries after the first ``skip``."""
    return tuple(
        Alternative(hit.entry.id, hit.entry.question, round(hit.score, 4))
        for hit in result.hits[skip : skip + ALTERNATIVES]
    )


def explanation(result: SearchResult, decision: Decision) -> dict[str, object]:
    """Why this answer: each candidate's scores and features, and the rule that decided."""
    return {
        "action": decision.action,
        "rule": decision.reason,
        "inside": round(result.inside, 4),
        "signals": {name: round(value, 4) for name, value in result.signals.items()},
        "outside_kinds": {kind: round(p, 4) for kind, p in result.kinds.items()},
        "candidates": [
            {
                "entry_id": hit.entry.id,
                "score": round(hit.score, 4),
                "section_id": hit.sections[0].section.id,
                "section_score": round(hit.sections[0].score, 4),
            }
            for hit in result.hits
        ],
    }
