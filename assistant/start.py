"""Puts an assistant over a retriever."""

from pathlib import Path

from assistant.assistant import Assistant
from assistant.decision import Thresholds
from assistant.rolecheck import RoleCheck
from index.opening import load_opening
from index.retriever import Searcher
from knowledge.folder import KNOWLEDGE
from knowledge.rolecheck import load_rolecheck


def open_assistant(
    model: str | None = None, cache: Path | None = None, store: str | None = None
) -> Assistant:
    """Load everything and return an assistant that is ready to answer.

    Arguments are those of ``index.opening.load_opening``. Raises KnowledgeError, IndexRoomError.
    """
    opened = load_opening(model, store, cache).open()
    return assemble(opened.retriever, folder=opened.knowledge.folder)


def assemble(
    searcher: Searcher, bounds: Thresholds | None = None, folder: Path = KNOWLEDGE
) -> Assistant:
    """Put an assistant over any searcher; ``folder`` is what its library was read from.

    Raises KnowledgeError.
    """
    tree = load_rolecheck(searcher.library, folder / "rolecheck.yaml")
    return Assistant(searcher, RoleCheck(tree, searcher.library), bounds)
