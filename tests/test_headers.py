"""Every response tells the browser what it may do, and none tells more than it should."""

import re

import pytest
from conftest import Client

from assistant.web.headers import page_policy, plain_policy

HOST = "https://www.example.nl"
PATHS = ("/demo", "/widget.js", "/web/page.js", "/healthz", "/api/v1/entries", "/bestaat-niet")


@pytest.mark.parametrize("path", PATHS)
def test_every_response_carries_the_headers(client: Client, path: str) -> None:
    with client() as web:
        headers = web.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["x-frame-options"] == "SAMEORIGIN"
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "server" not in headers


def test_refusals_carry_them_too(client: Client) -> None:
    with client() as web:
        large = web.post("/api/v1/ask", content=b"x" * 300_000)
        wrong = web.post("/api/v1/ask", content=b"{")
    for answer in (large, wrong):
        assert "content-security-policy" in answer.headers


def test_who_may_embed_stands_in_every_policy(client: Client) -> None:
    with client(frame_ancestors=HOST) as web:
        headers = web.get("/demo").headers
    assert f"frame-ancestors 'self' {HOST}" in headers["content-security-policy"]
    # It knows no list of hosts, and would forbid the ones that were allowed.
    assert "x-frame-options" not in headers


def test_only_the_widget_may_be_loaded_by_another_site(client: Client) -> None:
    with client() as web:
        allowed = web.get("/widget.js").headers
        others = [web.get(path).headers for path in PATHS if path != "/widget.js"]
    assert allowed["cross-origin-resource-policy"] == "cross-origin"
    assert {h["cross-origin-resource-policy"] for h in others} == {"same-origin"}


def test_scripts_of_the_page_run_by_nonce_alone() -> None:
    policy = page_policy("abc", [HOST])
    (scripts,) = re.findall(r"script-src ([^;]*)", policy)
    assert scripts == "'self' 'nonce-abc'"
    assert "connect-src 'self'" in policy
    assert "http:" not in policy.replace(HOST, "")
    assert "unsafe" not in plain_policy([])
