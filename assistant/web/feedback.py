"""Takes a thumb and its reason. Every thumb is counted; what is kept, the settings decide."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, StrictStr

from assistant.request import MAX_CHARACTERS
from assistant.web.api import client_of
from assistant.web.desk import Desk
from assistant.web.feedback_store import Note
from assistant.web.live import Live
from assistant.web.problems import described

Reason = Literal["wrong", "off_topic", "incomplete", "unclear", "other"]
MAX_COMMENT = 1_000
_EXAMPLE: dict[str, Any] = {
    "question": "Wie is aansprakelijk als de subverwerker de fout in gaat?",
    "verdict": "down",
    "reason": "incomplete",
    "comment": "Ik zoek ook wat er in het contract moet staan.",
    "section_id": "inhoud-verwerkersovereenkomst/subverwerkers",
}


class FeedbackBody(BaseModel):
    """What somebody thought of one answer."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    question: Annotated[
        StrictStr, Field(max_length=MAX_CHARACTERS, description="The question that was asked.")
    ]
    verdict: Literal["up", "down"]
    reason: Reason | None = None
    comment: Annotated[StrictStr, Field(max_length=MAX_COMMENT)] = ""
    section_id: Annotated[
        StrictStr, Field(max_length=200, description="The section that was cited first.")
    ] = ""


class FeedbackTaken(BaseModel):
    """``kept`` is false where the helpdesk keeps no feedback; it was counted then."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"kept": False}]})

    kept: bool


def routes(desk: Desk, live: Live) -> APIRouter:
    """Return ``/api/v1/feedback``."""
    router = APIRouter(prefix="/api/v1")

    @router.post(
        "/feedback",
        operation_id="feedback",
        summary="Geef uw mening over een antwoord",
        responses=described(400, 413, 422, 429),
    )
    async def feedback(body: FeedbackBody, request: Request) -> FeedbackTaken:
        """Telt de duim. Bewaart vraag en reden alleen als de helpdesk dat heeft aangezet."""
        # A name that the guidance does not have could be anything that a user typed.
        known = (s.id for entry in live.now.library.entries() for s in entry.sections)
        nearest = body.section_id if body.section_id in known else ""
        note = Note(body.question, body.verdict, body.reason or "", body.comment, nearest)
        return FeedbackTaken(kept=await desk.judge(note, client_of(request)))

    return router
