"""Puts the rooms together: library, bank, encoder, index, ranker, retriever, assistant."""

import os
from pathlib import Path

from assistant.assistant import Assistant
from assistant.rolecheck import RoleCheck
from index.build import open_index
from index.encoder import DEFAULT_MODEL, load_encoder
from index.ranker_file import ADAPTER, TRAINED, load_ranker
from index.retriever import Retriever
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
    retriever = open_retriever(model, cache)
    library = retriever.library
    return Assistant(retriever, RoleCheck(load_rolecheck(library), library))


def open_retriever(model: str | None = None, cache: Path | None = None) -> Retriever:
    """Load everything below the assistant; see ``open_assistant``."""
    library = load_library()
    name = model or os.environ.get(MODEL_VARIABLE) or DEFAULT_MODEL
    encoder = load_encoder(name, TRAINED / ADAPTER)
    index = open_index(library, load_bank(library), encoder, cache)
    return Retriever(library, load_lexicon(), index, encoder, load_ranker())
