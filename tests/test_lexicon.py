"""Other words for the guidance's terms."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import KnowledgeError
from knowledge.lexicon import Lexicon, inspect_lexicon, load_lexicon

LEXICON = load_lexicon()
SMALL = Lexicon({"vwo": "verwerkersovereenkomst", "data lek": "datalek"}, {"koerier": "vervoerder"})
WORDS = st.sampled_from([*LEXICON.synonyms, *LEXICON.examples, "ik", "?", " ", "ſ", "İ", "ı", "K"])
TEXTS = st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join))


def write(folder: Path, text: str) -> Path:
    path = folder / "lexicon.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Is een VWO nodig?", "Is een verwerkersovereenkomst nodig?"),
        ("een vwo-leerling", "een vwo-leerling"),
        ("vwos", "vwos"),
        ("data lek en vwo", "datalek en verwerkersovereenkomst"),
        ("niets", "niets"),
        ("", ""),
    ],
)
def test_synonym_is_replaced_as_a_whole_word(text: str, expected: str) -> None:
    assert SMALL.translate(text) == expected


def test_example_adds_its_term_once_and_stays() -> None:
    assert SMALL.terms("Koerier of koerier?") == ("vervoerder",)
    assert SMALL.translate("Koerier") == "Koerier"
    assert SMALL.terms("koeriersdienst") == ()


def test_longest_variant_wins() -> None:
    lexicon = Lexicon({"data": "gegevens", "data lek": "datalek"}, {})
    assert lexicon.translate("data lek") == "datalek"


def test_empty_lexicon_changes_nothing() -> None:
    assert Lexicon({}, {}).translate("vwo") == "vwo"
    assert Lexicon({}, {}).terms("vwo") == ()


@given(TEXTS)
def test_any_text_is_translated(text: str) -> None:
    LEXICON.translate(text)
    assert set(LEXICON.terms(text)) <= set(LEXICON.examples.values())


@given(st.lists(st.sampled_from([*LEXICON.synonyms, "ik", "mijn", "?"])).map(" ".join))
def test_translating_twice_changes_nothing_more(text: str) -> None:
    once = LEXICON.translate(text)
    assert LEXICON.translate(once) == once


@given(st.lists(st.sampled_from([*LEXICON.synonyms, "ik"])).map(" ".join))
def test_capitals_make_no_difference(text: str) -> None:
    assert LEXICON.translate(text.upper()).lower() == LEXICON.translate(text).lower()


BROKEN = {
    "two terms": ("synoniemen:\n  a: [x]\n  b: [X]\nvoorbeelden: {}\n", 3, "'X' stands under two"),
    "term twice": ("synoniemen:\n  a: [x]\n  a: [y]\nvoorbeelden: {}\n", 3, "stands here twice"),
    "no block": ("synoniemen: {}\n", 1, "must hold the block 'voorbeelden:'"),
    "other block": ("synoniemen: {}\nvoorbeelden: {}\nwoorden: {}\n", 3, "'woorden' is not one of"),
    "no list": ("synoniemen:\n  a: x\nvoorbeelden: {}\n", 2, "must hold a list of texts"),
    "empty variant": ("synoniemen:\n  a:\n  - x\n  - ' '\nvoorbeelden: {}\n", 4, "list of texts"),
    "no text": ("synoniemen: {1: [x]}\nvoorbeelden: {}\n", None, "'1' between quotes"),
    "no mapping": ("- a\n", 1, "list of 'name:' blocks"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken_lexicon_is_refused(case: str, tmp_path: Path) -> None:
    text, line, message = BROKEN[case]
    path = write(tmp_path, text)
    with pytest.raises(KnowledgeError, match=message) as caught:
        load_lexicon(path)
    assert (caught.value.path, caught.value.line) == (path, line)


def test_every_problem_is_found_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, "synoniemen:\n  a: x\n  b: [y]\n  c: [Y]\nvoorbeelden: [z]\n")
    lexicon, problems = inspect_lexicon(path)
    assert [problem.line for problem in problems] == [2, 4, 1]
    assert lexicon.translate("y") == "b"


def test_missing_lexicon_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="cannot be read"):
        load_lexicon(tmp_path / "weg.yaml")
