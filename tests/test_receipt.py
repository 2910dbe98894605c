"""Every answer can be audited: its receipt says what it rests on, and whether that still stands."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.assistant import Assistant
from assistant.audit import read_receipt, verify
from assistant.errors import ReceiptError
from assistant.receipt import Receipt
from eval.baselines import PassageSearcher
from knowledge.library import PAGES, Library, load_library

QUESTION = "Ben ik verwerker als logistieke dienstverlener?"
KINDS = (QUESTION, "", "Hallo", "x" * 3_000, "Start de rolcheck", "Stuur het naar a@b.nl?")


def receipt_of(assistant: Assistant, question: str) -> Receipt:
    receipt = assistant.ask(question).receipt
    assert receipt is not None
    return receipt


@pytest.mark.parametrize("question", KINDS)
def test_every_answer_carries_one_and_the_same_question_gives_the_same_bytes(
    assistant: Assistant, question: str
) -> None:
    first, second = (json.dumps(assistant.ask(question).to_json()) for _ in range(2))
    assert first == second
    assert json.loads(first)["receipt"]["knowledge"] == load_library().version


def test_names_question_and_quotes_by_their_hash(assistant: Assistant) -> None:
    answer = assistant.ask(f"  {QUESTION}\u200b ")
    assert answer.receipt is not None
    assert answer.receipt.question == hashlib.sha256(QUESTION.encode()).hexdigest()
    sums = [hashlib.sha256(c.quote.encode()).hexdigest() for c in answer.citations]
    assert [span.sha256 for span in answer.receipt.quotes] == sums


def test_holds_no_hash_of_personal_data(assistant: Assistant) -> None:
    one, other = (f"Mag ik {mail} aan een verwerker geven?" for mail in ("a@b.nl", "jan@c.nl"))
    assert receipt_of(assistant, one) == receipt_of(assistant, other)


def test_every_quote_of_every_entry_stands(product: Assistant, library: Library) -> None:
    for entry in library.entries():
        receipt = receipt_of(product, entry.question)
        assert {finding.standing for finding in verify(receipt, library)} == {"stands"}


def test_tells_a_moved_quote_from_a_changed_one(
    assistant: Assistant, library: Library, tmp_path: Path
) -> None:
    receipt = receipt_of(assistant, QUESTION)
    page = next(PAGES.glob("*.md"))
    text = page.read_text(encoding="utf-8")
    moved = text.replace("\n- ", "\n- Nieuw: ", 1)
    (tmp_path / page.name).write_text(moved, encoding="utf-8")
    assert verify(receipt, load_library(tmp_path))[0].standing == "moved"
    changed = text.replace("U bent namelijk geen verwerker", "U bent namelijk wel verwerker")
    (tmp_path / page.name).write_text(changed, encoding="utf-8")
    first = verify(receipt, load_library(tmp_path))[0]
    assert first.standing == "changed"
    assert first.now.startswith("Nee. U bent namelijk wel verwerker")


def test_command_proves_an_answer_and_its_receipt_alone(
    assistant: Assistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = assistant.ask(QUESTION).to_json()
    for content in (body, body["receipt"]):
        file = tmp_path / "antwoord.json"
        file.write_text(json.dumps(content), encoding="utf-8")
        assert main(["verify", str(file)]) == 0
        out = capsys.readouterr().out
        assert "the same now" in out
        assert out.count(": stands") == len(body["citations"])


def test_command_ends_with_1_for_a_quote_that_stands_nowhere(
    assistant: Assistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = assistant.ask(QUESTION).to_json()["receipt"]
    body["quotes"] = [{**body["quotes"][0], "sha256": "0" * 64}]
    file = tmp_path / "bon.json"
    file.write_text(json.dumps(body), encoding="utf-8")
    assert main(["verify", str(file)]) == 1
    assert "now reads: Nee. U bent" in capsys.readouterr().out


def test_a_quote_that_is_not_on_the_receipt_is_told(assistant: Assistant) -> None:
    body = assistant.ask(QUESTION).to_json()
    body["citations"] = [{**body["citations"][0], "quote": "Ja. U bent verwerker."}]
    with pytest.raises(ReceiptError, match="citation 1"):
        read_receipt(body)


@pytest.mark.parametrize(
    "content",
    [
        "geen json",
        "[]",
        "{}",
        '{"quotes": "x"}',
        '{"quotes": [3]}',
        '{"quotes": [{"number": 1}]}',
        '{"receipt": null}',
        '{"quotes": [], "knowledge": 3}',
        "\ufeff",
        '{"receipt": {"quotes": []}}',
    ],
)
def test_command_ends_with_2_for_what_is_no_receipt(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bon.json"
    file.write_text(content, encoding="utf-8")
    assert main(["verify", str(file)]) == 2
    assert "bon.json" in capsys.readouterr().err
    assert main(["verify", str(tmp_path / "geen.json")]) == 2


def test_other_settings_give_another_receipt(searcher: PassageSearcher) -> None:
    from assistant.decision import Thresholds
    from assistant.start import assemble

    one, other = (assemble(searcher, Thresholds(inside=bound)) for bound in (0.4, 0.5))
    assert receipt_of(one, QUESTION).settings != receipt_of(other, QUESTION).settings
    assert receipt_of(one, "") == replace(
        receipt_of(other, ""), settings=receipt_of(one, "").settings
    )
