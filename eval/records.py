"""What one question brought: asked, expected, answered, and whether that was right."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from eval.dataset import Question, folded

FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Record:
    """One question of a run.

    ``answer`` is the answer's kind, or ``FAILED`` where the system broke on the question.
    ``ranking`` holds (entry id, score), best first. ``confidence`` and ``inside`` (the probability
    that the guidance covers the question) are None where the system gave no number. ``seconds`` is
    how long the question took on its own, None where it was only answered in a batch.
    """

    question: Question
    answer: str
    confidence: float | None = None
    inside: float | None = None
    ranking: tuple[tuple[str, float | None], ...] = ()
    cited: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    text: str = ""
    rule: str = ""
    seconds: float | None = None

    @property
    def is_answered(self) -> bool:
        """Was a quote given, rather than a refusal, a question back or small talk?"""
        return self.answer == "answer"

    @property
    def is_first_right(self) -> bool:
        """Is the first entry an accepted one? Never for a question outside the guidance."""
        return bool(self.ranking) and self.ranking[0][0] in self.question.entries

    @property
    def is_phrase_quoted(self) -> bool | None:
        """Does a cited quote hold an accepted phrase? None where that cannot be said."""
        if self.question.kind != "in" or not self.question.phrases or not self.is_answered:
            return None
        quotes = [folded(quote) for quote in self.quotes]
        return any(folded(phrase) in quote for phrase in self.question.phrases for quote in quotes)

    @property
    def is_misleading(self) -> bool:
        """Was something quoted that does not answer: a wrong entry, or any to an outsider?

        A question that the system broke on counts as well, so that breaking never looks better
        than answering.
        """
        if self.question.kind == "in":
            return self.is_answered and not self.is_first_right
        return self.is_answered or self.answer == FAILED

    @property
    def is_failure(self) -> bool:
        """Would a person be misled or left without? What the report can be filtered to."""
        if self.question.kind == "in":
            right = self.is_answered and self.is_first_right
            return not right or self.is_phrase_quoted is False
        return self.is_misleading


def record(question: Question, answer: Answer, seconds: float | None = None) -> Record:
    """Take from an explained answer what the figures and the report need."""
    why = answer.explanation or {}
    return Record(
        question=question,
        answer=answer.kind,
        confidence=_finite(answer.confidence),
        # What is answered without a search, such as an empty question, has no other number.
        inside=_finite(why.get("inside", answer.confidence)),
        ranking=tuple((c["entry_id"], _finite(c["score"])) for c in why.get("candidates", ())),
        cited=tuple(dict.fromkeys(c.section_id for c in answer.citations)),
        quotes=tuple(c.quote for c in answer.citations),
        text=answer.text,
        rule=str(why.get("rule", "")),
        seconds=seconds,
    )


def of_kind(records: Sequence[Record], *kinds: str) -> tuple[Record, ...]:
    """The records whose question is of one of the kinds."""
    return tuple(r for r in records if r.question.kind in kinds)


def _finite(value: float | None) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None
