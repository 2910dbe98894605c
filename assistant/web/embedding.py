"""Serves the widget's script and a page that shows it at work."""

from fastapi import APIRouter, Request
from starlette.responses import FileResponse, HTMLResponse, Response

from assistant.web.render import STATIC, templates
from assistant.web.settings import Settings

# Another site may load this one file; an hour is short enough for a fix to reach everyone.
_HEADERS = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "public, max-age=3600"}


def script_routes() -> APIRouter:
    """Return ``/widget.js``; it needs no assistant, so it is there while that one loads."""
    router = APIRouter(include_in_schema=False)

    @router.get("/widget.js")
    async def script() -> Response:
        return FileResponse(STATIC / "widget.js", headers=_HEADERS, media_type="text/javascript")

    return router


def demo_routes(settings: Settings) -> APIRouter:
    """Return ``/demo``: the widget live, with the lines to copy."""
    router = APIRouter(include_in_schema=False)

    @router.get("/demo")
    async def demo(request: Request) -> Response:
        base = str(request.base_url)
        html = templates.get_template("demo.html").render(
            settings=settings, base=base, origin=f"{request.url.scheme}://{request.url.netloc}"
        )
        return HTMLResponse(html)

    return router
