"""What answers now: one version of the knowledge, and the next as soon as that is current."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI

from assistant.agreement import AgreementCheck
from assistant.answer_cache import AnswerCache
from assistant.start import agreement_check, over
from assistant.web.render import Renderer
from assistant.web.settings import Settings
from index.errors import IndexRoomError
from index.opening import Opened, Opening
from knowledge.errors import KnowledgeError
from knowledge.library import Library

# Seconds between two looks at whether another version became current: one small file is read.
LOOK_EVERY = 1.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Served:
    """All that one version answers and shows with. A request takes it once, and keeps to it.

    Knowledge that says nothing of agreements has no ``check``.
    """

    library: Library
    answers: AnswerCache
    renderer: Renderer
    check: AgreementCheck | None


class Live:
    """Holds what is served; ``now`` is replaced as a whole while questions go on."""

    def __init__(self, settings: Settings, opening: Opening) -> None:
        self._settings = settings
        self._opening = opening
        self.now = self._served(opening.open())

    @asynccontextmanager
    async def followed(self, _: FastAPI) -> AsyncIterator[None]:
        """Follow the current version for as long as the application runs: its lifespan."""
        following = asyncio.create_task(self._follow())
        yield
        following.cancel()

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await asyncio.to_thread(self._look)

    def _look(self) -> None:
        try:
            opened = self._opening.follow()
            if opened:
                self.now = self._served(opened)
        except (IndexRoomError, KnowledgeError) as error:
            _log.warning("%s\nThe version before it goes on answering.", error)

    def _served(self, opened: Opened) -> Served:
        library = opened.knowledge.library
        check = agreement_check(opened)
        renderer = Renderer(library, self._settings, has_check=check is not None)
        return Served(library, AnswerCache(over(opened)), renderer, check)
