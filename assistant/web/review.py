"""The helpdesk's review page under ``/beheer``: behind the token, plain forms, no script."""

from typing import cast, get_args
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from assistant.web import texts
from assistant.web.api import client_of
from assistant.web.feedback_store import FeedbackStore, Use
from assistant.web.gate import RateLimit
from assistant.web.live import Live
from assistant.web.review_export import files
from assistant.web.review_page import HEADERS, login_page, places, review_page
from assistant.web.review_session import COOKIE, SECONDS, Sessions
from assistant.web.settings import Settings

TRIES_PER_MINUTE = 10


class Door:
    """Lets in who has a session, or the token itself in an ``Authorization: Bearer`` header."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._tries = RateLimit(TRIES_PER_MINUTE)

    def lets_in(self, request: Request) -> bool:
        """May this request see the page? Raises TooManyError for too many wrong tokens."""
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self._tried(request, given)
        return self._sessions.holds(request.cookies.get(COOKIE, ""))

    def check(self, request: Request) -> None:
        """Raise HTTPException for who is not let in, and for a form of another site."""
        other_site = request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
        if other_site or not self.lets_in(request):
            raise HTTPException(403, texts.NO_ACCESS)

    def opened(self, request: Request, token: str) -> Response:
        """Start a session where the token is right."""
        if not self._tried(request, token):
            return RedirectResponse("../beheer?fout=1", 303)
        response = _back()
        response.set_cookie(
            COOKIE,
            self._sessions.cookie(),
            max_age=SECONDS,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )
        return response

    def _tried(self, request: Request, token: str) -> bool:
        right = self._sessions.opens(token)
        if not right:
            self._tries.take(client_of(request))
        return right


def routes(settings: Settings, live: Live, store: FeedbackStore, token: str) -> APIRouter:
    """Return ``/beheer`` and what its forms post to."""
    router = APIRouter(prefix="/beheer", include_in_schema=False)
    door = Door(Sessions(token))

    @router.get("")
    async def page(request: Request) -> Response:
        if not door.lets_in(request):
            wrong = "fout" in request.query_params
            return HTMLResponse(login_page(settings, wrong=wrong), headers=HEADERS)
        notes = await run_in_threadpool(store.notes)
        html = await run_in_threadpool(review_page, settings, live.now.library, notes)
        return HTMLResponse(html, headers=HEADERS)

    @router.post("/inloggen")
    async def log_in(request: Request) -> Response:
        return door.opened(request, (await _fields(request)).get("token", ""))

    @router.post("/uitloggen")
    async def log_out(request: Request) -> Response:
        door.check(request)
        response = _back()
        response.delete_cookie(COOKIE)
        return response

    @router.post("/besluit")
    async def decide(request: Request) -> Response:
        door.check(request)
        fields = await _fields(request)
        await run_in_threadpool(_apply, store, fields, live)
        following = fields.get("next", "")
        return _back(f"#vraag-{following}" if following.isdecimal() else "")

    @router.post("/opruimen")
    async def clear(request: Request) -> Response:
        door.check(request)
        for note in await run_in_threadpool(store.notes):
            if note.use:
                await run_in_threadpool(store.forget, note.id)
        return _back()

    @router.get("/export/{name}")
    async def export(name: str, request: Request) -> Response:
        door.check(request)
        notes = await run_in_threadpool(store.notes)
        write = files(notes, live.now.library).get(name)
        if write is None:
            raise HTTPException(404)
        headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
        return Response(write(), headers=headers, media_type="text/plain; charset=utf-8")

    return router


async def _fields(request: Request) -> dict[str, str]:
    body = (await request.body()).decode("utf-8", "replace")
    return {name: values[-1] for name, values in parse_qs(body, keep_blank_values=True).items()}


def _apply(store: FeedbackStore, fields: dict[str, str], live: Live) -> None:
    note_id, use, target = (fields.get(name, "") for name in ("note", "use", "target"))
    known = {p.target for group in places(live.now.library).values() for p in group}
    if not note_id.isdecimal() or use not in (*get_args(Use), "", "forget"):
        raise HTTPException(422, texts.INVALID)
    if use in get_args(Use) and target not in known:
        raise HTTPException(422, texts.NO_PLACE)
    if use == "forget":
        store.forget(int(note_id[:18]))
    else:
        store.decide(int(note_id[:18]), cast("Use", use), target)


def _back(place: str = "") -> RedirectResponse:
    return RedirectResponse(f"../beheer{place}", 303)
