"""The promises of ``Assistant.ask``: the right entry, only the guidance's words, the same bytes."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from verbatim import Verbatim

from assistant import phrases
from assistant.assistant import Assistant
from assistant.request import Turn
from assistant.web.texts import EXAMPLES
from knowledge.bank import load_bank
from knowledge.library import Library, load_library

ENTRIES = tuple(load_library().entries())
BANK = [question.text for question in load_bank(load_library()).inside]
VERBATIM = Verbatim(load_library())
NEAR = "Hoe lang mag ik camerabeelden van mijn winkel bewaren?"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry.id))
def test_a_guidance_question_asked_verbatim_gets_its_own_answer(
    product: Assistant, library: Library, entry: object
) -> None:
    from knowledge.model import Entry

    assert isinstance(entry, Entry)
    answer = product.ask(entry.question)
    assert answer.kind == "answer"
    assert answer.citations[0].entry_id == entry.id
    page = library.page(entry.page_id)
    for citation in answer.citations:
        assert citation.question in {e.question for e in ENTRIES}
        quoted = page.text[citation.start : citation.end]
        parts = citation.quote.split("\n\n")
        assert quoted.startswith(parts[0])
        assert quoted.endswith(parts[-1])
        assert all(part in quoted for part in parts)


def test_the_design_cards_own_question_gets_the_logistics_entry(product: Assistant) -> None:
    answer = product.ask("ben ik verwerker als logistieke dienstverlener?")
    assert answer.citations[0].entry_id == "logistieke-dienstverlener"
    assert answer.text.startswith("**Nee. U bent namelijk geen verwerker")


def test_what_the_guidance_does_not_cover_is_refused_without_a_quote(product: Assistant) -> None:
    answer = product.ask(NEAR)
    assert answer.kind == "no_answer"
    assert answer.citations == ()
    assert "Daarover staat niets in deze uitleg" in answer.text


def test_related_questions_are_the_guidances_cross_references_first(
    product: Assistant, library: Library
) -> None:
    entry = library.entry("plichten-verwerker")
    answer = product.ask(entry.question)
    assert answer.related[0].entry_id == next(r.target for r in entry.see_also if r.target)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=st.sampled_from(BANK), second=st.sampled_from(["", *BANK]))
def test_every_sentence_is_the_guidances_or_a_fixed_phrase(
    product: Assistant, first: str, second: str
) -> None:
    answer = product.ask(f"{first} {second}".strip())
    assert VERBATIM.foreign(answer) == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry.id))
@pytest.mark.parametrize("form", ["Kan dat korter?", "Laat het hele antwoord zien", "Waarom?"])
def test_a_retold_answer_holds_no_other_words_either(
    product: Assistant, entry: object, form: str
) -> None:
    from knowledge.model import Entry

    assert isinstance(entry, Entry)
    answer = product.ask(entry.question)
    history = (Turn("user", entry.question), Turn("assistant", answer.text))
    retold = product.ask(form, history)
    assert retold.kind == "answer"
    assert {citation.entry_id for citation in retold.citations} == {entry.id}
    assert VERBATIM.foreign(retold) == []


def test_the_same_question_and_history_give_the_same_bytes(product: Assistant) -> None:
    history = (Turn("user", "Wie meldt een datalek?"), Turn("assistant", "…"))
    for question in (BANK[0], NEAR, "En als ik zelf verwerker ben?"):
        once, again = (json.dumps(product.ask(question, history).to_json()) for _ in range(2))
        assert once == again


def test_one_question_gets_the_same_answer_alone_and_among_others(product: Assistant) -> None:
    questions = [BANK[0], NEAR, "hallo", BANK[-1]]
    assert product.ask_all(questions) == [product.ask(question) for question in questions]


@pytest.mark.parametrize(
    "odd",
    [
        "",
        "   \n\t ",
        "?!?",
        "🙈🙉🙊",
        "x" * 10_000,
        "\u202egnp.egrev\u200b",
        "<script>alert(1)</script>",
        "a\0b verwerker\ud800",
        "مرحبا، من هو المعالج؟",
    ],
)
def test_odd_input_gets_a_clear_dutch_reply(product: Assistant, odd: str) -> None:
    answer = product.ask(odd)
    assert answer.text.strip()
    assert answer.kind in ("clarification", "no_answer", "smalltalk", "answer")
    assert "<script" not in answer.text


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300))
def test_no_text_breaks_it(product: Assistant, text: str) -> None:
    assert product.ask(text).text


def test_an_explanation_names_the_rule_and_every_candidate(product: Assistant) -> None:
    why = product.ask(BANK[0], explain=True).explanation
    assert why is not None
    assert why["rule"]
    assert len(why["candidates"]) == len(ENTRIES)
    assert product.ask(BANK[0]).explanation is None


def test_an_english_question_gets_the_dutch_text_and_a_note(product: Assistant) -> None:
    answer = product.ask("What must be in a data processing agreement?")
    assert answer.citations[0].entry_id == "inhoud-verwerkersovereenkomst"
    assert "Note in English" in answer.text


def test_dots_that_a_telephone_types_are_no_personal_data(assistant: Assistant) -> None:
    assert phrases.PERSONAL_DATA not in assistant.ask("Wie meldt een datalek… en wanneer?").text


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_on_the_page_gets_an_answer(product: Assistant, example: str) -> None:
    assert product.ask(example).kind == "answer"
