"""Puts the rooms together: library, bank, encoder, index, retriever, assistant."""

import os
from pathlib import Path

from assistant.assistant import Assistant
from index.build import open_index
from index.encoder import DEFAULT_MODEL, load_encoder
from index.retriever import Retriever
from knowledge.bank import load_bank
from knowledge.library import load_library

MODEL_VARIABLE = "AVG_ASSISTENT_MODEL"


def open_assistant(model: str | None = None, cache: Path | None = None) -> Assistant:
    """Load everything and return an assistant that is ready to answer.

    ``model`` defaults to the environment variable AVG_ASSISTENT_MODEL, then to the packaged
    model; ``cache`` to the user's cache folder. Raises KnowledgeError and IndexRoomError.
    """
    library = load_library()
    bank = load_bank(library)
    encoder = load_encoder(model or os.environ.get(MODEL_VARIABLE) or DEFAULT_MODEL)
    return Assistant(Retriever(library, open_index(library, bank, encoder, cache), encoder))
