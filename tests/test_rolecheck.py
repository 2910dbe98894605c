"""The role check as a conversation: every path, every way to reply, and twelve cases."""

import re
from collections.abc import Iterator, Sequence
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import phrases
from assistant.answer import Answer, Citation
from assistant.request import MAX_TURNS, Turn
from assistant.rolecheck import RoleCheck
from assistant.web.render import Renderer
from assistant.web.settings import Settings
from knowledge.library import load_library
from knowledge.rolecheck import load_rolecheck
from knowledge.roletree import Outcome, Step

LIBRARY = load_library()
TREE = load_rolecheck(LIBRARY)
CHECK = RoleCheck(TREE, LIBRARY)
FIRST = TREE.steps[TREE.start]

IN_OPDRACHT = "Wij werken in opdracht van een andere organisatie"
OPDRACHTGEVER = "Een andere organisatie werkt in opdracht van ons"
UITWISSELEN = "Wij wisselen gegevens uit met een andere organisatie, zonder opdracht"
ALLEEN = "Er is geen andere organisatie bij betrokken"

History = tuple[Turn, ...]


def say(message: str, history: Sequence[Turn] = ()) -> Answer:
    answer = CHECK.reply(message, history)
    assert answer is not None, message
    return answer


def after(message: str, history: History = ()) -> History:
    return (*history, Turn("user", message), Turn("assistant", say(message, history).text))


def talk(*messages: str) -> Answer:
    """Start the check, send the messages, and return the last answer."""
    history: History = ()
    for message in (phrases.ROLECHECK_START, *messages[:-1]):
        history = after(message, history)
    return say(messages[-1], history)


def answers(step: Step) -> tuple[str, ...]:
    return (*(option.label for option in step.options), phrases.UNSURE)


def paths(node_id: str, history: History, said: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Walk every path from here, checking each turn on the way; yield what was said on each."""
    if node_id in TREE.outcomes:
        check_outcome(TREE.outcomes[node_id], say(said[-1], history[:-2]), said)
        yield said
        return
    step = TREE.steps[node_id]
    check_step(step, history, said)
    for label, target in zip(answers(step), step.targets, strict=True):
        yield from paths(target, after(label, history), (*said, label))


def check_step(step: Step, history: History, said: tuple[str, ...]) -> None:
    shown = history[-1].content
    assert f"*Vraag {len(said) + 1}*\n\n**{step.question}**" in shown
    assert all(cite.quote in shown for cite in step.cites)
    if said:
        before = CHECK.reply(phrases.BACK, history)
        assert before is not None
        # The first question's introduction is said once.
        assert history[-3].content.endswith(before.text)


def check_outcome(outcome: Outcome, answer: Answer, said: tuple[str, ...]) -> None:
    assert answer.kind == "answer"
    assert answer.text.startswith(f"**{outcome.title}**")
    assert phrases.ROLECHECK_AGREEMENT[outcome.agreement] in answer.text
    assert TREE.caveat.quote in answer.text
    assert all(cite.quote in answer.text for cite in (*outcome.why, *outcome.advice))
    recap = answer.text.partition(f"*{phrases.ROLECHECK_ANSWERS}*")[2].strip().split("\n\n")[0]
    assert [line.partition(": ")[2].split(" [")[0] for line in recap.splitlines()] == list(said)
    assert ("Dit wist u niet" in answer.text) == (phrases.UNSURE in said)
    verbatim(answer.citations)


def verbatim(citations: Sequence[Citation]) -> None:
    assert citations
    for number, citation in enumerate(citations, 1):
        page = LIBRARY.page(citation.page_id)
        assert citation.number == number
        assert page.text[citation.start : citation.end] == citation.quote
        assert citation.section_id.startswith(citation.entry_id)


def test_every_path_ends_in_its_outcome_with_reasons_and_can_be_undone() -> None:
    walked = list(paths(TREE.start, after(phrases.ROLECHECK_START)))
    assert len(walked) == len(set(walked)) > 500
    # A start, every answer, and as much again for undoing and explaining would be too many, but
    # five detours always fit.
    assert 2 * (1 + max(map(len, walked)) + 5) <= MAX_TURNS


CASES = {
    "payroll bureau": (
        (IN_OPDRACHT, "Nee", "Nee", "Nee", "Ja", "Onze opdrachtgever", "Nee", "Nee", "Ja"),
        "verwerker",
    ),
    "cloud host": (
        (IN_OPDRACHT, "Nee", "Nee", "Nee", "Ja", "Onze opdrachtgever", "Nee", "Nee", "Ja"),
        "verwerker",
    ),
    "accountant who keeps the books": (
        (IN_OPDRACHT, "Nee", "Nee", "Nee", "Ja", "Onze opdrachtgever", "Nee", "Nee", "Ja"),
        "verwerker",
    ),
    "accountant whose assignment is something else": (
        (IN_OPDRACHT, "Nee", "Nee", "Weet ik niet", "Nee", "Weet ik niet", "Nee"),
        "onbekend-geen-verwerker",
    ),
    "parcel service": ((IN_OPDRACHT, "Ja"), "verantwoordelijke-logistiek"),
    "parcel service, asked by its client": ((OPDRACHTGEVER, "Ja"), "beiden-logistiek"),
    "seconded worker": ((IN_OPDRACHT, "Nee", "Ja"), "intern-beheer"),
    "newsletter agency, asked by its client": (
        (OPDRACHTGEVER, "Nee", "Nee", "Wij", "Nee", "Ja", "Nee", "Nee"),
        "verantwoordelijke-met-verwerker",
    ),
    "supplier using data for its own product": (
        (IN_OPDRACHT, "Nee", "Nee", "Nee", "Ja", "Onze opdrachtgever", "Nee", "Ja"),
        "beide-rollen",
    ),
    "supplier using data for its own product, asked by its client": (
        (OPDRACHTGEVER, "Nee", "Nee", "Wij", "Nee", "Ja", "Nee", "Ja"),
        "ander-beide-rollen",
    ),
    "employer": ((ALLEEN, "Nee", "Ja"), "verantwoordelijke-impliciet"),
    "association": ((ALLEEN, "Weet ik niet", "Ja"), "verantwoordelijke-impliciet"),
    "municipality with a legal task": ((ALLEEN, "Ja"), "verantwoordelijke-wet"),
    "two partners exchanging data": (
        (UITWISSELEN, "Ieder voor eigen, zelf bepaalde doeleinden"),
        "beiden-uitwisselen",
    ),
    "two partners with one purpose": (
        (UITWISSELEN, "Voor een doel dat we samen bepalen"),
        "onbekend-samen",
    ),
    "temp agency, for its own workers": (
        (IN_OPDRACHT, "Nee", "Nee", "Nee", "Nee", "Weet ik niet", "Ja"),
        "verantwoordelijke-impliciet",
    ),
    "temp agency, for its client's data": (
        (IN_OPDRACHT, "Nee", "Nee", "Nee", "Nee", "Nee", "Nee"),
        "onbekend-geen-verwerker",
    ),
    "subprocessor's client, itself a processor": (
        (
            *(OPDRACHTGEVER, "Nee", "Nee", "Onze eigen opdrachtgever"),
            *("Nee", "Nee", "Nee", "Ja", "Onze opdrachtgever", "Nee", "Nee", "Ja"),
        ),
        "verwerker",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_case_ends_where_the_guidance_says_or_cannot_be_told(case: str) -> None:
    said, outcome = CASES[case]
    assert talk(*said).text.startswith(f"**{TREE.outcomes[outcome].title}**")


@pytest.mark.parametrize(
    "request_",
    [
        "Start de rolcheck",
        "rolcheck",
        "Doe de rolcheck!",
        "Ik wil graag de rolcheck doen",
        "Kunt u de rolcheck starten?",
        "Help me bepalen of ik verwerker ben",
        "Kunt u mij helpen vaststellen of wij verwerker of verwerkingsverantwoordelijke zijn?",
        "help mij uit te zoeken welke rol ik heb",
    ],
)
def test_begins_when_asked(request_: str) -> None:
    answer = say(request_)
    assert answer.kind == "clarification"
    assert FIRST.question in answer.text
    assert [choice.send for choice in answer.choices][:5] == list(answers(FIRST))
    verbatim(answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "Ben ik verwerker of verantwoordelijke?",
        "Hoe bepaal ik of ik verwerker ben?",
        "Help, ik heb een datalek",
        "Helpt u mij bepalen of mijn koerier een verwerker is?",
        "geen rolcheck",
        "ja",
        "2",
        "stop",
        "vorige vraag",
        "opnieuw",
        "weet ik niet",
    ],
)
def test_leaves_other_questions_alone(question: str) -> None:
    assert CHECK.reply(question, ()) is None
    other = (Turn("user", "Hallo"), Turn("assistant", phrases.GREETING))
    assert CHECK.reply(question, other) is None


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        *((text, "Ja") for text in ("1", "optie 1", "ja", "Ja klopt", "ja hoor, dat klopt")),
        *((text, "Ja") for text in ("Jazeker!", "klopt", "inderdaad", "ik denk het wel", "JA.")),
        *((text, "Nee") for text in ("2", "2.", "nee", "nee hoor", "Nee, dat doen wij niet")),
        *((text, "Nee") for text in ("klopt niet", "zeker niet", "ik denk het niet", "neen")),
        ("nee, wij gebruiken ze niet voor onze eigen doelen", "Nee"),
        *((text, "Weet ik niet") for text in ("3", "weet ik niet", "geen idee", "Geen idee hoor")),
        *((text, "Weet ik niet") for text in ("dat weet ik niet zeker", "ik weet het niet")),
        *(
            (text, "Weet ik niet")
            for text in ("misschien", "wij weten het niet", "geen flauw idee")
        ),
    ],
)
def test_free_typed_reply_counts_as_the_button(reply: str, answer: str) -> None:
    asked = after(IN_OPDRACHT, after(phrases.ROLECHECK_START))
    assert say(reply, asked) == say(answer, asked)


def test_options_that_are_no_yes_or_no_can_be_typed() -> None:
    asked = after(phrases.ROLECHECK_START)
    assert say("wij werken in opdracht", asked) == say("1", asked) == say(IN_OPDRACHT, asked)


@pytest.mark.parametrize(
    "reply", ["ja, maar soms niet", "nee, tenzij het moet", "9", "0", "ja en nee"]
)
def test_reply_that_says_two_things_is_asked_again(reply: str) -> None:
    answer = talk(IN_OPDRACHT, reply)
    assert answer.text.startswith(phrases.ROLECHECK_UNCLEAR)
    assert TREE.steps["logistiek"].question in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Wanneer moet ik een verwerkersovereenkomst afsluiten?",
        "Ja, maar wie moet dan het datalek melden?",
        "Wat is een subverwerker",
        "ja en wat als de verwerker een datalek heeft",
        "bedankt",
    ],
)
def test_another_question_leaves_the_check_and_a_button_leads_back(question: str) -> None:
    asked = after("nee", after(IN_OPDRACHT, after(phrases.ROLECHECK_START)))
    assert CHECK.reply(question, asked) is None
    plain = Answer("answer", 0.9, "**Een verwerker.**")
    offered = CHECK.offer(plain, asked)
    assert [choice.send for choice in offered.choices] == [phrases.ROLECHECK_RESUME]
    left = (*asked, Turn("user", question), Turn("assistant", plain.text))
    assert say(phrases.ROLECHECK_RESUME, left).text == asked[-1].content
    back = after(phrases.ROLECHECK_RESUME, left)
    assert say("ja", back).text.startswith(f"**{TREE.outcomes['intern-beheer'].title}**")


def test_explains_with_the_whole_passage_and_asks_again() -> None:
    answer = talk(IN_OPDRACHT, "nee", "leg uit")
    section = LIBRARY.entry("werken-in-opdracht").section("werken-in-opdracht/rechtstreeks-gezag")
    assert all(passage.text in answer.text for passage in section.passages)
    assert TREE.steps["gezag"].question in answer.text
    verbatim(answer.citations)
    assert talk(IN_OPDRACHT, "nee", "leg uit", "nee") == talk(IN_OPDRACHT, "nee", "nee")


def test_stops_and_starts_over() -> None:
    assert talk(IN_OPDRACHT, "stop").text == phrases.ROLECHECK_STOPPED
    assert talk(IN_OPDRACHT, "opnieuw") == say(phrases.ROLECHECK_START)
    ended = after("ja", after(IN_OPDRACHT, after(phrases.ROLECHECK_START)))
    assert say(phrases.ROLECHECK_AGAIN, ended) == say(phrases.ROLECHECK_START)
    assert say(phrases.BACK, ended).text == ended[-3].content


def test_first_question_cannot_be_undone() -> None:
    answer = talk(phrases.BACK)
    assert answer.text.startswith(phrases.ROLECHECK_FIRST)
    assert FIRST.question in answer.text


def test_goes_on_when_only_the_last_turns_are_left() -> None:
    whole = after("nee", after("nee", after(IN_OPDRACHT, after(phrases.ROLECHECK_START))))
    answer = say("ja", whole[-2:])
    assert answer.text.startswith(f"**{TREE.outcomes['verantwoordelijke-wet'].title}**")


def test_offers_the_check_after_an_answer_about_roles() -> None:
    entry = LIBRARY.entry("werken-in-opdracht")
    place = (entry.question, entry.id, "", "Nee.", "", "", entry.page_id, 0, 1)
    about_roles = Answer("answer", 0.9, "Nee.", (Citation(1, entry.id, *place),))
    offered = CHECK.offer(about_roles, ())
    assert [choice.send for choice in offered.choices] == [phrases.ROLECHECK_START]
    elsewhere = Answer("no_answer", 0.1, "Daarover staat niets.")
    assert CHECK.offer(elsewhere, ()) == elsewhere


def test_every_citation_opens_a_mark_where_its_quote_begins() -> None:
    renderer = Renderer(LIBRARY, Settings())
    for case in CASES:
        answer = talk(*CASES[case][0])
        html = renderer.turn("ja", answer)
        for citation in answer.citations:
            link = re.search(rf'href="#([\w-]+)" aria-label="Bron {citation.number}"', html)
            assert link is not None
            opened = html.split(f'<mark id="{link[1]}" tabindex="-1">')
            assert len(opened) == 2
            assert unescape(opened[1].split("</mark>")[0])[:20] in citation.quote


MOVES = st.lists(st.sampled_from(["1", "2", "3", "vorige", "uitleg", "ja maar", "weet ik niet"]))


@settings(max_examples=150, deadline=None)
@given(MOVES)
def test_history_alone_brings_back_the_path(moves: list[str]) -> None:
    """A stack kept beside the conversation must agree with what the history tells."""
    history = after(phrases.ROLECHECK_START)
    stack: list[str] = []
    node_id = TREE.start
    for move in moves:
        if node_id in TREE.outcomes and move != "vorige":
            break
        if move == "vorige":
            node_id = stack.pop() if stack else node_id
        elif move in ("1", "2", "3", "weet ik niet"):
            stack.append(node_id)
            targets = TREE.steps[node_id].targets
            node_id = targets[-1] if move.startswith("w") else targets[int(move) - 1]
        history = after(move, history)
        node = TREE.node(node_id)
        if isinstance(node, Step):
            assert f"*Vraag {len(stack) + 1}*\n\n**{node.question}**" in history[-1].content
        else:
            assert history[-1].content.count("\n- ") >= len(stack)
            assert node.title in history[-1].content


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.sampled_from(sorted(TREE.steps)))
def test_any_text_at_any_step_is_answered_or_left_alone(text: str, step_id: str) -> None:
    history = (Turn("assistant", f"**{TREE.steps[step_id].question}**"),)
    answer = CHECK.reply(text, history)
    assert answer is None or answer == CHECK.reply(text, history)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.builds(Turn, st.sampled_from(["user", "assistant"]), st.text(max_size=80))))
def test_any_history_is_read(history: list[Turn]) -> None:
    assert say(phrases.ROLECHECK_START, history) == say(phrases.ROLECHECK_START)
    CHECK.reply("vorige", history)
