"""Puts this room together: knowledge, encoder, index and ranker make a retriever."""

import logging
import os
from dataclasses import dataclass
from pathlib import Path

from index.build import COPY, Builder, KnowledgeIndex, default_folder
from index.clause_scorer import ClauseScorer
from index.encoder import DEFAULT_MODEL, Encoder, load_encoder
from index.errors import StoreError
from index.ranker import Ranker
from index.ranker_file import ADAPTER, TRAINED, load_ranker
from index.retriever import Retriever
from index.stores.choice import choose_store
from index.stores.interface import Backend
from index.versions import Version, VersionFolder
from knowledge.agreement import Requirements
from knowledge.folder import KNOWLEDGE, Knowledge, load_knowledge

CLAUSES = "clauses"
MODEL_VARIABLE = "AVG_ASSISTENT_MODEL"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """A retriever and the knowledge that it searches.

    ``clauses`` scores an agreement's texts; None where the knowledge says nothing of agreements.
    """

    knowledge: Knowledge
    retriever: Retriever
    clauses: ClauseScorer | None = None


class Opening:
    """Opens the knowledge in ``source``, the folder that the editors work in, and again when it
    changed; model, ranker and store stay the same."""

    def __init__(
        self,
        source: Path,
        versions: VersionFolder,
        backend: Backend,
        encoder: Encoder,
        ranker: Ranker,
    ) -> None:
        self._source = source
        self._versions = versions
        self._backend = backend
        self._encoder = encoder
        self._ranker = ranker
        self._seen: str | None = None

    def open(self) -> Opened:
        """Open the editors' files as they are now, or the version that a person went back to.

        The index is built where it is missing or outdated. Raises KnowledgeError, IndexRoomError.
        """
        pinned = self._pinned()
        if pinned is None:
            return self._open(load_knowledge(self._source))
        _log.warning(
            "Version %s is used, not the newest pages: someone went back to it. "
            "'python -m index build' takes the pages as they are now.",
            pinned.name,
        )
        return self._open(load_knowledge(pinned.folder / COPY), pinned=True)

    def build(self) -> Opened:
        """Open the editors' files as they are now, whatever version was gone back to."""
        opened = self._open(load_knowledge(self._source))
        self._versions.unpin()
        return opened

    def follow(self) -> Opened | None:
        """Open the version that became current since the last look; None when none did.

        Raises KnowledgeError or IndexRoomError, once, when it cannot be used here.
        """
        name = self._current_name()
        if name is None or name == self._seen:
            return None
        self._seen = name
        version = self._versions.version(name)
        knowledge = load_knowledge(version.folder / COPY)
        return self._opened(knowledge, self._builder(knowledge).load(version))

    def _open(self, knowledge: Knowledge, *, pinned: bool = False) -> Opened:
        before = self._current_name()
        index = self._builder(knowledge).open(self._versions, pinned=pinned)
        self._seen = index.version or before
        return self._opened(knowledge, index)

    def _builder(self, knowledge: Knowledge) -> Builder:
        bank = knowledge.bank
        if self._encoder.is_tuned:
            # What training learned of a section stands in the ranker; only new ones need a bank.
            bank = bank.without(self._ranker.targets)
        return Builder(knowledge, bank, self._encoder, self._backend)

    def _opened(self, knowledge: Knowledge, index: KnowledgeIndex) -> Opened:
        library, lexicon = knowledge.library, knowledge.lexicon
        retriever = Retriever(library, lexicon, index, self._encoder, self._ranker)
        requirements = knowledge.requirements
        cache = self._versions.root / CLAUSES
        clauses = ClauseScorer(requirements, self._encoder, cache) if requirements else None
        return Opened(knowledge, retriever, clauses)

    def _pinned(self) -> Version | None:
        try:
            pointer = self._versions.pointer()
            return self._versions.version(pointer.name) if pointer and pointer.is_pinned else None
        except StoreError as error:
            _log.warning("%s. The newest pages are used.", error)
            return None

    def _current_name(self) -> str | None:
        try:
            pointer = self._versions.pointer()
        except StoreError:
            return None
        return pointer.name if pointer else None


def open_encoder(model: str | None = None) -> Encoder:
    """Load the model alone. Raises IndexRoomError.

    ``model`` defaults to the environment variable AVG_ASSISTENT_MODEL, then to the packaged model.
    """
    name = model or os.environ.get(MODEL_VARIABLE) or DEFAULT_MODEL
    return load_encoder(name, TRAINED / ADAPTER)


def load_opening(
    model: str | None = None, store: str | None = None, cache: Path | None = None
) -> Opening:
    """Load model and ranker. Raises IndexRoomError.

    ``model`` is that of ``open_encoder``; ``store`` defaults to AVG_ASSISTENT_STORE, then to
    FAISS; ``cache`` to the user's cache folder.
    """
    backend = choose_store(store)
    versions = VersionFolder(cache or default_folder(), backend.discard)
    return Opening(KNOWLEDGE, versions, backend, open_encoder(model), load_ranker())


def open_retriever(
    model: str | None = None, cache: Path | None = None, store: str | None = None
) -> Retriever:
    """Load everything that a search needs; see ``load_opening`` and ``Opening.open``."""
    return load_opening(model, store, cache).open().retriever


def open_clauses(requirements: Requirements, model: str | None = None) -> ClauseScorer:
    """Load what an agreement check needs and no more; ``model`` is that of ``open_encoder``."""
    return ClauseScorer(requirements, open_encoder(model), default_folder() / CLAUSES)
