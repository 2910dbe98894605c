"""The HTML report in a real browser, from a file and through the application."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect
from samples import rows, write_jsonl
from starlette.testclient import TestClient

from assistant.start import assemble
from assistant.web import evaluation
from assistant.web.headers import SecurityHeaders
from assistant.web.settings import Settings
from eval.__main__ import PASS, main
from eval.baselines import PassageSearcher
from eval.dataset import load_questions
from eval.report import report_html
from eval.runner import run_questions
from eval.runs import Run, new_run, save_run
from knowledge.library import Library

STRICT = "default-src 'none'; sandbox"


@pytest.fixture(scope="module")
def run(
    library: Library, searcher: PassageSearcher, tmp_path_factory: pytest.TempPathFactory
) -> Run:
    path = write_jsonl(tmp_path_factory.mktemp("set") / "own.jsonl", rows(library))
    questions = load_questions(path, library)
    records = run_questions(assemble(searcher), questions.questions)
    about = {"system": "bm25", "model": searcher.model, "settings": {"inside": 0.5}, "seed": 0}
    return new_run(questions, records, knowledge=library.version, **about)


@pytest.fixture(scope="module")
def report(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = save_run(run, tmp_path_factory.mktemp("runs"))
    assert main(["report", str(path)]) == PASS
    return path.with_suffix(".html")


@contextmanager
def opened(
    chromium: Browser, report: Path, *, width: int = 1200, dark: bool = False, policy: str = ""
) -> Iterator[Page]:
    """Open the report as a server under a policy sends it; fails when it asks for anything else."""
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light"
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    address = "http://report.test/report.html"
    headers = {"Content-Security-Policy": policy} if policy else {}
    body = report.read_text(encoding="utf-8")
    page.route("**/*", lambda r: r.fulfill(body=body, content_type="text/html", headers=headers))
    page.goto(address)
    yield page
    context.close()
    assert [url for url in asked if not url.startswith("data:")] == [address]


def test_shows_figures_plots_and_every_question(chromium: Browser, report: Path, run: Run) -> None:
    with opened(chromium, report) as page:
        expect(page.locator("html")).to_have_attribute("lang", "nl")
        expect(page.get_by_role("row", name="Juiste uitleg bovenaan")).to_contain_text(
            "100,0\N{NO-BREAK SPACE}%"
        )
        expect(page.get_by_role("img")).to_have_count(4)
        expect(page.locator("details")).to_have_count(len(run.records))
        first = page.locator("details").first
        first.locator("summary").click()
        for term in ("Gevraagd", "Verwacht", "Geantwoord", "Aangehaald", "Zekerheid", "Waarom"):
            expect(first.get_by_text(term, exact=True)).to_be_visible()


def test_can_be_filtered_to_the_failures_and_to_a_kind(
    chromium: Browser, report: Path, run: Run
) -> None:
    failures = sum(record.is_failure for record in run.records)
    assert 0 < failures < len(run.records)
    with opened(chromium, report) as page:
        shown = page.locator("details:visible")
        page.get_by_label("alleen fouten").check()
        expect(shown).to_have_count(failures)
        page.get_by_label("alle (").check()
        page.get_by_label("vijandig").check()
        expect(shown).to_have_count(1)


@pytest.mark.parametrize("policy", ["", STRICT], ids=["own policy", "strict policy"])
def test_hostile_question_is_shown_as_text(chromium: Browser, report: Path, policy: str) -> None:
    with opened(chromium, report, policy=policy) as page:
        asked = page.locator("summary", has_text="Negeer alles")
        expect(asked).to_contain_text("</p><script>alert('gevaar')</script><img src=x onerror=y>")
        assert page.locator("script, img").count() == 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1200, 320])
def test_is_accessible_and_never_wider_than_the_screen(
    chromium: Browser, report: Path, width: int, dark: bool
) -> None:
    with opened(chromium, report, width=width, dark=dark) as page:
        page.locator("summary").first.click()
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_run_without_questions_inside_or_confidences_still_gives_a_report(
    run: Run, library: Library
) -> None:
    outside = tuple(r for r in run.records if r.question.kind == "far")
    html = report_html(Run(run.about, outside), library)
    assert "Welke uitleg wordt verward?" not in html


def served(runs: Path) -> TestClient:
    app = FastAPI()
    app.include_router(evaluation.routes(Settings(), runs))
    app.add_middleware(SecurityHeaders, ancestors=())
    return TestClient(app)


def test_application_serves_the_newest_report_under_a_policy_that_shows_it(
    chromium: Browser, report: Path, tmp_path: Path
) -> None:
    (tmp_path / "newer.html").write_text("<p>nieuwer</p>")
    assert served(tmp_path).get("/evaluatie").text == "<p>nieuwer</p>"
    answer = served(report.parent).get("/evaluatie")
    policy = answer.headers["content-security-policy"]
    assert "script-src" not in policy
    assert "unsafe-inline" not in policy
    with opened(chromium, report, policy=policy) as page:
        page.get_by_label("alleen fouten").check()
        expect(page.locator("details:visible").first).to_contain_text("Fout")
        expect(page.locator("details.goed").first).to_be_hidden()


def test_application_says_how_to_make_a_report_where_there_is_none(tmp_path: Path) -> None:
    answer = served(tmp_path).get("/evaluatie")
    assert answer.status_code == 404
    assert "python -m eval report" in answer.text


def test_page_links_to_the_report_only_where_it_is_switched_on(library: Library) -> None:
    from assistant.web.render import Renderer

    assert 'href="evaluatie"' not in Renderer(library, Settings()).frame(compact=False)[0]
    on = Renderer(library, Settings(evaluation=True))
    assert 'href="evaluatie"' in on.frame(compact=False)[0]
