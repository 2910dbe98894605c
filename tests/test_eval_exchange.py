"""Other people's hands: drafts to label in a spreadsheet, runs for other tools."""

import csv
import json
from pathlib import Path

import ir_measures
import pytest
from ir_measures import RR
from samples import made_record, made_run, write_jsonl

from eval.__main__ import PASS, UNUSABLE, main
from eval.dataset import load_questions
from eval.metrics import figures
from eval.runs import save_run
from knowledge.library import Library

FORMULA = '=HYPERLINK("http://x")'
LINES = 'Wie is; de "baas"?\nEn waarom?'
ASKED = (
    {"question": "Mag ik foto's delen?", "kind": "unanswered"},
    {"question": "mag ik  foto’s delen", "kind": "feedback", "reason": "klopt niet"},
    {"question": FORMULA, "kind": "feedback", "reason": "@boos"},
    {"question": LINES, "kind": "unanswered", "reason": None},
)


def draft(tmp_path: Path, out: str) -> Path:
    asked = write_jsonl(tmp_path / "export.jsonl", ASKED)
    assert main(["draft", str(asked), str(tmp_path / out)]) == PASS
    return tmp_path / out


def test_draft_holds_each_question_once_with_empty_labels(tmp_path: Path) -> None:
    path = draft(tmp_path, "draft.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfnummer;vraag;soort;antwoorden;")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert [row["vraag"] for row in rows] == ["Mag ik foto's delen?", f"'{FORMULA}", LINES]
    assert {row[name] for row in rows for name in ("soort", "antwoorden", "zinnen")} == {""}
    assert [row["reden"] for row in rows] == ["", "'@boos", ""]


def test_labelled_draft_is_a_question_set(tmp_path: Path, library: Library) -> None:
    path = draft(tmp_path, "draft.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(row | {"soort": "ver"} for row in rows)
    found = load_questions(path, library)
    assert [q.question for q in found.questions] == ["Mag ik foto's delen?", FORMULA, LINES]
    assert not found.bad_rows


def test_draft_can_be_json_lines(tmp_path: Path) -> None:
    lines = draft(tmp_path, "draft.jsonl").read_text().splitlines()
    first = json.loads(lines[0])
    assert len(lines) == 3
    assert (first["kind"], first["entries"], first["origin"]) == ("", [], "unanswered")


def test_bad_export_line_is_named_without_what_was_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "export.jsonl"
    path.write_text('{"question": "Geheim"}\n{"question": "Geheim", "kind": 1}\n{geheim\n{}\n')
    assert main(["draft", str(path)]) == PASS
    said = capsys.readouterr()
    assert "1 questions to label" in said.out
    assert "line 2 left out: has no text in 'kind'" in said.err
    assert "line 4 left out: has no text in 'question'" in said.err
    assert "eheim" not in said.out + said.err
    path.write_text("")
    assert main(["draft", str(path)]) == UNUSABLE
    assert main(["draft", str(path.with_suffix(".txt"))]) == UNUSABLE


def test_exported_run_gives_other_tools_the_same_figures(tmp_path: Path, library: Library) -> None:
    right = [made_record(f"goed {n}%", ranking=(("B", 0.5), ("A", 0.4))) for n in range(3)]
    run = made_run([*right, made_record("far", "far")])
    folder = tmp_path / "out"
    assert main(["export", str(save_run(run, tmp_path)), str(folder)]) == PASS
    qrels = ir_measures.read_trec_qrels(str(folder / "qrels.trec"))  # type: ignore[no-untyped-call]
    ranked = ir_measures.read_trec_run(str(folder / "run.trec"))  # type: ignore[no-untyped-call]
    found = {figure.name: figure.value for figure in figures(run.records)}
    assert ir_measures.calc_aggregate([RR], qrels, ranked)[RR] == found["MRR"] == 0.5
    corpus = [json.loads(line) for line in (folder / "corpus.jsonl").read_text().splitlines()]
    queries = [json.loads(line) for line in (folder / "queries.jsonl").read_text().splitlines()]
    labels = (folder / "qrels" / "test.tsv").read_text().splitlines()
    assert [text["_id"] for text in corpus] == [entry.id for entry in library.entries()]
    assert queries[0] == {"_id": "goed%200%25", "text": "Vraag goed 0%?"}
    assert labels[:2] == ["query-id\tcorpus-id\tscore", "goed%200%25\tA\t1"]
