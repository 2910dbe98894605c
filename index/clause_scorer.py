"""Scores an agreement's texts against the parts that the editors' clauses teach."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from index.clause_vectors import clause_vectors
from index.clauses import ClauseModel, ClauseScores, fit_clauses
from index.encoder import Encoder
from knowledge.agreement import Requirements


@dataclass(frozen=True)
class ClauseScorer:
    """Fits on the first text that it scores: a server that checks no agreement pays nothing.

    ``cache`` is the folder for the clauses' vectors.
    """

    requirements: Requirements
    encoder: Encoder
    cache: Path

    def score(self, texts: Sequence[str]) -> ClauseScores:
        """Score one text or more against the requirements' parts, in their order."""
        return self._model.score(texts, self.encoder)

    @cached_property
    def _model(self) -> ClauseModel:
        examples = self.requirements.examples
        vectors = clause_vectors([example.text for example in examples], self.encoder, self.cache)
        return fit_clauses(examples, [part.id for part in self.requirements.parts], vectors)
