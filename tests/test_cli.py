"""The command line as a person and a script use it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
QUESTION = "Ben ik verwerker als logistieke dienstverlener?"


def run(*arguments: str, stdin: str = "") -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "assistant", *arguments]
    return subprocess.run(
        command, cwd=ROOT, input=stdin, capture_output=True, text=True, check=False
    )


def test_prints_a_readable_answer_with_its_source() -> None:
    done = run(QUESTION)
    assert done.returncode == 0
    assert done.stdout.startswith("**Nee. U bent namelijk geen verwerker")
    assert "Autoriteit Persoonsgegevens, Verantwoordelijke en verwerker" in done.stdout


def test_answers_lines_in_order_with_history_and_names_a_bad_one() -> None:
    lines = [
        json.dumps({"id": "a", "question": QUESTION}),
        "geen json",
        json.dumps(
            {
                "id": 7,
                "question": "Welke bron is dat?",
                "history": [
                    {"role": "user", "content": QUESTION},
                    {
                        "role": "assistant",
                        "content": "**Nee. U bent namelijk geen verwerker, ook "
                        "al werkt u als logistieke dienstverlener voor een opdrachtgever.** [1]",
                    },
                ],
            }
        ),
        json.dumps({"id": "d", "question": 3}),
    ]
    done = run("--jsonl", stdin="\n".join(lines))
    first, bad, third, wrong = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 2
    assert (first["id"], first["kind"]) == ("a", "answer")
    assert "line 2" in bad["error"]
    assert (third["id"], third["citations"][0]["entry_id"]) == ("7", "logistieke-dienstverlener")
    assert "'question'" in wrong["error"]


@pytest.mark.parametrize("arguments", [(), ("--jsonl", "vraag"), ("--onbekend",)])
def test_wrong_use_is_told_and_ends_with_2(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert "usage:" in done.stderr


def test_json_is_one_object_of_the_documented_shape() -> None:
    body = json.loads(run("--json", "--explain", QUESTION).stdout)
    assert set(body) == {
        "schema", "kind", "confidence", "text", "citations", "related", "alternatives",
        "receipt",
        "choices", "id", "explanation",
    }  # fmt: skip
    assert set(body["citations"][0]) == {
        "number", "entry_id", "question", "section_id", "section", "quote", "url", "source",
        "page_id", "start", "end",
    }  # fmt: skip
    assert body["schema"] == "1.2"
