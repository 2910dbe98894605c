"""Is the server up, is it ready, how is it doing."""

from fastapi import APIRouter
from starlette.responses import PlainTextResponse, Response

from assistant.web.live import Live
from assistant.web.metrics import Metrics


def routes(metrics: Metrics, live: Live) -> APIRouter:
    """Return ``/healthz``, ``/readyz`` and ``/metrics`` of a server that has loaded."""
    router = APIRouter(include_in_schema=False)

    @router.get("/healthz")
    @router.get("/readyz")
    async def well() -> Response:
        return PlainTextResponse("ok")

    @router.get("/metrics")
    async def numbers() -> Response:
        return Response(
            metrics.text(live.now.library.version),
            media_type="text/plain; version=0.0.4; charset=utf-8",
        )

    return router
