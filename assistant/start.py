"""Puts an assistant over a retriever."""

from pathlib import Path

from assistant.assistant import Assistant
from assistant.decision import Thresholds
from assistant.rolecheck import RoleCheck
from index.opening import load_opening
from index.retriever import Searcher
from knowledge.rolecheck import load_rolecheck
from knowledge.roletree import RoleTree


def open_assistant(
    model: str | None = None, cache: Path | None = None, store: str | None = None
) -> Assistant:
    """Load everything and return an assistant that is ready to answer.

    Arguments are those of ``index.opening.load_opening``. Raises KnowledgeError, IndexRoomError.
    """
    opened = load_opening(model, store, cache).open()
    return assemble(opened.retriever, rolecheck=opened.knowledge.rolecheck)


def assemble(
    searcher: Searcher, bounds: Thresholds | None = None, rolecheck: RoleTree | None = None
) -> Assistant:
    """Put an assistant over any searcher; without a role check, with the one that is shipped.

    Raises KnowledgeError.
    """
    tree = rolecheck or load_rolecheck(searcher.library)
    return Assistant(searcher, RoleCheck(tree, searcher.library), bounds)
