"""Puts an assistant over a retriever, and an agreement check over its model."""

from pathlib import Path

from assistant.agreement import AgreementCheck
from assistant.assistant import Assistant
from assistant.decision import Thresholds
from assistant.rolecheck import RoleCheck
from index.clause_vectors import clause_vectors
from index.clauses import fit_clauses
from index.encoder import Encoder
from index.opening import Opened, load_opening
from index.retriever import Searcher
from knowledge.folder import Knowledge
from knowledge.rolecheck import load_rolecheck
from knowledge.roles import load_roles


def open_assistant(
    model: str | None = None, cache: Path | None = None, store: str | None = None
) -> Assistant:
    """Load everything and return an assistant that is ready to answer.

    Arguments are those of ``index.opening.load_opening``. Raises KnowledgeError, IndexRoomError.
    """
    return over(load_opening(model, store, cache).open())


def over(opened: Opened) -> Assistant:
    """Put an assistant over knowledge that was opened; without a role check, over the shipped."""
    searcher, knowledge = opened.retriever, opened.knowledge
    tree = knowledge.rolecheck or load_rolecheck(searcher.library)
    return Assistant(searcher, RoleCheck(tree, searcher.library), knowledge.roles)


def assemble(searcher: Searcher, bounds: Thresholds | None = None) -> Assistant:
    """Put an assistant over any searcher of the shipped knowledge. Raises KnowledgeError."""
    rolecheck = RoleCheck(load_rolecheck(searcher.library), searcher.library)
    return Assistant(searcher, rolecheck, load_roles(searcher.library), bounds)


def open_agreement_check(
    knowledge: Knowledge, encoder: Encoder, cache: Path | None = None
) -> AgreementCheck | None:
    """Fit an agreement check on the editors' clauses; None where they wrote none.

    The clauses' vectors are made at first use and kept in ``cache``, by default the user's cache
    folder.
    """
    requirements = knowledge.requirements
    if requirements is None:
        return None
    examples = requirements.examples
    vectors = clause_vectors([example.text for example in examples], encoder, cache)
    model = fit_clauses(examples, [part.id for part in requirements.parts], vectors)
    return AgreementCheck(requirements, knowledge.library, model, encoder)
