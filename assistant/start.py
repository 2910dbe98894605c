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
from knowledge.agreement import Requirements
from knowledge.library import Library
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


def agreement_check(opened: Opened) -> AgreementCheck | None:
    """Put an agreement check over knowledge that was opened; None where it can have none."""
    requirements, encoder = opened.knowledge.requirements, opened.encoder
    if requirements is None or encoder is None:
        return None
    return open_agreement_check(requirements, opened.knowledge.library, encoder)


def open_agreement_check(
    requirements: Requirements, library: Library, encoder: Encoder, cache: Path | None = None
) -> AgreementCheck:
    """Fit an agreement check on the editors' clauses.

    Their vectors are made at first use and kept in ``cache``, by default the user's cache folder.
    """
    examples = requirements.examples
    vectors = clause_vectors([example.text for example in examples], encoder, cache)
    model = fit_clauses(examples, [part.id for part in requirements.parts], vectors)
    return AgreementCheck(requirements, library, model, encoder)
