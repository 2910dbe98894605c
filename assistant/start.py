"""Puts an assistant over a retriever."""

from pathlib import Path

from assistant.assistant import Assistant
from assistant.decision import Thresholds
from assistant.rolecheck import RoleCheck
from index.opening import open_retriever
from index.retriever import Searcher
from knowledge.rolecheck import load_rolecheck
from knowledge.roles import load_roles


def open_assistant(model: str | None = None, cache: Path | None = None) -> Assistant:
    """Load everything and return an assistant that is ready to answer.

    Arguments and errors are those of ``index.opening.open_retriever``.
    """
    return assemble(open_retriever(model, cache))


def assemble(searcher: Searcher, bounds: Thresholds | None = None) -> Assistant:
    """Put an assistant over any searcher. Raises KnowledgeError."""
    rolecheck = RoleCheck(load_rolecheck(searcher.library), searcher.library)
    return Assistant(searcher, rolecheck, load_roles(searcher.library), bounds)
