"""The editors' questions: read with their section, refused with file and line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.bank import OUTSIDE_FILE, OUTSIDE_KINDS, inspect_bank, load_bank
from knowledge.errors import KnowledgeError
from knowledge.library import load_library
from knowledge.yaml_file import inspect_mapping

LIBRARY = load_library()
PAGE = LIBRARY.pages[0]
ENTRY = PAGE.entries[0]
FILE = f"{PAGE.id}.yaml"


def write(folder: Path, text: str, name: str = FILE) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_questions_of_sections_and_outside_questions(tmp_path: Path) -> None:
    write(tmp_path, f"{ENTRY.id}:\n- ' Mag   dit? '\n{ENTRY.sections[1].id}:\n- Mag dat?\n")
    write(tmp_path, "near:\n- Mag een camera?\n", OUTSIDE_FILE)
    bank = load_bank(LIBRARY, tmp_path)
    assert [(q.text, q.target) for q in bank.inside] == [
        ("Mag dit?", ENTRY.id),
        ("Mag dat?", ENTRY.sections[1].id),
    ]
    assert [(q.text, q.target) for q in bank.outside] == [("Mag een camera?", "near")]


def test_page_without_a_bank_is_fine(tmp_path: Path) -> None:
    assert load_bank(LIBRARY, tmp_path).inside == ()


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (f"{ENTRY.id}:\n- Mag dit?\nweg/geen:\n- Mag dat?\n", 3, "'weg/geen' is not one of"),
        (f"{ENTRY.id}: Mag dit?\n", 1, "must hold a list of texts"),
        (f"{ENTRY.id}:\n- Mag dit?\n- ''\n", 3, "must hold a list of texts"),
        (f"{ENTRY.id}:\n- Mag dit?\n- 12\n", 1, "must hold a list of texts"),
        (f"{ENTRY.id}:\n- a\n{ENTRY.id}:\n- b\n", 3, "stands here twice"),
        ("- Mag dit?\n", 1, "list of 'name:' blocks"),
        (f"{ENTRY.id}: [\n", 2, "expected"),
    ],
)
def test_broken_bank_is_refused(text: str, line: int, message: str, tmp_path: Path) -> None:
    path = write(tmp_path, text)
    with pytest.raises(KnowledgeError, match=message) as caught:
        load_bank(LIBRARY, tmp_path)
    assert (caught.value.path, caught.value.line) == (path, line)


def test_bank_of_no_page_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "a:\n- b\n", "onbekend.yaml")
    with pytest.raises(KnowledgeError, match="no page has this name"):
        load_bank(LIBRARY, tmp_path)


def test_unknown_outside_kind_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "ver:\n- b\n", OUTSIDE_FILE)
    with pytest.raises(KnowledgeError, match=f"'ver' is not one of: {OUTSIDE_KINDS[0]}"):
        load_bank(LIBRARY, tmp_path)


def test_every_problem_is_found_and_the_rest_is_read(tmp_path: Path) -> None:
    write(tmp_path, f"weg:\n- a\n{ENTRY.id}:\n- Mag dit?\nook-weg:\n- b\n")
    write(tmp_path, "a:\n- b\n", "onbekend.yaml")
    bank, problems = inspect_bank(LIBRARY, tmp_path)
    assert [(p.path.name, p.line) for p in problems] == [
        ("onbekend.yaml", None),
        (FILE, 1),
        (FILE, 5),
    ]
    assert [q.text for q in bank.inside] == ["Mag dit?"]


def test_version_follows_the_questions(tmp_path: Path) -> None:
    write(tmp_path, f"{ENTRY.id}:\n- Mag dit?\n")
    before = load_bank(LIBRARY, tmp_path).version
    write(tmp_path, f'\n{ENTRY.id}: ["Mag dit?"]\n')
    assert load_bank(LIBRARY, tmp_path).version == before
    write(tmp_path, f"{ENTRY.id}:\n- Mag dat?\n")
    assert load_bank(LIBRARY, tmp_path).version != before


def test_bank_of_the_guidance_asks_for_every_entry_in_many_ways() -> None:
    bank = load_bank(LIBRARY)
    for entry in LIBRARY.entries():
        targets = {section.id for section in entry.sections}
        assert sum(q.target in targets for q in bank.inside) >= 15, entry.id
    assert {q.target for q in bank.outside} == set(OUTSIDE_KINDS)


MARKS = "a: |b: |- |[|]|{|}|!!bool x|!!timestamp x|2026-13-45|&a |*a|? |: |'|# |<<: |null|1"
YAML = [*MARKS.split("|"), "|", "\n", "\n  ", '"']


@given(st.lists(st.one_of(st.sampled_from(YAML), st.text(max_size=4))).map("".join))
def test_any_yaml_is_read_or_refused(text: str) -> None:
    try:
        inspect_mapping(text, Path("bank.yaml"))
    except KnowledgeError as error:
        assert error.path == Path("bank.yaml")
