"""What listens: at once with a loading page, and with the whole application when it is there."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web import embedding, problems, texts
from assistant.web.headers import SecurityHeaders
from assistant.web.render import STATIC, loading_page
from assistant.web.settings import Settings


class Entrance:
    """An ASGI application that calls ``build`` in a thread and then hands everything to its result.

    When ``build`` fails, ``failure`` holds the error and ``stop`` is called.
    """

    def __init__(
        self, settings: Settings, build: Callable[[], FastAPI], stop: Callable[[], None]
    ) -> None:
        self.failure: BaseException | None = None
        self._root = settings.root_path
        self._build = build
        self._stop = stop
        waiting = _waiting_room(settings, self._lifespan)
        self._waiting: ASGIApp = SecurityHeaders(waiting, settings.frame_ancestors)
        self._ready: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or the server's own start and stop."""
        ready = self._ready if scope["type"] != "lifespan" else None
        await (ready or self._waiting)(_below(self._root, scope), receive, send)

    @asynccontextmanager
    async def _lifespan(self, _: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            loading = asyncio.create_task(self._load(stack))
            yield
            loading.cancel()

    async def _load(self, stack: AsyncExitStack) -> None:
        (built,) = await asyncio.gather(asyncio.to_thread(self._build), return_exceptions=True)
        if isinstance(built, BaseException):
            self.failure = built
            self._stop()
            return
        await stack.enter_async_context(built.router.lifespan_context(built))
        self._ready = built


def _below(root: str, scope: Scope) -> Scope:
    # One proxy passes the root path on, another leaves it out; inside, it is expected.
    if not root or scope["type"] != "http":
        return scope
    path = scope["path"]
    inside = path if path == root or path.startswith(f"{root}/") else root + path
    return {**scope, "path": inside, "root_path": root}


def _waiting_room(
    settings: Settings, lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]]
) -> FastAPI:
    app = FastAPI(openapi_url=None, lifespan=lifespan)
    problems.install(app)
    app.include_router(embedding.script_routes())
    app.mount("/web", StaticFiles(directory=STATIC))

    @app.get("/healthz")
    async def alive() -> Response:
        return PlainTextResponse("ok")

    @app.get("/")
    @app.get("/overeenkomst")
    async def page() -> Response:
        headers = {"Retry-After": "2", "Cache-Control": "no-store"}
        return HTMLResponse(loading_page(settings), 503, headers)

    @app.api_route("/{path:path}", methods=["GET", "POST"])
    async def later(request: Request) -> Response:
        return problems.problem(503, texts.LOADING, headers={"Retry-After": "2"})

    return app
