"""Puts this room together: library, bank, encoder, index and ranker make a retriever."""

import os
from pathlib import Path

from index.build import open_index
from index.encoder import DEFAULT_MODEL, load_encoder
from index.ranker_file import ADAPTER, TRAINED, load_ranker
from index.retriever import Retriever
from knowledge.bank import load_bank
from knowledge.lexicon import load_lexicon
from knowledge.library import load_library

MODEL_VARIABLE = "AVG_ASSISTENT_MODEL"


def open_retriever(model: str | None = None, cache: Path | None = None) -> Retriever:
    """Load everything that a search needs; build the index where it is missing or outdated.

    ``model`` defaults to the environment variable AVG_ASSISTENT_MODEL, then to the packaged
    model; ``cache`` to the user's cache folder. Raises KnowledgeError and IndexRoomError.
    """
    library = load_library()
    name = model or os.environ.get(MODEL_VARIABLE) or DEFAULT_MODEL
    encoder = load_encoder(name, TRAINED / ADAPTER)
    ranker = load_ranker()
    bank = load_bank(library)
    if encoder.is_tuned:
        # What training learned of a section stands in the ranker; only new ones need their bank.
        bank = bank.without(ranker.targets)
    index = open_index(library, bank, encoder, cache)
    return Retriever(library, load_lexicon(), index, encoder, ranker)
