"""Puts an assistant over a retriever."""

from pathlib import Path

from assistant.assistant import Assistant
from assistant.rolecheck import RoleCheck
from index.opening import open_retriever
from knowledge.rolecheck import load_rolecheck


def open_assistant(model: str | None = None, cache: Path | None = None) -> Assistant:
    """Load everything and return an assistant that is ready to answer.

    Arguments and errors are those of ``index.opening.open_retriever``.
    """
    retriever = open_retriever(model, cache)
    library = retriever.library
    return Assistant(retriever, RoleCheck(load_rolecheck(library), library))
