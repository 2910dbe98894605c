"""Puts the rooms together: library, bank, encoder, index, ranker, retriever, assistant."""

import os
from pathlib import Path

from assistant.assistant import Assistant
from assistant.decision import Thresholds
from assistant.rolecheck import RoleCheck
from index.build import open_index
from index.encoder import DEFAULT_MODEL, load_encoder
from index.ranker_file import ADAPTER, TRAINED, load_ranker
from index.retriever import Retriever, Searcher
from knowledge.bank import load_bank
from knowledge.lexicon import load_lexicon
from knowledge.library import load_library
from knowledge.rolecheck import load_rolecheck

MODEL_VARIABLE = "AVG_ASSISTENT_MODEL"


def open_assistant(model: str | None = None, cache: Path | None = None) -> Assistant:
    """Load everything and return an assistant that is ready to answer.

    ``model`` defaults to the environment variable AVG_ASSISTENT_MODEL, then to the packaged
    model; ``cache`` to the user's cache folder. Raises KnowledgeError and IndexRoomError.
    """
    return assemble(open_retriever(model, cache))


def assemble(searcher: Searcher, bounds: Thresholds | None = None) -> Assistant:
    """Put an assistant over any searcher. Raises KnowledgeError."""
    rolecheck = RoleCheck(load_rolecheck(searcher.library), searcher.library)
    return Assistant(searcher, rolecheck, bounds)


def open_retriever(model: str | None = None, cache: Path | None = None) -> Retriever:
    """Load everything below the assistant; see ``open_assistant``."""
    library = load_library()
    name = model or os.environ.get(MODEL_VARIABLE) or DEFAULT_MODEL
    encoder = load_encoder(name, TRAINED / ADAPTER)
    index = open_index(library, load_bank(library), encoder, cache)
    return Retriever(library, load_lexicon(), index, encoder, load_ranker())
