"""Scripted dialogues: read strictly, played with their true history, judged turn by turn."""

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from eval.dialogue_file import load_dialogues
from eval.dialogues import play, share_right
from eval.errors import DialogueError
from eval.table import dialogues_text
from knowledge.library import Library

GOOD = """\
- id: rolcheck
  about: starts the role check and answers its first step
  turns:
    - user: Start de rolcheck
      kind: clarification
    - user: ja
      kind: clarification
- id: logistiek
  about: one question with its answer
  turns:
    - user: Moet ik als logistieke dienstverlener verwerkersovereenkomsten afsluiten?
      kind: answer
      entry: logistieke-dienstverlener
      phrase: u bent  namelijk geen verwerker
      not_phrase: koekjes
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_turns_are_asked_with_the_conversation_before_them(
    tmp_path: Path, library: Library, assistant: Assistant
) -> None:
    dialogues = load_dialogues(written(tmp_path, GOOD), library)
    played = [play(assistant, dialogue) for dialogue in dialogues]
    assert [turn.faults for turns in played for turn in turns] == [(), (), ()]
    first, second = played[0]
    # "ja" alone, without the history, is no step of the role check.
    assert second.answer != assistant.ask("ja")
    assert second.answer.text != first.answer.text
    assert share_right(played).value == 1


def test_every_expectation_that_fails_is_named(
    tmp_path: Path, library: Library, assistant: Assistant
) -> None:
    text = (
        GOOD.replace("kind: answer", "kind: no_answer")
        .replace("entry: logistieke-dienstverlener", "entry: werken-in-opdracht")
        .replace("phrase: u bent  namelijk geen verwerker", "phrase: taart")
        .replace("not_phrase: koekjes", "not_phrase: Geen verwerker\n      choices: 7")
    )
    played = [play(assistant, d) for d in load_dialogues(written(tmp_path, text), library)]
    (turn,) = played[1]
    assert len(turn.faults) == 5
    share = share_right(played)
    assert share.value == pytest.approx(2 / 3)
    # Whole dialogues are drawn: both turns of the first, or the one of the second, twice.
    assert (share.low, share.high) == (0, 1)
    said = dialogues_text("own", played, share)
    for part in ("logistiek, turn 1", "kind answer, not no_answer", "lacks 'taart'", "not 7"):
        assert part in said


def test_example_in_the_docs_is_read(tmp_path: Path, library: Library) -> None:
    docs = (Path(__file__).parent.parent / "docs" / "evaluation.md").read_text(encoding="utf-8")
    block = docs.partition("```yaml\n")[2].partition("```")[0]
    (dialogue,) = load_dialogues(written(tmp_path, block), library)
    assert len(dialogue.turns) == 2


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("", "must hold a list of dialogues"),
        ("- a\n", "dialogue 1: must be 'name: value' lines"),
        ("- id: x\n  about: y\n", "dialogue 1: 'turns' is missing"),
        ("- id: x\n  about: y\n  turns: []\n", "'turns' is empty"),
        ("- {id: x, about: y, turns: [{user: a}]}\n", "turn 1: 'kind' is missing"),
        ("- {id: x, about: y, turns: [{user: 1, kind: answer}]}\n", "'user' must be a text"),
        ("- {id: x, about: y, turns: [{user: a, kind: maybe}]}\n", "'kind' is 'maybe', not answer"),
        ("- {id: x, about: y, turns: [{user: a, kind: answer, entry: z}]}\n", "'entry' is 'z'"),
        ("- {id: x, about: y, turns: [{user: a, kind: answer, frase: z}]}\n", "'frase' is not one"),
        ("- {id: x, about: y, turns: [{user: a, kind: answer, phrase: ''}]}\n", "'phrase' must be"),
        ("- {id: x, about: y, turns: [{user: a, kind: answer, choices: yes}]}\n", "a number"),
        ("- {id: x, about: y, turns: [{user: a, kind: answer}]}\n" * 2, "the id 'x' was used"),
        ("- {", "cannot be read as YAML"),
    ],
)
def test_wrong_file_is_refused_with_the_place(
    wrong: str, message: str, tmp_path: Path, library: Library
) -> None:
    with pytest.raises(DialogueError, match=r"own\.yaml") as caught:
        load_dialogues(written(tmp_path, wrong), library)
    assert message in str(caught.value)
