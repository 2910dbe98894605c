"""Puts an assistant over a retriever, and an agreement check over its model."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.agreement import AgreementCheck
from assistant.assistant import Assistant
from assistant.decision import Thresholds
from assistant.rolecheck import RoleCheck
from index.opening import Opened, load_opening, open_clauses
from index.retriever import Searcher
from knowledge.agreement import load_requirements
from knowledge.library import Library
from knowledge.rolecheck import load_rolecheck
from knowledge.roles import load_roles


@contextmanager
def without_collection() -> Iterator[None]:
    """Collect no garbage while everything is imported and loaded.

    All of it stays, so that looking through it again and again costs a start one second in six.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def open_assistant(
    model: str | None = None, cache: Path | None = None, store: str | None = None
) -> Assistant:
    """Load everything and return an assistant that is ready to answer.

    Arguments are those of ``index.opening.load_opening``. Raises KnowledgeError, IndexRoomError.
    """
    with without_collection():
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
    if opened.clauses is None:
        return None
    return AgreementCheck(opened.clauses, opened.knowledge.library)


def open_agreement_check(library: Library, model: str | None = None) -> AgreementCheck:
    """Load an agreement check alone. Raises KnowledgeError, IndexRoomError."""
    return AgreementCheck(open_clauses(load_requirements(library), model), library)
