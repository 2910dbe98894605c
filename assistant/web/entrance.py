"""What listens: at once with a loading page, then with the application, then with newer ones."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web import embedding, problems, texts
from assistant.web.headers import SecurityHeaders
from assistant.web.render import STATIC, loading_page
from assistant.web.settings import Settings
from assistant.web.tenant import Tenant

# Seconds between two looks at whether other knowledge became current: one small file is read.
LOOK_EVERY = 1.0


class Application(Protocol):
    """Builds what is served; both may take seconds, and run in a thread."""

    def build(self) -> FastAPI:
        """Return the application over the knowledge that is current."""
        ...

    def renew(self) -> FastAPI | None:
        """Return another one when other knowledge became current, else None."""
        ...


class Entrance:
    """An ASGI application that hands everything to what ``load()`` builds, and to its successors.

    A request stays with the application that it began with; that one stops when nobody is inside.
    When the first cannot be built, ``failure`` holds the error and ``stop`` is called.
    """

    def __init__(
        self, settings: Settings, load: Callable[[], Application], stop: Callable[[], None]
    ) -> None:
        self.failure: BaseException | None = None
        self._load = load
        self._stop = stop
        waiting = _waiting_room(settings, self._lifespan)
        self._waiting: ASGIApp = SecurityHeaders(waiting, settings.frame_ancestors)
        self._tenant: Tenant | None = None
        self._leaving: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or the server's own start and stop."""
        tenant = self._tenant if scope["type"] != "lifespan" else None
        await (tenant or self._waiting)(scope, receive, send)

    @asynccontextmanager
    async def _lifespan(self, _: FastAPI) -> AsyncIterator[None]:
        running = asyncio.create_task(self._run())
        yield
        running.cancel()
        await asyncio.gather(running, *self._leaving, return_exceptions=True)
        if self._tenant:
            await self._tenant.leave(patience=0)

    async def _run(self) -> None:
        (application,) = await asyncio.gather(self._begin(), return_exceptions=True)
        if isinstance(application, BaseException):
            self.failure = application
            self._stop()
            return
        while True:
            await asyncio.sleep(LOOK_EVERY)
            renewed = await asyncio.to_thread(application.renew)
            if renewed:
                await self._move_in(renewed)

    async def _begin(self) -> Application:
        application = await asyncio.to_thread(self._load)
        await self._move_in(await asyncio.to_thread(application.build))
        return application

    async def _move_in(self, app: FastAPI) -> None:
        tenant, before = Tenant(app), self._tenant
        await tenant.ready()
        self._tenant = tenant
        if before:
            leaving = asyncio.create_task(before.leave())
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)


def _waiting_room(
    settings: Settings, lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]
) -> FastAPI:
    app = FastAPI(openapi_url=None, root_path=settings.root_path, lifespan=lifespan)
    problems.install(app)
    app.include_router(embedding.script_routes())
    app.mount("/web", StaticFiles(directory=STATIC))

    @app.get("/healthz")
    async def alive() -> Response:
        return PlainTextResponse("ok")

    @app.get("/")
    async def page() -> Response:
        headers = {"Retry-After": "2", "Cache-Control": "no-store"}
        return HTMLResponse(loading_page(settings), 503, headers)

    @app.api_route("/{path:path}", methods=["GET", "POST"])
    async def later(request: Request) -> Response:
        return problems.problem(503, texts.LOADING, headers={"Retry-After": "2"})

    return app
