"""One built application behind the entrance: its start and stop, and the requests inside it."""

import asyncio
import contextlib

from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

# A question takes far less; what stays longer is a page's open line, which connects again.
PATIENCE = 30.0
_LOOK_EVERY = 0.05


class Tenant:
    """Runs an application's lifespan in a task of its own, so that two can overlap."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._inside = 0
        self._ready = asyncio.Event()
        self._leaving = asyncio.Event()
        self._task = asyncio.create_task(self._live())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        self._inside += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._inside -= 1

    async def ready(self) -> None:
        """Wait until the application has started; raises what its start raised."""
        waiting = asyncio.create_task(self._ready.wait())
        await asyncio.wait((waiting, self._task), return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._task.done():
            await self._task

    async def leave(self, patience: float = PATIENCE) -> None:
        """Stop the application once nobody is inside, or after ``patience`` seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while self._inside:
                    await asyncio.sleep(_LOOK_EVERY)
        self._leaving.set()
        await self._task

    async def _live(self) -> None:
        async with self._app.router.lifespan_context(self._app):
            self._ready.set()
            await self._leaving.wait()
