"""A question is understood in its conversation, and never from anything but that."""

import pytest

from assistant import phrases
from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.followup import form_of, lean
from assistant.request import Turn
from assistant.stated import stated_role


def talk(assistant: Assistant, *questions: str) -> Answer:
    history: list[Turn] = []
    for question in questions:
        answer = assistant.ask(question, tuple(history))
        history += [Turn("user", question), Turn("assistant", answer.text)]
    return answer


AGREEMENT = "Wat moet er in een verwerkersovereenkomst staan?"


@pytest.mark.parametrize("asked", ["kun je dat korter?", "graag in het kort"])
def test_shorter_gives_the_opening_alone(product: Assistant, asked: str) -> None:
    whole, short = talk(product, AGREEMENT), talk(product, AGREEMENT, asked)
    assert len(short.citations) == 1
    assert len(short.text) < len(whole.text)


def test_whole_gives_every_section_in_order(product: Assistant) -> None:
    answer = talk(product, AGREEMENT, phrases.WHOLE)
    starts = [citation.start for citation in answer.citations]
    assert starts == sorted(starts)
    assert "De verwerker werkt mee aan uw audits" in answer.text


def test_source_names_page_edition_and_address(product: Assistant) -> None:
    answer = talk(product, AGREEMENT, "welke bron is dat?")
    assert "autoriteitpersoonsgegevens.nl/themas" in answer.text
    assert "een eerdere versie van deze pagina" in answer.text


def test_an_item_of_the_list_is_counted(product: Assistant) -> None:
    answer = talk(product, AGREEMENT, "vertel meer over het tweede", "en de laatste?")
    assert answer.citations[0].section_id.startswith("inhoud-verwerkersovereenkomst/")


@pytest.mark.parametrize("asked", ["kan dat korter?", "waarom?", "welke bron is dat?"])
def test_asking_about_nothing_is_answered_with_a_question(product: Assistant, asked: str) -> None:
    assert product.ask(asked).kind == "clarification"


def test_a_role_stated_earlier_holds(product: Assistant) -> None:
    as_processor = talk(product, "Ik ben verwerker voor een ziekenhuis.", "Wat zijn mijn plichten?")
    assert as_processor.citations[0].entry_id == "plichten-verwerker"
    as_client = talk(product, "Wij schakelen een verwerker in.", "Wat zijn mijn plichten?")
    assert as_client.citations[0].entry_id == "plichten-verantwoordelijke"


def test_two_roles_are_asked_apart_and_never_twice(product: Assistant) -> None:
    asked = product.ask("Wat zijn mijn verantwoordelijkheden?")
    assert asked.kind == "clarification"
    assert [choice.label for choice in asked.choices][:2] == [
        phrases.AM_PROCESSOR,
        phrases.HAVE_PROCESSOR,
    ]
    for reply, entry in (
        (phrases.AM_PROCESSOR, "plichten-verwerker"),
        ("de verwerker", "plichten-verwerker"),
        ("het tweede", "plichten-verantwoordelijke"),
    ):
        answer = talk(product, "Wat zijn mijn verantwoordelijkheden?", reply)
        assert (answer.kind, answer.citations[0].entry_id) == ("answer", entry)
    unsure = talk(product, "Wat zijn mijn verantwoordelijkheden?", "geen idee")
    assert unsure.kind == "answer"


def test_a_change_of_subject_is_one(product: Assistant) -> None:
    assert talk(product, AGREEMENT, "Mag ik een camera ophangen in de kantine?").kind == "no_answer"


def test_personal_data_is_warned_of_and_not_repeated(product: Assistant) -> None:
    typed = "jan@voorbeeld.nl"
    answer = product.ask(f"Ik ben bereikbaar op {typed}. {AGREEMENT}")
    assert answer.text.startswith(phrases.PERSONAL_DATA)
    assert typed not in answer.text
    assert answer.kind == "answer"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("En als ik zelf verwerker ben?", "verwerker"),
        ("Moet ik als verwerker een FG aanstellen?", "verwerker"),
        ("Mijn verwerker heeft een datalek.", "verwerkingsverantwoordelijke"),
        ("Ben ik verwerker als koerier?", None),
        ("Ik ben geen verwerker.", None),
        ("Ben ik verwerker of verantwoordelijke?", None),
    ],
)
def test_a_stated_role_is_told_from_a_question_about_it(text: str, role: str | None) -> None:
    assert stated_role(text) == role


@pytest.mark.parametrize("text", ["en een register?", "binnen welke termijn?", "moet dat altijd?"])
def test_a_follow_up_leans(text: str) -> None:
    assert lean(text)
    assert form_of(text) is None


def test_a_whole_question_does_not_lean() -> None:
    assert lean("Wanneer moet ik met mijn boekhouder een verwerkersovereenkomst afsluiten?") is None


@pytest.mark.parametrize(
    ("before", "question", "entry"),
    [
        ("Ik ben verwerker.", "Wat moet ik doen bij een datalek?", "plichten-verwerker"),
        (
            "Wij schakelen een verwerker in.",
            "En als er een datalek is?",
            "plichten-verantwoordelijke",
        ),
    ],
)
def test_the_role_told_before_chooses_between_counterparts(
    product: Assistant, before: str, question: str, entry: str
) -> None:
    assert talk(product, before, question).citations[0].entry_id == entry


def test_the_same_subject_is_told_for_the_other_role(product: Assistant) -> None:
    answer = talk(
        product, "Ik ben verwerker. Wat moet ik bij een datalek?", "En mijn opdrachtgever?"
    )
    assert answer.citations[0].entry_id in ("plichten-verantwoordelijke", "plichten-verwerker")


def test_an_item_of_the_list_is_named(product: Assistant) -> None:
    answer = talk(product, AGREEMENT, "en subverwerkers?")
    assert answer.citations[0].section_id == "inhoud-verwerkersovereenkomst/subverwerkers"


def test_why_quotes_the_guidance_and_says_when_it_gives_no_reason(product: Assistant) -> None:
    answer = talk(product, AGREEMENT, "waarom?")
    assert phrases.WHY in answer.text
    assert answer.citations


def test_nobody_is_promised_a_call(product: Assistant) -> None:
    answer = product.ask("Kan iemand mij even bellen?")
    assert answer.kind in ("no_answer", "smalltalk")
    assert not answer.citations


def test_a_courtesy_around_a_question_is_no_part_of_it(product: Assistant) -> None:
    bare, polite = product.ask(AGREEMENT), product.ask(f"Hallo! {AGREEMENT} Alvast bedankt.")
    assert polite.citations == bare.citations
