"""The API: one answer shape, typed problems, limits that hold, and no question in any of them."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from conftest import Client

from assistant.assistant import Assistant
from assistant.request import MAX_TURNS, Turn
from assistant.web import texts
from assistant.web.gate import BusyError, RateLimit, TooManyError
from knowledge.library import Library

QUESTION = "Ben ik verwerker als logistieke dienstverlener?"
SECRET = "geheimwoord-van-een-gebruiker"  # noqa: S105


def test_answers_as_the_assistant_does(client: Client, assistant: Assistant) -> None:
    with client() as web:
        answer = web.post("/api/v1/ask", json={"question": QUESTION})
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == json.loads(json.dumps(assistant.ask(QUESTION).to_json()))


def test_history_travels_with_the_request_and_the_id_comes_back(
    client: Client, assistant: Assistant
) -> None:
    before = assistant.ask(QUESTION)
    turns = [Turn("user", QUESTION), Turn("assistant", before.text)]
    body = {
        "question": "Waarom?",
        "id": 7,
        "history": [{"role": turn.role, "content": turn.content} for turn in turns],
    }
    with client() as web:
        answer = web.post("/api/v1/ask", json=body).json()
    assert answer["id"] == "7"
    assert answer["text"] == assistant.ask("Waarom?", turns).text


def test_only_the_last_turns_are_read(client: Client) -> None:
    many = [{"role": "user", "content": "x"}] * (MAX_TURNS + 50)
    with client() as web:
        body = {"question": QUESTION, "history": many}
        assert web.post("/api/v1/ask", json=body).json()["kind"] == "answer"


def test_entries_are_the_guidance_verbatim_and_in_order(client: Client, library: Library) -> None:
    with client() as web:
        lines = web.get("/api/v1/entries").json()
        assert [line["id"] for line in lines] == [entry.id for entry in library.entries()]
        for line in lines:
            entry = web.get(f"/api/v1/entries/{line['id']}").json()
            passages = [p for s in entry["sections"] for p in s["passages"]]
            page = library.page(entry["page_id"])
            assert all(page.text[p["start"] : p["end"]] == p["text"] for p in passages)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("{", "body/1"),
        ("[]", "body"),
        ("null", "body"),
        ('{"question": 3}', "body/question"),
        ('{"question": "x", "history": "y"}', "body/history"),
        ('{"question": "x", "history": [{"role": "system", "content": "y"}]}', "history/0/role"),
        (f'{{"{SECRET}": "{SECRET}", "question": ["{SECRET}"]}}', "body/question"),
    ],
)
def test_a_wrong_body_is_named_by_its_place_without_its_content(
    client: Client, body: str, place: str
) -> None:
    with client() as web:
        headers = {"Content-Type": "application/json"}
        answer = web.post("/api/v1/ask", content=body, headers=headers)
    assert answer.status_code == 422
    assert_problem(answer)
    assert place in " ".join(error["place"] for error in answer.json()["errors"])
    assert SECRET not in answer.text


def assert_problem(answer: Any) -> None:
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert {"type", "title", "status", "detail"} <= set(body)
    assert body["status"] == answer.status_code


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/entries/bestaat-niet", 404),
        ("GET", "/api/v2/ask", 404),
        ("GET", "/api/v1/ask", 405),
        ("DELETE", "/api/v1/entries", 405),
        ("POST", "/api/v1/ask", 422),
        ("GET", "/web/../../app.py", 404),
        ("GET", "/web/%2e%2e/%2e%2e/app.py", 404),
    ],
)
def test_every_error_is_a_problem_in_dutch(
    client: Client, method: str, path: str, status: int
) -> None:
    with client() as web:
        answer = web.request(method, path)
    assert answer.status_code == status
    assert_problem(answer)
    assert answer.json()["detail"] in {texts.NOT_FOUND, texts.INVALID, texts.WRONG_METHOD}


@pytest.mark.parametrize("announce", [True, False])
def test_a_body_that_is_too_large_is_refused_before_it_is_read(
    client: Client, announce: bool
) -> None:
    content = json.dumps({"question": "x" * 300_000}).encode()
    chunks = iter([content[:150_000], content[150_000:]])
    with client() as web:
        headers = {"Content-Type": "application/json"}
        sent = content if announce else chunks
        answer = web.post("/api/v1/ask", content=sent, headers=headers)
    assert answer.status_code == 413
    assert_problem(answer)


def test_a_question_that_is_too_long_gets_an_answer_that_says_so(client: Client) -> None:
    with client() as web:
        answer = web.post("/api/v1/ask", json={"question": "a" * 2_001})
    assert answer.json()["kind"] == "clarification"
    assert "2000" in answer.json()["text"]


def test_a_client_that_asks_too_fast_is_told_when_to_come_back(client: Client) -> None:
    with client(rate_per_minute=2) as web:
        answers = [web.post("/api/v1/ask", json={"question": "x"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert_problem(answers[-1])
    assert answers[-1].json()["detail"] == texts.TOO_MANY
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60


def test_a_full_queue_says_that_it_is_busy(client: Client) -> None:
    with client(max_waiting=0) as web, ThreadPoolExecutor(12) as pool:
        start = threading.Barrier(12)

        def ask(number: int) -> Any:
            start.wait()
            return web.post("/api/v1/ask", json={"question": f"verwerker {number}"})

        answers = list(pool.map(ask, range(12)))
        metrics = web.get("/metrics").text
    refused = [answer for answer in answers if answer.status_code != 200]
    assert {answer.status_code for answer in refused} <= {503}
    for answer in refused:
        assert_problem(answer)
        assert answer.json()["detail"] == texts.BUSY
    if refused:
        count = f'avg_assistent_refused_total{{channel="api",reason="busy"}} {len(refused)}.0'
        assert count in metrics


def test_rate_fills_evenly_and_forgets_clients() -> None:
    now = 0.0
    limit = RateLimit(2, lambda: now)
    limit.take("a")
    limit.take("a")
    with pytest.raises(TooManyError) as caught:
        limit.take("a")
    assert caught.value.retry_after == 30
    limit.take("b")
    now = 30.0
    limit.take("a")
    assert issubclass(TooManyError, Exception) and not issubclass(TooManyError, BusyError)


def test_health_and_metrics_tell_no_question(client: Client) -> None:
    with client() as web:
        web.post("/api/v1/ask", json={"question": f"Wat is {SECRET}?"})
        assert web.get("/healthz").text == "ok"
        assert web.get("/readyz").text == "ok"
        metrics = web.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "avg_assistent_answers_total" in metrics.text
    assert SECRET not in metrics.text


def test_only_origins_that_were_named_may_call_from_a_browser(client: Client) -> None:
    ask = {"question": QUESTION}
    with client(cors_origins="https://www.example.nl") as web:
        for origin, allowed in (("https://www.example.nl", True), ("https://elders.nl", False)):
            answer = web.post("/api/v1/ask", json=ask, headers={"Origin": origin})
            assert answer.headers.get("access-control-allow-origin") == (
                origin if allowed else None
            )
