"""One's own question set: JSONL, a spreadsheet's CSV, and everything that can be wrong with it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import rows, write_jsonl

from eval.dataset import MAX_ROWS, QuestionSet, load_questions
from eval.errors import QuestionSetError
from knowledge.library import Library

ENTRY = "logistieke-dienstverlener"
CSV = f"""\
nummer;Vraag;Soort;Antwoorden;Zinnen;Opmerking
1;"Ben ik verwerker; of niet?";binnen;{ENTRY}|werken-in-opdracht;u bent namelijk geen verwerker;x
2;Hoe bak ik een taart?;ver;;;
"""


def read(path: Path, text: str | bytes, library: Library) -> QuestionSet:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_questions(path, library)


def test_jsonl_gives_typed_questions_in_order(tmp_path: Path, library: Library) -> None:
    found = load_questions(write_jsonl(tmp_path / "own.jsonl", rows(library)), library)
    assert found.name == "own"
    assert [q.id for q in found.questions][-2:] == ["hostile-1", "smalltalk-1"]
    assert found.questions[0].entries == ("verstrekken-aan-andere-organisatie",)
    assert not found.bad_rows
    assert not found.doubtful


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.replace("\n", "\r\n").encode("utf-8-sig"),
        lambda text: text.replace(";", "\t").replace("verwerker\t", "verwerker;").encode(),
    ],
    ids=["plain", "byte-order mark", "Windows line ends", "tabs"],
)
def test_spreadsheet_export_with_dutch_headers_is_read(
    encode: Callable[[str], bytes], tmp_path: Path, library: Library
) -> None:
    found = read(tmp_path / "own.csv", encode(CSV), library)
    first, second = found.questions
    assert first.question == "Ben ik verwerker; of niet?"
    assert first.entries == (ENTRY, "werken-in-opdracht")
    assert (second.id, second.kind) == ("2", "far")


def test_windows_encoding_of_a_spreadsheet_is_read(tmp_path: Path, library: Library) -> None:
    text = "id;vraag;soort\n1;Eén patiënt?;ver\n"
    found = read(tmp_path / "own.csv", text.encode("cp1252"), library)
    assert found.questions[0].question == "Eén patiënt?"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"question": "a", "kind": "far"}, "lacks 'id'"),
        ({"id": "x", "question": " ", "kind": "far"}, "lacks 'question'"),
        ({"id": "x", "question": "a", "kind": "weird"}, "has the kind 'weird'"),
        ({"id": "x", "question": "a", "kind": "in"}, "in scope without 'entries'"),
        ({"id": "x", "question": "a", "kind": "far", "entries": [ENTRY]}, "out of scope"),
        ({"id": "x", "question": "a", "kind": "in", "entries": ["nergens"]}, "names 'nergens'"),
        ({"id": "x", "question": "a", "kind": "in", "entries": ENTRY}, "not a list of texts"),
        ({"id": "x", "question": "a", "kind": "in", "entries": [""]}, "not a list of texts"),
        ({"id": "x\ud800", "question": "a", "kind": "far"}, "cannot be printed"),
        ({"id": "good", "question": "a", "kind": "far"}, "the id 'good' was used before"),
        (["no", "object"], "is not a JSON object"),
    ],
)
def test_bad_row_is_named_by_line_and_the_others_run(
    row: object, reason: str, tmp_path: Path, library: Library
) -> None:
    good = {"id": "good", "question": "Hoe laat is het?", "kind": "far"}
    after = good | {"id": "after"}
    found = load_questions(write_jsonl(tmp_path / "own.jsonl", [good, row, after]), library)
    assert [q.id for q in found.questions] == ["good", "after"]
    (bad,) = found.bad_rows
    assert bad.line == 2
    assert reason in bad.reason


def test_csv_names_the_line_that_a_row_starts_on(tmp_path: Path, library: Library) -> None:
    text = 'id,question,kind\n1,"twee\nregels",far\n\n2,x,far,te veel\n3,y\n4,"open\n'
    found = read(tmp_path / "own.csv", text, library)
    assert [q.question for q in found.questions] == ["twee\nregels"]
    assert [(bad.line, bad.reason[:9]) for bad in found.bad_rows] == [
        (5, "has 4 cel"),
        (6, "lacks 'ki"),
        (7, "is not va"),
    ]


def test_phrase_that_can_never_be_quoted_is_kept_and_named(
    tmp_path: Path, library: Library
) -> None:
    row = {"id": "1", "question": "a", "kind": "in", "entries": [ENTRY], "phrases": ["koekjes"]}
    found = load_questions(write_jsonl(tmp_path / "own.jsonl", [row]), library)
    assert len(found.questions) == 1
    assert "('1') expects a phrase" in found.doubtful[0].reason


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("own.csv", "id;vraag\n1;a\n", "lacks the column kind; its first line names id, vraag"),
        ("own.csv", "", "is empty"),
        ("own.jsonl", "\ufeff\r\n", "is empty"),
        ("own.jsonl", "{\n", "line 1 is not valid JSON"),
        ("own.jsonl", "[" * 100_000, "line 1 is not valid JSON: too large or too deep"),
        ("own.csv", "id;vraag;soort".encode("utf-16"), "not UTF-8"),
        ("own.jsonl", b"\xff\xfe", "not UTF-8"),
        ("own.csv", b"id;vraag\0", "NUL"),
        ("own.xlsx", "", "must end in .jsonl or .csv"),
    ],
)
def test_unusable_file_says_why(
    name: str, data: str | bytes, message: str, tmp_path: Path, library: Library
) -> None:
    with pytest.raises(QuestionSetError, match="own") as caught:
        read(tmp_path / name, data, library)
    assert message in str(caught.value)


def test_missing_file_says_so(tmp_path: Path, library: Library) -> None:
    with pytest.raises(QuestionSetError, match="No such file"):
        load_questions(tmp_path / "none.jsonl", library)


def test_a_hundred_thousand_rows_are_read_and_one_more_is_refused(
    tmp_path: Path, library: Library
) -> None:
    lines = [f"{n};vraag {n};ver\n" for n in range(MAX_ROWS)]
    header = "id;vraag;soort\n"
    found = read(tmp_path / "own.csv", header + "".join(lines), library)
    assert len(found.questions) == MAX_ROWS
    with pytest.raises(QuestionSetError, match="more than 100000 rows"):
        read(tmp_path / "own.csv", header + "".join(lines) + "x;y;ver\n", library)


def test_digest_tells_sets_apart_and_not_their_names(tmp_path: Path, library: Library) -> None:
    sample = rows(library)
    first = load_questions(write_jsonl(tmp_path / "a.jsonl", sample), library)
    same = load_questions(write_jsonl(tmp_path / "b.jsonl", sample), library)
    sample[0]["question"] += "?"
    other = load_questions(write_jsonl(tmp_path / "a.jsonl", sample), library)
    assert first.digest == same.digest != other.digest


def test_examples_in_the_docs_are_read(tmp_path: Path, library: Library) -> None:
    docs = (Path(__file__).parent.parent / "docs" / "evaluation.md").read_text(encoding="utf-8")
    for name, count in (("csv", 4), ("json", 1)):
        block = docs.partition(f"```{name}\n")[2].partition("```")[0]
        found = read(tmp_path / f"own.{name.replace('json', 'jsonl')}", block, library)
        assert len(found.questions) == count
        assert not (found.bad_rows or found.doubtful)


@given(st.one_of(st.text(), st.binary(), st.recursive(st.text(), st.lists).map(json.dumps)))
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_whatever_a_file_holds_it_is_read_or_refused(
    tmp_path: Path, library: Library, suffix: str, data: str | bytes
) -> None:
    path = tmp_path / f"own{suffix}"
    path.write_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
    try:
        assert load_questions(path, library).questions
    except QuestionSetError as error:
        assert "own" in str(error)
