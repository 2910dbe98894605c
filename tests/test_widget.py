"""The widget on other sites: two origins and a stranger, a strict policy, a phone, a keyboard."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import HOST, ROOT
from keyboard import tab_to
from playwright.sync_api import Browser, ConsoleMessage, Frame, Page, expect

QUESTION = "Ben ik verwerker als logistieke dienstverlener?"
STRICT = (
    "default-src 'none'; script-src {app}; frame-src {app}; base-uri 'none'; form-action 'none'"
)
OPEN = "Stel een vraag"

Site = dict[str, str]


@contextmanager
def site(origin: str, pages: Site, policy: str = "") -> Iterator[str]:
    """Serve these pages at this origin."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            html = pages.get(urlsplit(self.path).path)
            self.send_response(200 if html else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write((html or "").encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", urlsplit(origin).port or 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def html(app: str, script: str = "", body: str = "", attributes: str = "") -> str:
    return (
        "<!doctype html><html lang=nl><meta name=viewport content='width=device-width'>"
        f"<title>Gastpagina</title><main><h1>Gastpagina</h1><p>Tekst.</p>{body}</main>"
        f"<script src='{app}widget.js' {attributes} data-title='Privacyhulp' data-color='#0a5c36'>"
        f"</script>{script}"
    )


RECORD = """<script>
  window.heard = [];
  window.messages = [];
  addEventListener("message", (event) => messages.push(event.data?.channel));
  for (const name of ["ready", "open", "close", "answer", "feedback", "error"])
    AVGAssistent.on(name, (detail) => heard.push([name, detail]));
</script>"""

Open = Callable[..., Page]


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Open]:
    contexts = []

    def opening(url: str, *, width: int = 1200, dark: bool = False) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light"
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        return page

    yield opening
    for context in contexts:
        context.close()


def inside(page: Page, app: str) -> Frame:
    """The widget's frame, once it is ready."""
    page.wait_for_function("document.querySelector('[data-avg-assistent-widget]')")
    page.frame_locator("[data-avg-assistent-widget] iframe").locator("body.ready").wait_for()
    return next(frame for frame in page.frames if frame.url.startswith(app))


def ask(frame: Frame, question: str) -> None:
    turns = frame.locator(".turn .answer")
    before = turns.count()
    frame.get_by_role("textbox", name="Uw vraag").fill(question)
    frame.get_by_role("button", name="Verstuur").click()
    turns.nth(before).wait_for()


def heard(page: Page) -> list[str]:
    names: list[str] = page.evaluate("heard.map(([name]) => name)")
    return names


def test_is_small_and_needs_nothing_else() -> None:
    script = (ROOT / "assistant/web/static/widget.js").read_text(encoding="utf-8")
    assert len(script.encode()) < 15_000
    assert "import " not in script
    assert "innerHTML" not in script


def test_works_under_a_strict_policy_and_shows_the_citations(tab: Open, app_url: str) -> None:
    policy = STRICT.format(app=app_url.rstrip("/"))
    wrong: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            wrong.append(message.text)

    with site(HOST, {"/": html(app_url)}, policy) as host:
        page = tab("about:blank")
        page.on("console", note)
        page.on(
            "request", lambda r: None if r.url.startswith((app_url, host)) else wrong.append(r.url)
        )
        page.goto(host)
        page.get_by_role("button", name=OPEN).click()
        frame = inside(page, app_url)
        expect(frame.locator("h1")).to_have_text("Privacyhulp")
        ask(frame, QUESTION)
        frame.locator(".turn .cite").first.click()
        expect(frame.locator("details.source mark").first).to_be_in_viewport()
        assert wrong == []


def test_api_opens_asks_tells_and_closes(tab: Open, app_url: str) -> None:
    page_html = html(app_url, RECORD, attributes="data-init=manual")
    with site(HOST, {"/": page_html}) as host:
        page = tab(host)
        expect(page.get_by_role("button", name=OPEN)).to_have_count(0)
        page.evaluate("AVGAssistent.init({ title: 'Hulp', position: 'left' })")
        expect(page.get_by_role("button", name=OPEN)).to_have_count(1)
        page.evaluate(f"AVGAssistent.ask({QUESTION!r})")
        page.wait_for_function("heard.some(([name]) => name === 'answer')", timeout=60_000)
        answer = page.evaluate("heard.find(([name]) => name === 'answer')[1]")
        assert answer["citations"][0]["entry_id"] == "logistieke-dienstverlener"
        assert answer["receipt"]["quotes"]
        frame = inside(page, app_url)
        frame.get_by_role("button", name="Ja").click()
        page.wait_for_function("heard.some(([name]) => name === 'feedback')")
        # Gradio's own messages, which go to whoever frames it, are gone.
        assert set(page.evaluate("messages")) == {"avg-assistent"}
        page.evaluate("AVGAssistent.toggle()")
        expect(page.locator("[data-avg-assistent-widget] iframe")).to_be_hidden()
        page.evaluate("AVGAssistent.open()")
        expect(page.locator("[data-avg-assistent-widget] iframe")).to_be_visible()
        page.evaluate("AVGAssistent.close()")
        assert heard(page) == ["open", "ready", "answer", "feedback", "close", "open", "close"]
        with pytest.raises(Exception, match="unknown event"):
            page.evaluate("AVGAssistent.on('anders', () => 0)")


def test_a_second_script_changes_nothing(tab: Open, app_url: str) -> None:
    again = f"<script src='{app_url}widget.js' data-title='Tweede'></script>"
    with site(HOST, {"/": html(app_url, again)}) as host:
        page = tab(host)
        expect(page.get_by_role("button", name=OPEN)).to_have_count(1)
        page.evaluate("AVGAssistent.init({ title: 'Derde' }); AVGAssistent.open()")
        expect(page.get_by_role("dialog", name="Privacyhulp")).to_be_visible()


def test_stays_while_a_single_page_app_swaps_its_body(tab: Open, app_url: str) -> None:
    with site(HOST, {"/": html(app_url)}) as host:
        page = tab(host)
        page.get_by_role("button", name=OPEN).click()
        ask(inside(page, app_url), QUESTION)
        page.evaluate(
            "history.pushState({}, '', '/andere-pagina');"
            "document.body.replaceWith(Object.assign(document.createElement('body'),"
            " { textContent: 'Andere pagina' }))"
        )
        expect(inside(page, app_url).locator(".turn .answer")).to_have_count(1)


def test_inline_mode_fills_its_container(tab: Open, app_url: str) -> None:
    body = "<div data-avg-assistent style='height: 600px; width: 500px'></div>"
    with site(HOST, {"/": html(app_url, RECORD, body, "data-mode=inline")}) as host:
        page = tab(host)
        frame = inside(page, app_url)
        ask(frame, QUESTION)
        box = page.locator("[data-avg-assistent-widget] iframe").bounding_box()
        assert box is not None
        assert (box["width"], box["height"]) == (500, 600)
        expect(page.get_by_role("button", name=OPEN)).to_have_count(0)
        page.evaluate("AVGAssistent.close()")
        expect(page.locator("[data-avg-assistent-widget] iframe")).to_be_visible()


def test_is_refused_on_a_site_that_was_not_allowed(tab: Open, app_url: str) -> None:
    lines: list[str] = []
    with site("http://127.0.0.1:0", {"/": html(app_url, RECORD)}) as stranger:
        page = tab("about:blank")
        page.clock.install()
        page.on("console", lambda message: lines.append(message.text))
        page.goto(stranger)
        page.get_by_role("button", name=OPEN).click()
        page.wait_for_timeout(1_000)
        page.clock.fast_forward(60_000)
        expect(page.get_by_text("De vraaghulp kan hier niet openen.")).to_be_visible()
        link = page.get_by_role("link", name="Open de vraaghulp in een nieuw tabblad")
        expect(link).to_have_attribute("href", app_url)
        assert any("frame-ancestors" in line for line in lines)
        assert "error" in heard(page)


def test_a_frame_of_a_stranger_is_refused_by_the_browser(tab: Open, app_url: str) -> None:
    nested = f"<iframe src='{app_url}'></iframe>"
    with (
        site("http://127.0.0.1:0", {"/": nested}) as stranger,
        site(HOST, {"/": f"<iframe src='{stranger}/'></iframe>"}) as host,
    ):
        page = tab(host)
        page.wait_for_timeout(1_000)
        frames = [frame for frame in page.frames if frame.parent_frame is not None]
        assert len(frames) == 2
        assert all(frame.locator("#inhoud").count() == 0 for frame in frames)


def test_messages_from_elsewhere_are_not_heard(tab: Open, app_url: str) -> None:
    forged = """<script>
      const say = (message) => ({ channel: 'avg-assistent', ...message });
      setInterval(() => {
        for (let i = 0; i < parent.frames.length; i++)
          parent.frames[i].postMessage(say({ action: 'ask', text: 'Vraag van een vreemde' }), '*');
        parent.postMessage(say({ event: 'escape' }), '*');
        parent.postMessage(say({ event: 'answer', detail: 'vals' }), '*');
      }, 50);
    </script>"""
    with site("http://127.0.0.1:0", {"/": forged}) as stranger:
        body = f"<iframe src='{stranger}/'></iframe>"
        with site(HOST, {"/": html(app_url, RECORD, body)}) as host:
            page = tab(host)
            page.get_by_role("button", name=OPEN).click()
            frame = inside(page, app_url)
            page.evaluate("postMessage({ channel: 'avg-assistent', event: 'escape' }, '*')")
            page.wait_for_timeout(500)
            expect(frame.locator(".turn")).to_have_count(0)
            assert heard(page) == ["open", "ready"]


def test_from_open_to_close_by_keyboard(tab: Open, app_url: str) -> None:
    with site(HOST, {"/": html(app_url)}) as host:
        page = tab(host)
        launcher = page.get_by_role("button", name=OPEN)
        launcher.focus()
        page.keyboard.press("Enter")
        frame = inside(page, app_url)
        field = frame.get_by_role("textbox", name="Uw vraag")
        expect(field).to_be_focused()
        page.keyboard.type(QUESTION)
        page.keyboard.press("Enter")
        turn = frame.locator(".turn").last
        turn.locator(".answer").wait_for()
        tab_to(page, turn.locator(".cite").first, "Shift+Tab")
        page.keyboard.press("Enter")
        expect(turn.locator("mark").first).to_be_focused()
        tab_to(page, turn.locator("[data-thumb=down]"), "Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(turn.locator(".thanks")).to_be_focused()
        tab_to(page, turn.locator(".related button").first, "Shift+Tab")
        page.keyboard.press("Enter")
        expect(frame.locator(".turn .answer")).to_have_count(2)
        page.keyboard.press("Escape")
        expect(launcher).to_be_focused()
        page.keyboard.press("Enter")
        expect(field).to_be_focused()
        tab_to(page, page.get_by_role("button", name="Sluit de vraaghulp"), "Shift+Tab")
        page.keyboard.press("Enter")
        expect(launcher).to_be_focused()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1200, 320])
def test_axe_finds_nothing_closed_or_open(tab: Open, app_url: str, width: int, dark: bool) -> None:
    style = "<style>html { color-scheme: light dark }</style>"
    with site(HOST, {"/": html(app_url, style)}) as host:
        page = tab(host, width=width, dark=dark)
        assert Axe().run(page).response["violations"] == []
        page.get_by_role("button", name=OPEN).click()
        frame = inside(page, app_url)
        ask(frame, QUESTION)
        frame.locator("summary").last.click()
        frame.locator("[data-thumb=down]").click()
        for part in (page, frame):
            found = Axe().run(part)
            assert found.response["violations"] == [], found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert frame.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
