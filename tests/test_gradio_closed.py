"""Gradio's page is Dutch and closed: of its addresses only those that the page itself needs."""

import json
import re
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from assistant.web import texts

CLOSED = (
    "config/",
    "info",
    "gradio_api/info",
    "gradio_api/api/predict",
    "gradio_api/call/ask",
    "gradio_api/queue/join",
    "gradio_api/queue/data?session_hash=x",
    "gradio_api/upload",
    "gradio_api/file=/etc/passwd",
    "gradio_api/file=app.py",
    "gradio_api/proxy=https://elders.example/",
    "gradio_api/stream/a/b/c/playlist.m3u8",
    "gradio_api/component_server",
    "gradio_api/reset",
    "gradio_api/monitoring",
    "gradio_api/vibe-code/",
    "gradio_api/deep_link",
    "gradio_api/mcp/",
    "monitoring/summary",
    "login",
    "login_check",
    "token",
    "app_id",
    "robots.txt/x",
    "svelte/app.js",
    "custom_component/x/y/z",
    "static/js/iframeResizer.contentWindow.min.js",
    "static/../../app.py",
    "static/js/..%2f..%2f..%2fapp.py",
    "assets/..%2f..%2fapp.py",
    "web/..%2fsettings.py",
    "docs",
    "redoc",
    "openapi.json",
    ".git/config",
)


def status(url: str, body: bytes | None = None) -> tuple[int, bytes]:
    headers = {"Content-Type": "application/json"}
    try:
        with urlopen(Request(url, body, headers)) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()


@pytest.mark.parametrize("path", CLOSED)
def test_address_is_closed(app_url: str, path: str) -> None:
    for body in (None, b'{"data": []}'):
        code, content = status(app_url + path, body)
        assert code in (404, 405)
        assert json.loads(content)["status"] == code
        assert b"Traceback" not in content
        assert b"root:" not in content


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"[" * 100_000,
        b'{"data": "geheim"}',
        b'{"data": ["geheim"], "fn_index": 0}',
        b'{"data": ["geheim", null], "fn_index": 99}',
        b'{"data": ["geheim", 3], "fn_index": 0}',
        b'{"data": ["geheim", null], "fn_index": 0, "session_hash": ["geheim"]}',
        b'{"data": ["geheim", null], "fn_index": 0, "event_data": {"geheim": 1}}',
    ],
)
def test_a_wrong_call_of_the_page_is_refused_without_its_content(app_url: str, body: bytes) -> None:
    code, content = status(f"{app_url}gradio_api/run/predict", body)
    assert code == 422
    assert json.loads(content)["detail"] == texts.UNREADABLE
    assert b"geheim" not in content


def test_its_page_is_dutch_and_points_nowhere_else(app_url: str) -> None:
    with urlopen(app_url) as answer:
        page, policy = answer.read().decode(), answer.headers["content-security-policy"]
    assert re.search(r'<html\s+lang="nl"', page)
    (nonce,) = re.findall(r"'nonce-([\w-]+)'", policy)
    scripts = re.findall(r"<script\b[^>]*>", page)
    assert scripts
    inline = [script for script in scripts if "src=" not in script]
    assert all(f'nonce="{nonce}"' in script for script in inline)
    assert "postMessage" not in page
    loads = re.findall(r'(?:src|href)="(https?://[^"]+)"', page)
    # The guidance itself may be gone to; nothing is loaded from there.
    assert {url for url in loads if "autoriteitpersoonsgegevens.nl" not in url} == set()
    with urlopen(app_url) as again:
        assert nonce not in again.headers["content-security-policy"]
