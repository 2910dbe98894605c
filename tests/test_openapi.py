"""The description of the API: complete, with Dutch examples, and kept by every response."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from conftest import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.schemas import BaseSchema

from assistant.assistant import Assistant
from assistant.web.feedback import FeedbackBody
from assistant.web.shapes import AskBody

PATHS = {
    "/api/v1/ask": "post",
    "/api/v1/entries": "get",
    "/api/v1/entries/{entry_id}": "get",
    "/api/v1/feedback": "post",
}


@pytest.fixture(scope="module")
def schema(client: Client, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BaseSchema]:
    file: Path = tmp_path_factory.mktemp("openapi") / "feedback.sqlite"
    with client(feedback={"file": file}) as web:
        yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", web.app)


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("path", PATHS)
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_response_is_as_described(
    schema: BaseSchema, path: str, mode: GenerationMode, data: st.DataObject
) -> None:
    operation = schema[path][PATHS[path].upper()]
    if mode is GenerationMode.NEGATIVE and PATHS[path] == "get":
        pytest.skip("takes nothing, or any text")
    data.draw(operation.as_strategy(generation_mode=mode)).call_and_validate()


@pytest.fixture(scope="module")
def description(client: Client) -> dict[str, Any]:
    with client() as web:
        body: dict[str, Any] = web.get("/api/v1/openapi.json").json()
    return body


def test_holds_the_api_and_nothing_of_the_pages(description: dict[str, Any]) -> None:
    found = {path: method for path, methods in description["paths"].items() for method in methods}
    assert {p: m for p, m in found.items() if p != "/api/v1/agreement"} == PATHS


def test_every_operation_has_a_dutch_summary_and_its_problems(description: dict[str, Any]) -> None:
    for path, method in PATHS.items():
        operation = description["paths"][path][method]
        assert operation["summary"]
        assert operation["operationId"]
        for status, response in operation["responses"].items():
            kinds = response["content"]
            wanted = "application/json" if status == "200" else "application/problem+json"
            assert wanted in kinds, (path, status)


def test_its_examples_work(description: dict[str, Any], assistant: Assistant) -> None:
    schemas = description["components"]["schemas"]
    ask = AskBody.model_validate(schemas["AskBody"]["examples"][0])
    FeedbackBody.model_validate(schemas["FeedbackBody"]["examples"][0])
    content = description["paths"]["/api/v1/ask"]["post"]["responses"]["200"]["content"]
    shown = content["application/json"]["example"]
    request = ask.request()
    answer = assistant.ask(request.question, request.history)
    assert set(schemas["AnswerBody"]["properties"]) - {"explanation"} == set(answer.to_json())
    assert set(shown) == set(answer.to_json())
    assert set(shown["receipt"]) == set(answer.to_json()["receipt"])
    assert set(shown["citations"][0]) == set(answer.to_json()["citations"][0])
