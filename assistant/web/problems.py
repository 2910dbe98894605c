"""Errors as RFC 9457 problems: a type, a title, a status and a sentence in Dutch; never a trace."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response

from assistant.web import texts
from assistant.web.desk import AnswerFailedError
from assistant.web.gate import BusyError, TooManyError

MEDIA_TYPE = "application/problem+json"
# Said instead of the framework's own English.
_SENTENCES = {404: texts.NOT_FOUND, 405: texts.WRONG_METHOD}


class FieldError(BaseModel):
    """One field of the request that is not as it must be."""

    place: str
    message: str


class Problem(BaseModel):
    """What every error of the API looks like (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldError] | None = None


def problem(
    status: int,
    detail: str,
    errors: Sequence[FieldError] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Build one problem response."""
    body = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        errors=list(errors) if errors else None,
    )
    content = json.dumps(body.model_dump(exclude_none=True), ensure_ascii=False)
    return Response(content, status, dict(headers or {}), MEDIA_TYPE)


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI entries for these problem statuses."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": Problem.model_json_schema()}},
        }
        for status in statuses
    }


def install(app: FastAPI) -> None:
    """Answer every error of ``app`` with a problem."""
    app.add_exception_handler(TooManyError, _too_many)
    app.add_exception_handler(BusyError, _busy)
    app.add_exception_handler(AnswerFailedError, _failed)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _failed)


def _too_many(_: Request, error: Exception) -> Response:
    return problem(429, texts.TOO_MANY, headers=_retry(error))


def _busy(_: Request, error: Exception) -> Response:
    return problem(503, texts.BUSY, headers=_retry(error))


def _retry(error: Exception) -> dict[str, str]:
    return {"Retry-After": str(getattr(error, "retry_after", 1))}


def _invalid(_: Request, error: Exception) -> Response:
    # The input itself is left out: an error must not repeat what a user typed.
    found = error.errors() if isinstance(error, RequestValidationError) else ()
    errors = [FieldError(place="/".join(map(str, e["loc"])), message=e["msg"]) for e in found]
    return problem(422, texts.INVALID, errors)


def _http(_: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        return problem(500, texts.FAILED)
    detail = _SENTENCES.get(error.status_code, error.detail)
    return problem(error.status_code, detail, headers=error.headers)


def _failed(_: Request, __: Exception) -> Response:
    return problem(500, texts.FAILED)
