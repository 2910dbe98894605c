"""Security headers on every response, and a bound on every request's body."""

import base64
import hashlib
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web import texts
from assistant.web.problems import problem

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": (
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), display-capture=(), "
        "clipboard-write=(self)"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
}


def page_policy(nonce: str, ancestors: Iterable[str]) -> str:
    """The content security policy of Gradio's page.

    Its inline scripts run by nonce. Inline styles stay allowed: Gradio sets style attributes.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'self'",
            "form-action 'none'",
            _ancestors(ancestors),
        )
    )


def plain_policy(ancestors: Iterable[str]) -> str:
    """The policy of everything else: own files only, nothing inline."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
        + _ancestors(ancestors)
    )


def review_policy() -> str:
    """The policy of the review page: plain forms to this server, no script, in no frame."""
    return (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    )


def report_policy(style: str, ancestors: Iterable[str]) -> str:
    """The policy of a report that holds everything itself: its one inline style, and no script."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        f"form-action 'none'; {_ancestors(ancestors)}"
    )


def _ancestors(origins: Iterable[str]) -> str:
    return " ".join(("frame-ancestors 'self'", *origins))


class SecurityHeaders:
    """Adds the headers to every response; a policy that is there already stays."""

    def __init__(self, app: ASGIApp, ancestors: tuple[str, ...]) -> None:
        self._app = app
        self._fixed = dict(_FIXED)
        if not ancestors:
            self._fixed["X-Frame-Options"] = "SAMEORIGIN"
        self._policy = plain_policy(ancestors)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._fixed)
                headers.setdefault("Content-Security-Policy", self._policy)
                headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


class BodyLimit:
    """Reads each body before the application does, and refuses one above ``limit`` bytes."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] not in ("POST", "PUT", "PATCH"):
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        body = None
        if announced.isdecimal() and int(announced) <= self._limit:
            body = await self._read(receive)
        if body is None:
            detail = texts.TOO_LARGE.format(limit=self._limit)
            await problem(413, detail, headers={"Connection": "close"})(scope, receive, send)
            return
        await self._app(scope, replayed(body, receive), send)

    async def _read(self, receive: Receive) -> bytes | None:
        body = bytearray()
        while True:
            message = await receive()
            body.extend(message.get("body", b""))
            if len(body) > self._limit:
                return None
            if not message.get("more_body"):
                return bytes(body)


def replayed(body: bytes, receive: Receive) -> Receive:
    """Return a ``receive`` that gives this body, then what comes after it."""
    waiting = [body]

    async def once() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return once
