"""Builds the application over the knowledge that is current, and again when another became so."""

import logging

from fastapi import FastAPI

from assistant.start import over
from assistant.web.metrics import Metrics
from assistant.web.server import build_app
from assistant.web.settings import Settings
from index.errors import IndexRoomError
from index.opening import Opened, load_opening
from knowledge.errors import KnowledgeError

_log = logging.getLogger(__name__)


class Serving:
    """Model and counters live as long as the server; each version gets an application."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._metrics = Metrics()
        self._opening = load_opening(settings.model, settings.store)

    def build(self) -> FastAPI:
        """Open what is current; raises KnowledgeError, IndexRoomError."""
        return self._app(self._opening.open())

    def renew(self) -> FastAPI | None:
        """Open what became current since; None when nothing did or it cannot be used."""
        try:
            opened = self._opening.follow()
            return None if opened is None else self._app(opened)
        except (IndexRoomError, KnowledgeError) as error:
            _log.warning("%s\nThe version before it goes on answering.", error)
            return None

    def _app(self, opened: Opened) -> FastAPI:
        library = opened.knowledge.library
        assistant = over(opened)
        return build_app(self._settings, assistant, library, self._metrics)
