"""Security headers on every response, and a bound on every request's body."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web import texts
from assistant.web.problems import problem

# How many times its limit a body may be to be read to its end before it is refused.
_DRAINED = 10
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


def plain_policy(ancestors: Iterable[str], form_action: str = "'none'") -> str:
    """The policy of everything else: own files only, nothing inline."""
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        f"connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action {form_action}; "
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


@dataclass(frozen=True, slots=True)
class Allowance:
    """The largest body of some path, in bytes, and the response to a larger one."""

    limit: int
    refuse: Callable[[int], Response]


def too_large(limit: int) -> Response:
    """Refuse as the API does."""
    detail = texts.TOO_LARGE.format(limit=limit)
    return problem(413, detail, headers={"Connection": "close"})


class BodyLimit:
    """Reads each body before the application does, and refuses one above its path's allowance."""

    def __init__(self, app: ASGIApp, limit: int, others: Mapping[str, Allowance]) -> None:
        self._app = app
        self._usual = Allowance(limit, too_large)
        self._others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or scope["method"] not in ("POST", "PUT", "PATCH"):
            await self._app(scope, receive, send)
            return
        allowance = self._others.get(path_of(scope), self._usual)
        announced = Headers(scope=scope).get("content-length", "0")
        body = None
        if announced.isdecimal() and int(announced) <= _DRAINED * allowance.limit:
            body = await _read(receive, allowance.limit)
        if body is None:
            await allowance.refuse(allowance.limit)(scope, receive, send)
            return
        await self._app(scope, replayed(body, receive), send)


def path_of(scope: Scope) -> str:
    """The path below the root path, beginning with a slash."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    return path.removeprefix(root) or "/"


async def _read(receive: Receive, limit: int) -> bytes | None:
    """Return the body; None when it is larger.

    A larger body is read on for a while, and let go: a browser that cannot send all of it shows
    an error of its own instead of the response.
    """
    body = bytearray()
    size = 0
    while size <= _DRAINED * limit:
        message = await receive()
        piece = message.get("body", b"")
        size += len(piece)
        if size <= limit:
            body.extend(piece)
        if not message.get("more_body"):
            return bytes(body) if size <= limit else None
    return None


def replayed(body: bytes, receive: Receive) -> Receive:
    """Return a ``receive`` that gives this body, then what comes after it."""
    waiting = [body]

    async def once() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return once
