"""The API: ask a question, read the guidance. The same answer as every other channel."""

import json
from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from assistant.web.desk import Desk
from assistant.web.live import Live
from assistant.web.problems import described
from assistant.web.shapes import (
    ANSWER,
    AskBody,
    EntryBody,
    EntryLine,
    entry_body,
    entry_line,
)


def routes(desk: Desk, live: Live) -> APIRouter:
    """Return the routes under ``/api/v1``."""
    router = APIRouter(prefix="/api/v1")

    @router.post(
        "/ask",
        operation_id="ask",
        summary="Stel een vraag",
        response_class=Response,
        responses={200: ANSWER, **described(400, 413, 422, 429, 503)},
    )
    async def ask(body: AskBody, request: Request) -> Response:
        """Geeft het antwoord uit de uitleg van de AP, met de bron; bewaart niets van de vraag."""
        asked = body.request()
        answer = await desk.ask(live.now.answers, asked, client_of(request), "api")
        content = json.dumps(replace(answer, id=asked.id).to_json(), ensure_ascii=False)
        return Response(content, media_type="application/json")

    @router.get("/entries", operation_id="entries", summary="Alle vragen van de uitleg")
    async def entries() -> tuple[EntryLine, ...]:
        """Geeft elke vraag die de uitleg beantwoordt, in de volgorde van de uitleg."""
        library = live.now.library
        return tuple(entry_line(library, entry) for entry in library.entries())

    @router.get(
        "/entries/{entry_id}",
        operation_id="entry",
        summary="Eén vraag met de hele tekst",
        responses=described(404, 422),
    )
    async def entry(entry_id: str) -> EntryBody:
        """Geeft de tekst van de uitleg bij deze vraag, letterlijk en in volgorde."""
        library = live.now.library
        try:
            return entry_body(library, library.entry(entry_id))
        except KeyError as error:
            raise HTTPException(404) from error

    return router


def client_of(request: Request) -> str:
    """The address that the rate counts for."""
    return request.client.host if request.client else ""
