"""The agreement check on a page of its own, as a report to download, and as an API.

The page needs no script. Nothing is kept between its result and the report: the agreement's text
travels along in the result's form, and is checked again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from assistant import phrases
from assistant.agreement import SCHEMA, AgreementCheck, Report
from assistant.errors import DocumentError
from assistant.web import texts
from assistant.web.api import client_of
from assistant.web.desk import Desk
from assistant.web.gate import BusyError, TooManyError
from assistant.web.headers import Allowance, plain_policy, too_large
from assistant.web.live import Live
from assistant.web.problems import described, problem
from assistant.web.render import STATIC, templates
from assistant.web.settings import Settings
from assistant.web.upload import FORM, MAX_FORM_BYTES, take_upload

PAGE = "/overeenkomst"
REPORT = f"{PAGE}/verslag"
API = "/api/v1/agreement"
_NO_STORE = {"Cache-Control": "no-store"}


@dataclass(frozen=True)
class ReportBody(Report):
    """``Report.to_json()`` as a type, for the API's description."""

    schema: str = SCHEMA


class AgreementPages:
    """Writes the page and the report for one set of settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        policy = plain_policy(settings.frame_ancestors, form_action="'self'")
        self._headers = {"Content-Security-Policy": policy, **_NO_STORE}

    def page(self, report: Report | None = None, paragraphs: tuple[str, ...] = ()) -> Response:
        """The form, below a result where there is one."""
        text = "\n\n".join(paragraphs)
        return self._page(200, {}, report=report, text=text, error="")

    def failed(self, sentence: str, status: int, retry_after: int = 0) -> Response:
        """The form, below a sentence that says what went wrong."""
        headers = {"Retry-After": str(retry_after)} if retry_after else {}
        return self._page(status, headers, report=None, text="", error=sentence)

    def report(self, report: Report) -> Response:
        """The result as one HTML file that needs no other."""
        html = templates.get_template("agreement_report.html").render(
            report=report,
            words=phrases.AGREEMENT_STATUS,
            style=(STATIC / "agreement.css").read_text(encoding="utf-8"),
            today=date.today(),
        )
        disposition = 'attachment; filename="overeenkomstcheck.html"'
        return HTMLResponse(html, headers={"Content-Disposition": disposition, **_NO_STORE})

    def _page(self, status: int, headers: dict[str, str], **values: object) -> Response:
        html = templates.get_template("agreement.html").render(
            settings=self._settings, words=phrases.AGREEMENT_STATUS, **values
        )
        return HTMLResponse(html, status, {**self._headers, **headers})


def allowances(settings: Settings) -> dict[str, Allowance]:
    """How large a body may be at these routes, and how each refuses a larger one."""
    pages = AgreementPages(settings)

    def refused(_: int) -> Response:
        return pages.failed(phrases.DOCUMENT["large"], 413)

    on_page = Allowance(MAX_FORM_BYTES, refused)
    return {PAGE: on_page, REPORT: on_page, API: Allowance(MAX_FORM_BYTES, too_large)}


def routes(desk: Desk, live: Live, settings: Settings) -> APIRouter:
    """Return page, report and API; each is not found while there is no check."""
    router = APIRouter()
    pages = AgreementPages(settings)

    def current() -> AgreementCheck:
        check = live.now.check
        if check is None:
            raise HTTPException(404)
        return check

    async def checked(request: Request, check: AgreementCheck) -> tuple[Report, tuple[str, ...]]:
        read = await take_upload(request)

        def work() -> tuple[Report, tuple[str, ...]]:
            paragraphs = read()
            return check.check(paragraphs), paragraphs

        return await desk.check(work, client_of(request))

    async def shown(
        request: Request, show: Callable[[Report, tuple[str, ...]], Response]
    ) -> Response:
        check = current()
        try:
            return show(*await checked(request, check))
        except DocumentError as error:
            return pages.failed(str(error), 422)
        except HTTPException as error:
            return pages.failed(phrases.DOCUMENT["empty"], error.status_code)
        except TooManyError as error:
            return pages.failed(texts.TOO_MANY, 429, error.retry_after)
        except BusyError as error:
            return pages.failed(texts.BUSY, 503, error.retry_after)

    @router.get(PAGE, include_in_schema=False)
    async def form() -> Response:
        current()
        return pages.page()

    @router.post(PAGE, include_in_schema=False)
    async def result(request: Request) -> Response:
        return await shown(request, pages.page)

    @router.post(REPORT, include_in_schema=False)
    async def report(request: Request) -> Response:
        return await shown(request, lambda report, _: pages.report(report))

    @router.post(
        API,
        operation_id="agreement",
        summary="Controleer een verwerkersovereenkomst",
        openapi_extra={"requestBody": FORM},
        response_class=Response,
        responses={200: {"model": ReportBody}, **described(400, 404, 413, 422, 429, 503)},
    )
    async def api(request: Request) -> Response:
        """Zoekt bij elk onderwerp van de uitleg de passage in de overeenkomst; bewaart niets."""
        try:
            found, _ = await checked(request, current())
        except DocumentError as error:
            return problem(422, str(error))
        return JSONResponse(found.to_json())

    return router
