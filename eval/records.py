"""What one question brought: asked, expected, answered, and whether that was right."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from eval.dataset import Question


@dataclass(frozen=True, slots=True)
class Record:
    """One question of a run. ``ranking`` holds (entry id, score), best first.

    ``inside`` is the probability that the guidance covers the question; ``seconds`` how long the
    answer took, None where questions were answered in a batch.
    """

    question: Question
    answer: str
    confidence: float
    inside: float
    ranking: tuple[tuple[str, float], ...]
    cited: tuple[str, ...]
    quotes: tuple[str, ...]
    text: str
    rule: str
    seconds: float | None = None

    @property
    def answered(self) -> bool:
        """Was a quote given, rather than a refusal, a question back or small talk?"""
        return self.answer == "answer"

    @property
    def first_is_right(self) -> bool:
        """Is the first entry an accepted one? Never for a question outside the guidance."""
        return bool(self.ranking) and self.ranking[0][0] in self.question.entries

    @property
    def phrase_is_quoted(self) -> bool | None:
        """Does a cited quote hold an accepted phrase? None where none is given or none applies."""
        if not self.question.phrases or not self.answered:
            return None
        quotes = [_folded(quote) for quote in self.quotes]
        return any(_folded(phrase) in quote for phrase in self.question.phrases for quote in quotes)

    @property
    def is_wrong(self) -> bool:
        """Would a person be misled or left without? What the report shows as a failure."""
        if self.question.kind == "in":
            return not self.answered or not self.first_is_right or self.phrase_is_quoted is False
        return self.answered


def record(question: Question, answer: Answer, seconds: float | None) -> Record:
    """Take from an explained answer what the figures and the report need."""
    why = answer.explanation or {}
    return Record(
        question=question,
        answer=answer.kind,
        confidence=answer.confidence,
        inside=float(why.get("inside", 0.0)),
        ranking=tuple((c["entry_id"], c["score"]) for c in why.get("candidates", ())),
        cited=tuple(dict.fromkeys(c.section_id for c in answer.citations)),
        quotes=tuple(c.quote for c in answer.citations),
        text=answer.text,
        rule=str(why.get("rule", "")),
        seconds=seconds,
    )


def of_kind(records: Sequence[Record], *kinds: str) -> tuple[Record, ...]:
    """The records whose question is of one of the kinds."""
    return tuple(r for r in records if r.question.kind in kinds)


def _folded(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("‘", "'").split()).lower()
