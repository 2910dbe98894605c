"""Puts the web part together: API, health, page and the layers around them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from assistant.web import (
    agreement,
    api,
    embedding,
    evaluation,
    feedback,
    health,
    page,
    problems,
    retention,
    review,
)
from assistant.web.desk import Desk
from assistant.web.feedback_store import open_store
from assistant.web.headers import BodyLimit, SecurityHeaders
from assistant.web.live import Live
from assistant.web.metrics import Metrics
from assistant.web.render import STATIC
from assistant.web.settings import Settings
from assistant.web.shell import Shell

API_VERSION = "1.0"


def build_app(settings: Settings, live: Live) -> FastAPI:
    """Return the whole application, ready to answer."""
    app, desk = build_service(settings, live)
    page.mount(app, desk, live, settings)
    _wrap_gradio(app, live, settings)
    return app


def build_service(settings: Settings, live: Live) -> tuple[FastAPI, Desk]:
    """Return all but the chat page (which takes Gradio seconds to make), and its desk."""
    store = open_store(settings.feedback)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with live.followed(app), retention.enforced(store):
            yield

    app = FastAPI(
        title=settings.look.title,
        version=API_VERSION,
        summary="Antwoorden in de woorden van de Autoriteit Persoonsgegevens, met de bron.",
        openapi_url="/api/v1/openapi.json",
        # Their pages load scripts from another host; the description itself is enough.
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    problems.install(app)
    metrics = Metrics()
    desk = Desk(metrics, settings.rate_per_minute, settings.max_waiting, store)
    app.include_router(api.routes(desk, live))
    app.include_router(feedback.routes(desk, live))
    app.include_router(agreement.routes(desk, live, settings))
    app.include_router(health.routes(metrics, live))
    app.include_router(embedding.script_routes())
    app.include_router(embedding.demo_routes(settings))
    if settings.evaluation:
        app.include_router(evaluation.routes(settings))
    if store and settings.feedback.token:
        token = settings.feedback.token.get_secret_value()
        app.include_router(review.routes(settings, live, store, token))
    app.mount("/web", StaticFiles(directory=STATIC), name="web")
    _guard(app, settings)
    return app, desk


def _guard(app: FastAPI, settings: Settings) -> None:
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=("GET", "POST"),
            allow_headers=("Content-Type",),
        )
    app.add_middleware(
        BodyLimit, limit=settings.max_body_bytes, others=agreement.allowances(settings)
    )
    app.add_middleware(SecurityHeaders, ancestors=settings.frame_ancestors)


def _wrap_gradio(app: FastAPI, live: Live, settings: Settings) -> None:
    mounted = app.router.routes[-1]
    if not isinstance(mounted, Mount):
        raise TypeError(f"Gradio was expected as the last route, found {mounted!r}")
    mounted.app = Shell(mounted.app, live, settings)
