"""Statements cover a passage, and a statement says something by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.library import load_library
from knowledge.sentences import sentence_spans, split_statements

PARTS = ("Ja.", "Nee.", "Doet u dat?", "Dan niet!", "Of anders.", "etc.", "art.", "28,", "U", "a.")
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PARTS)).map(" ".join))


def statements(text: str) -> list[str]:
    return [statement.text for statement in split_statements(text)]


@given(TEXTS, st.integers(0, 1000))
def test_statements_cover_the_passage_without_overlap(text: str, offset: int) -> None:
    place = 0
    for statement in split_statements(text, offset):
        start, end = statement.start - offset, statement.end - offset
        assert text[start:end] == statement.text
        assert start < end
        assert not text[place:start].strip()
        place = end
    assert not text[place:].strip()


@given(TEXTS)
def test_spans_are_in_order_and_hold_words(text: str) -> None:
    spans = sentence_spans(text)
    assert all(text[start:end].strip() for start, end in spans)
    assert spans == sorted(spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dit mag. Dat niet.", ["Dit mag.", "Dat niet."]),
        ("Doet u dat niet? Dan krijgt u een boete.", ["Doet u dat niet? Dan krijgt u een boete."]),
        ("Nee. U bent geen verwerker.", ["Nee. U bent geen verwerker."]),
        ("Kies er een. Of kies beide.", ["Kies er een. Of kies beide."]),
        ("Zie art. 28 van de AVG. Lees het.", ["Zie art. 28 van de AVG.", "Lees het."]),
        ("Klanten, burgers etc. hebben rechten.", ["Klanten, burgers etc. hebben rechten."]),
        ("Bent u dat? Of niet? Dan wel.", ["Bent u dat? Of niet? Dan wel."]),
        ("Geen punt aan het eind", ["Geen punt aan het eind"]),
        ("", []),
    ],
)
def test_cuts_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert statements(text) == expected


def test_no_statement_of_the_guidance_opens_by_leaning_on_the_one_before() -> None:
    for _, _, passage in load_library().places():
        for statement in passage.sentences[1:]:
            assert not statement.text.startswith(
                ("Of ", "En ", "Zoals ", "Bijvoorbeeld ", "Tenzij ")
            )


def test_no_statement_of_the_guidance_is_only_a_question_or_a_yes() -> None:
    for _, _, passage in load_library().places():
        for statement in passage.sentences[:-1]:
            assert not statement.text.endswith("?")
            assert statement.text not in ("Ja.", "Nee.")
