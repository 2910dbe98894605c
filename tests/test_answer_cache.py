"""Repeated questions are answered from memory: the same answer, bounded, and no question kept."""

import gc
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Answer
from assistant.answer_cache import AnswerCache
from assistant.assistant import Assistant
from assistant.request import Turn

QUESTION = "Wat moet er in een verwerkersovereenkomst staan?"
HISTORY = (Turn("user", "Hallo"), Turn("assistant", "Dag"))
texts = st.text(st.characters(), max_size=4)
histories = st.lists(st.builds(Turn, st.sampled_from(["user", "assistant"]), texts), max_size=3)


@dataclass
class Echo:
    """Answers with what it was asked, so that two questions never share an answer."""

    asked: list[str] = field(default_factory=list)

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        self.asked.append(question)
        return Answer("answer", 1.0, repr((" ".join(question.split()), tuple(history))))


def test_gives_the_assistants_own_answer(assistant: Assistant) -> None:
    answers = AnswerCache(assistant)
    assert answers.recall(QUESTION, HISTORY) is None
    given_first = answers.ask(QUESTION, HISTORY)
    assert given_first == assistant.ask(QUESTION, HISTORY)
    assert answers.recall(f"  {QUESTION} ", HISTORY) is given_first
    assert answers.recall(QUESTION) is None
    assert answers.recall(QUESTION, HISTORY[:1]) is None


@settings(deadline=None)
@given(st.text(max_size=4), histories, st.text(max_size=4), histories)
def test_another_question_or_history_is_never_mistaken(
    one: str, before_one: list[Turn], other: str, before_other: list[Turn]
) -> None:
    answers = AnswerCache(Echo())
    first = answers.ask(one, before_one)
    found = answers.recall(other, before_other)
    if found is not None:
        assert before_one == before_other
        assert found is first


def test_forgets_what_was_used_longest_ago() -> None:
    answers = AnswerCache(Echo(), size=2)
    answers.ask("een")
    answers.ask("twee")
    answers.recall("een")
    answers.ask("drie")
    assert answers.recall("een")
    assert answers.recall("twee") is None
    assert len(answers) == 2


def test_stays_within_its_size_under_many_threads() -> None:
    answers = AnswerCache(Echo(), size=10)

    def ask(start: int) -> None:
        for number in range(start, start + 200):
            question = f"vraag {number % 40}"
            found = answers.recall(question) or answers.ask(question)
            assert question in found.text

    threads = [threading.Thread(target=ask, args=(start,)) for start in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 10


def test_keeps_no_question(assistant: Assistant) -> None:
    typed = "Mijn naam is Jantje Zonderling en ik ben verwerker"
    answers = AnswerCache(assistant)
    answers.ask(typed, (Turn("user", f"{typed}?"),))
    gc.collect()
    kept = [repr(key) + repr(value) for key, value in answers._answers.items()]
    assert kept
    assert not any("Zonderling" in text for text in kept)
