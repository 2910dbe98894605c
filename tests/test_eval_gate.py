"""Runs against each other: the gate that CI trusts, the comparison, and their exit codes."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from samples import made_record, made_run, rows, write_jsonl

from assistant.start import assemble
from eval.__main__ import NOT_COMPARABLE, PASS, REGRESSION, UNUSABLE, main
from eval.baselines import PassageSearcher
from eval.compare import changes
from eval.dataset import QuestionSet, load_questions
from eval.gate import BOUND, judge
from eval.paired import differences
from eval.runner import run_questions
from eval.runs import Run, load_run, load_scores, new_run, save_run
from index.hits import SearchResult
from index.retriever import Searcher
from knowledge.library import Library


class Shuffled:
    """A ranker that is broken on purpose: the same hits in any order."""

    def __init__(self, whole: Searcher) -> None:
        self.library = whole.library
        self.model = self.version = "shuffled"
        self._whole = whole

    def search_all(self, queries: Sequence[str], *, together: bool = False) -> list[SearchResult]:
        generator = np.random.default_rng(0)
        return [
            replace(
                result, hits=tuple(result.hits[i] for i in generator.permutation(len(result.hits)))
            )
            for result in self._whole.search_all(queries)
        ]


@pytest.fixture(scope="module")
def questions(library: Library, tmp_path_factory: pytest.TempPathFactory) -> QuestionSet:
    path = write_jsonl(tmp_path_factory.mktemp("set") / "own.jsonl", rows(library))
    return load_questions(path, library)


def asked(searcher: Searcher, questions: QuestionSet) -> Run:
    records = run_questions(assemble(searcher), questions.questions)
    about = {"system": "bm25", "model": searcher.model, "settings": {}, "seed": 0}
    return new_run(questions, records, knowledge=searcher.library.version, **about)


def share(right: int, of: int = 100) -> Run:
    """A run in which this many of so many questions came out right."""
    kept = (made_record(str(n)) for n in range(right))
    lost = (
        made_record(str(n), ranking=(("B", 0.9),), quotes=("Iets anders.",))
        for n in range(right, of)
    )
    return made_run([*kept, *lost])


def saved(run: Run, folder: Path) -> str:
    return str(save_run(run, folder))


def test_broken_ranker_fails_and_an_identical_run_passes(
    searcher: PassageSearcher, questions: QuestionSet, tmp_path: Path
) -> None:
    good = saved(asked(searcher, questions), tmp_path / "good")
    broken = saved(asked(Shuffled(searcher), questions), tmp_path / "broken")
    baseline = str(tmp_path / "baseline.jsonl")
    assert main(["baseline", good, baseline]) == PASS
    assert main(["gate", "--baseline", baseline, good]) == PASS
    assert main(["gate", "--baseline", baseline, broken]) == REGRESSION
    assert Path(baseline).stat().st_size < Path(good).stat().st_size / 5


def test_drop_within_noise_passes_with_a_note(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = (saved(share(n), tmp_path / str(n)) for n in (90, 88))
    assert main(["gate", "--baseline", before, after]) == PASS
    said = capsys.readouterr().out
    assert "note        hit@1 0.900 → 0.880" in said
    assert said.endswith("PASS\n")


def test_drop_beyond_noise_fails_and_names_figure_and_bound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = (saved(share(n), tmp_path / str(n)) for n in (90, 80))
    assert main(["gate", "--baseline", before, after]) == REGRESSION
    said = capsys.readouterr().out
    assert "REGRESSION  hit@1 0.900 → 0.800" in said
    assert f"FAIL: a loss above {BOUND:.0%}" in said


def test_certain_loss_up_to_the_bound_itself_passes() -> None:
    verdict = judge(differences(share(1_000, 1_000).scored(), share(980, 1_000).scored()))
    assert verdict.passes
    assert "hit@1" in [loss.name for loss in verdict.notes]


def test_more_wrong_answers_are_a_loss_though_the_number_rises() -> None:
    before = made_run([made_record(str(n), "near", answer="no_answer") for n in range(50)])
    after = made_run([made_record(str(n), "near") for n in range(50)])
    assert "wrong, near" in [
        d.name for d in judge(differences(before.scored(), after.scored())).regressions
    ]


def test_breaking_on_questions_is_a_regression() -> None:
    before = made_run([made_record(str(n), "far", answer="no_answer") for n in range(20)])
    after = made_run([replace(r, answer="failed") for r in before.records])
    assert not judge(differences(before.scored(), after.scored())).passes


def test_baseline_keeps_every_score(tmp_path: Path) -> None:
    asked_back = made_record("c", answer="clarification")
    run = made_run([made_record("a"), made_record("b", "near"), asked_back])
    baseline = tmp_path / "baseline.jsonl"
    main(["baseline", saved(run, tmp_path), str(baseline)])
    kept = load_scores(baseline)
    for name, column in kept.columns.items():
        assert column == run.scored().columns[name]


def test_saved_run_comes_back_as_it_was(tmp_path: Path) -> None:
    run = made_run([made_record("half a character", text="\ud800", seconds=0.1)])
    assert load_run(save_run(run, tmp_path)) == run
    wanted = {"set", "set_digest", "knowledge", "model", "system", "settings", "date"}
    assert wanted <= set(run.about)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (share(5, 9), "different question sets"),
        (replace(share(5, 10), about=dict(share(5, 10).about) | {"knowledge": "new"}), "guidance"),
        (replace(share(5, 10), records=share(5, 10).records[:9]), "answers to other questions"),
    ],
    ids=["set", "knowledge", "cut short"],
)
def test_runs_that_cannot_be_compared_say_why(
    other: Run, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = saved(share(5, 10), tmp_path / "a"), saved(other, tmp_path / "b")
    for command in (["compare", before, after], ["gate", "--baseline", before, after]):
        assert main(command) == NOT_COMPARABLE
        assert reason in capsys.readouterr().err


def test_unreadable_run_is_wrong_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.jsonl"
    good = saved(share(1, 2), tmp_path)
    for content in (
        "",
        "{",
        "[]",
        '{"set_digest": "x"}\n{"question": 1}\n',
        '{"set_digest": 1}\n3\n',
    ):
        broken.write_text(content)
        assert main(["gate", "--baseline", str(broken), good]) == UNUSABLE
        assert main(["compare", str(broken), good]) == UNUSABLE
        assert "broken.jsonl" in capsys.readouterr().err
    with pytest.raises(SystemExit) as caught:
        main(["gate"])
    assert caught.value.code == UNUSABLE


def test_compare_shows_each_question_that_changed_and_the_test(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right, wrong = made_record("x"), made_record("x", ranking=(("B", 0.9), ("A", 0.1)))
    before = made_run([replace(right, question=replace(right.question, id=n)) for n in "abcdef"])
    after = made_run([replace(wrong, question=replace(wrong.question, id=n)) for n in "abcdef"])
    assert {change.direction for change in changes(before, after)} == {"worse"}
    assert {change.direction for change in changes(after, before)} == {"better"}
    assert not changes(before, before)
    hit = differences(before.scored(), after.scored())[0]
    # All six turned the same way: 2 of the 64 ways in which chance could have turned them.
    assert hit.p == pytest.approx(2 / 64)
    assert main(["compare", saved(before, tmp_path / "a"), saved(after, tmp_path / "b")]) == PASS
    said = capsys.readouterr().out
    assert "worse: 6" in said
    assert "hit@1 1 → 0" in said


def test_hostile_question_cannot_reach_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = share(2, 2), share(1, 2)
    question = replace(before.records[1].question, question="rood \x1b[31m \ud800 half")
    hostile = [
        saved(replace(run, records=(run.records[0], replace(run.records[1], question=question))), f)
        for run, f in ((before, tmp_path / "a"), (after, tmp_path / "b"))
    ]
    assert main(["compare", *hostile]) == PASS
    assert "1  rood [31m half" in capsys.readouterr().out


def test_judging_saved_runs_loads_no_model(tmp_path: Path) -> None:
    path = saved(share(5, 10), tmp_path)
    code = (
        "import sys; from eval.__main__ import main; "
        f"main(['compare', {path!r}, {path!r}]); main(['gate', '--baseline', {path!r}, {path!r}]); "
        "sys.exit('torch' in sys.modules or 'sentence_transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_crash_is_not_taken_for_a_regression(tmp_path: Path) -> None:
    run = share(1, 2)
    broken = replace(run, about=dict(run.about) | {"seed": "no number"})
    command = [sys.executable, "-m", "eval", "report", saved(broken, tmp_path)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Traceback" in found.stderr
    assert found.returncode == UNUSABLE
