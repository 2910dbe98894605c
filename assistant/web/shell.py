"""Gradio's HTML made Dutch and closed, and only those of its addresses that the page needs.

Gradio writes an English page with inline scripts and links to other hosts. This puts our own
header, conversation and footer around its form, gives every script the policy's nonce and drops
what would point elsewhere or talk with whoever frames the page. Upload, file, API and monitoring
addresses answer 404.
"""

import json
import re
import secrets

from starlette.datastructures import MutableHeaders, QueryParams
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web import texts
from assistant.web.headers import page_policy, path_of, replayed
from assistant.web.live import Live
from assistant.web.problems import problem
from assistant.web.render import templates
from assistant.web.settings import Settings

COMPACT = "compact"
_NEEDED = re.compile(
    r"/|/assets/[\w.\-]+|/theme\.css|/gradio_api/run/predict/?|/gradio_api/heartbeat/\w+"
    r"|/gradio_api/startup-events|/config"
)
_ASK = "/gradio_api/run/predict"
_ELSEWHERE = re.compile(
    r"<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>|<link rel=\"manifest\"[^>]*>"
)
# It obeys messages from any window, and sends its own to any.
_RESIZER = re.compile(
    r"(?s)<script>(?:(?!</script>).)*iframeResizer\.contentWindow(?:(?!</script>).)*</script>"
    r"|window\.parent\?\.postMessage\([^;]*;"
)


class Shell:
    """Wraps Gradio's application; its HTML is rewritten, the rest passes as it is."""

    def __init__(self, app: ASGIApp, live: Live, settings: Settings) -> None:
        self._app = app
        self._live = live
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = path_of(scope)
        if not _NEEDED.fullmatch(path) or ".." in path:
            await problem(404, texts.NOT_FOUND)(scope, receive, send)
        elif path == "/":
            await self._page(scope, receive, send)
        elif path.rstrip("/") == _ASK:
            await self._ask(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _ask(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Gradio repeats in its errors, and prints to its log, what it cannot use.
        body = await Request(scope, receive).body()
        if _is_question(body):
            await self._app(scope, replayed(body, receive), send)
        else:
            await problem(422, texts.UNREADABLE)(scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        start: Message = {}
        body = bytearray()

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body"):
                await self._finish(scope, start, bytes(body), send)

        await self._app(scope, receive, collect)

    async def _finish(self, scope: Scope, start: Message, body: bytes, send: Send) -> None:
        headers = MutableHeaders(raw=list(start["headers"]))
        if headers.get("content-type", "").startswith("text/html") and body:
            nonce = secrets.token_urlsafe(16)
            compact = QueryParams(scope["query_string"]).get("weergave") == COMPACT
            body = self._dutch(body.decode(), nonce, compact=compact).encode()
            headers["content-length"] = str(len(body))
            headers["content-security-policy"] = page_policy(nonce, self._settings.frame_ancestors)
            headers["cache-control"] = "no-store"
        await send({**start, "headers": headers.raw})
        await send({"type": "http.response.body", "body": body})

    def _dutch(self, html: str, nonce: str, *, compact: bool) -> str:
        before, after = self._live.now.renderer.frame(compact=compact)
        head = templates.get_template("head.html").render(settings=self._settings)
        html = _RESIZER.sub("", _ELSEWHERE.sub("", html))
        html = re.sub(r"<script(?=[\s>])", f'<script nonce="{nonce}"', html)
        html = html.replace('lang="en"', f'lang="nl" class="{COMPACT if compact else "ruim"}"', 1)
        html = html.replace(", shrink-to-fit=no", "", 1)
        html = html.replace("<gradio-app", f"{before}<gradio-app", 1)
        html = html.replace("</gradio-app>", f"</gradio-app>{after}", 1)
        return html.replace("</head>", f"{head}</head>", 1)


def _is_question(body: bytes) -> bool:
    """Is this what the form sends: function 0, with two texts?"""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return False
    data = sent.get("data") if isinstance(sent, dict) else None
    return (
        isinstance(data, list)
        and len(data) == 2
        and all(text is None or isinstance(text, str) for text in data)
        and sent.get("fn_index") == 0
        and {type(sent.get(name)) for name in ("session_hash", "event_id")} <= {str, type(None)}
        and isinstance(sent.get("trigger_id"), int | None)
        and sent.get("event_data") is None
    )
