"""Serves the newest evaluation report, a finished HTML file; switched on by one setting."""

import re
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from assistant.web.headers import report_policy
from assistant.web.render import templates
from assistant.web.settings import Settings

RUNS = Path(__file__).parents[2] / "runs"
_STYLE = re.compile(r"(?s)<style>(.*?)</style>")


def routes(settings: Settings, runs: Path = RUNS) -> APIRouter:
    """Return ``/evaluatie``: the report that was written last, or how to make one."""
    router = APIRouter(include_in_schema=False)

    @router.get("/evaluatie")
    def evaluation() -> Response:
        reports = sorted(runs.glob("*.html"), key=lambda path: path.stat().st_mtime)
        if not reports:
            html = templates.get_template("no_report.html").render(settings=settings)
            return HTMLResponse(html, 404)
        html = reports[-1].read_text(encoding="utf-8")
        style = _STYLE.search(html)
        policy = report_policy(style[1] if style else "", settings.frame_ancestors)
        headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
        return HTMLResponse(html, headers=headers)

    return router
