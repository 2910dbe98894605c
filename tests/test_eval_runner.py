"""Asking a set: batches answer as one question does, faults are kept apart, runs are repeatable."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from samples import rows, write_jsonl

from assistant.assistant import Assistant
from assistant.request import MAX_CHARACTERS
from assistant.start import assemble
from eval.__main__ import PASS, UNUSABLE, main
from eval.baselines import PassageSearcher
from eval.dataset import Question, QuestionSet, load_questions
from eval.records import FAILED
from eval.runner import TIMED, run_questions, sampled
from eval.systems import one_bound
from index.errors import EncoderError
from index.hits import SearchResult
from knowledge.library import Library

POISON = "Deze vraag breekt het systeem"


class Fragile:
    """A searcher that breaks on one question."""

    model = version = "fragile"

    def __init__(self, whole: PassageSearcher) -> None:
        self.library = whole.library
        self._whole = whole

    def search_all(self, queries: Sequence[str], *, together: bool = False) -> list[SearchResult]:
        if POISON in queries:
            raise EncoderError("half a word")
        return self._whole.search_all(queries)


@pytest.fixture
def own(library: Library, tmp_path: Path) -> Path:
    return write_jsonl(tmp_path / "own.jsonl", rows(library))


def test_many_at_once_are_answered_as_each_alone(assistant: Assistant, library: Library) -> None:
    asked = [entry.question for entry in library.entries()]
    asked += ["", "?!", "a" * (MAX_CHARACTERS + 1), "Start de rolcheck", "Hallo\ud800"]
    many = assistant.ask_all(asked, explain=True)
    assert many == [assistant.ask(question, explain=True) for question in asked]
    assert assistant.ask_all([]) == []


def test_question_that_breaks_the_system_leaves_the_others(searcher: PassageSearcher) -> None:
    texts = ("Wat is een verwerker?", POISON, "Hoe laat is het?")
    questions = tuple(Question(str(n), text, "far") for n, text in enumerate(texts))
    found = run_questions(assemble(Fragile(searcher)), questions)
    assert [record.answer == FAILED for record in found] == [False, True, False]
    assert found[1].rule == "EncoderError: half a word"


def test_some_questions_are_timed_on_their_own(assistant: Assistant) -> None:
    questions = tuple(Question(str(n), f"Vraag {n}", "far") for n in range(TIMED + 30))
    timed = [r.seconds for r in run_questions(assistant, questions) if r.seconds is not None]
    assert len(timed) == TIMED
    assert min(timed) > 0


def test_sample_follows_the_seed_and_keeps_the_order(library: Library, own: Path) -> None:
    whole = load_questions(own, library)
    part = sampled(whole, 5, seed=1)
    assert part == sampled(whole, 5, seed=1) != sampled(whole, 5, seed=2)
    order = [whole.questions.index(question) for question in part.questions]
    assert order == sorted(order)
    assert part.digest != whole.digest
    assert sampled(whole, 5_000) is whole


def test_baseline_answers_what_is_surer_than_one_bound(searcher: PassageSearcher) -> None:
    first = next(searcher.library.entries())
    inside = Question("1", first.question, "in", (first.id,))
    outside = Question("2", "Hoe bak ik een appeltaart?", "far")
    bounds = one_bound(searcher, QuestionSet("dev", (inside, outside)))
    found = run_questions(assemble(searcher, bounds), (inside, outside))
    assert [record.answer for record in found] == ["answer", "no_answer"]
    assert len(found[0].quotes) == 1


def test_command_prints_every_figure_and_saves_the_run(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    own.write_text(own.read_text() + '{"id": "x"}\n')
    assert main(["--questions", str(own), "--system", "bm25"]) == PASS
    said = capsys.readouterr()
    names = (
        "hit@1 hit@3 MRR nDCG@10 recall@3 phrase coverage near far hostile AURC AUROC ECE p50 p95"
    )
    for name in names.split():
        assert name in said.out
    assert "line 15 left out: lacks 'question'" in said.err
    assert len(list(tmp_path.glob("runs/*-own-bm25.jsonl"))) == 1


def test_command_prints_json_that_any_reader_takes(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--questions", str(own), "--system", "bm25", "--limit", "4", "--json"]) == PASS

    def refuse(constant: str) -> None:
        pytest.fail(f"{constant} is no JSON")

    (run,) = json.loads(capsys.readouterr().out, parse_constant=refuse)["runs"]
    assert run["about"]["system"] == "bm25"
    assert {"name", "value", "low", "high", "count", "missing"} == set(run["figures"][0])
    assert Path(run["saved"]).exists()


def test_unusable_set_is_wrong_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--questions", "nergens.jsonl"]) == UNUSABLE
    assert "'nergens.jsonl' cannot be read" in capsys.readouterr().err
    for wrong in (["--system", "other"], ["--limit", "0"], ["--limit", "x"], ["nonsense"]):
        with pytest.raises(SystemExit) as caught:
            main(wrong)
        assert caught.value.code == UNUSABLE
