"""The page in Markdown says what the AP's text says, word for word, furniture aside."""

import re
from pathlib import Path

from knowledge.library import PAGES
from knowledge.parse import parse_page

SOURCE = Path(__file__).parent / "data" / "ap-verantwoordelijke-en-verwerker.txt"
PAGE = parse_page(PAGES / "verantwoordelijke-en-verwerker.md")
# Everything in the source that is no guidance: whole lines, and a button that runs into a heading.
FURNITURE_LINES = (
    "Vergroot contrast",
    "Checkbox verwerkers",
    "Nieuws",
    "Alle nieuwsberichten over het onderwerp 'Verantwoordelijke en verwerker'",
    "Praktische hulpmiddelen",
    "Praktische hulpmiddelen",
    "Meer info:",
    "Zie ook:",
    "Zie verder",
    "Zie ook:",
)
FURNITURE_PREFIX = "Alle antwoorden op mijn vragen"
MARK = re.compile(r"^(?:•|\d\.)\s+")


def source_lines() -> list[str]:
    lines = (" ".join(line.split()) for line in SOURCE.read_text(encoding="utf-8").split("\n"))
    return [MARK.sub("", line.removeprefix(FURNITURE_PREFIX)) for line in lines if line]


def test_source_holds_the_furniture_that_is_left_out_and_no_other() -> None:
    lines = source_lines()
    assert sorted(line for line in lines if line in FURNITURE_LINES) == sorted(FURNITURE_LINES)


def test_every_word_of_the_source_is_there_in_order_and_none_is_added() -> None:
    guidance = [line for line in source_lines() if line not in FURNITURE_LINES]
    assert PAGE.text.split() == " ".join(guidance).split()


def test_every_line_of_the_source_is_a_text_of_its_own() -> None:
    guidance = [line for line in source_lines() if line not in FURNITURE_LINES]
    assert PAGE.text.split("\n\n") == guidance


def test_questions_stand_in_the_order_of_the_source() -> None:
    bullets = re.findall(r"^ • (.+)$", SOURCE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [entry.question for entry in PAGE.entries] == bullets
    assert len(bullets) == 10


def test_groups_stand_behind_the_button_that_runs_into_them() -> None:
    text = SOURCE.read_text(encoding="utf-8")
    groups = re.findall(rf"^{FURNITURE_PREFIX}(.+)$", text, re.MULTILINE)
    assert list(dict.fromkeys(entry.group for entry in PAGE.entries)) == groups


def test_passages_are_slices_of_the_page_and_cover_every_answer() -> None:
    for entry in PAGE.entries:
        for passage in entry.passages():
            assert PAGE.text[passage.start : passage.end] == passage.text
    said = {p.text for entry in PAGE.entries for p in entry.passages()}
    said |= {p.text for section in PAGE.introduction for p in section.passages}
    said |= {s.heading for entry in PAGE.entries for s in entry.sections}
    said |= {s.heading for s in PAGE.introduction} | {e.group for e in PAGE.entries}
    said |= {e.question for e in PAGE.entries} | {PAGE.title}
    said |= {r.text for entry in PAGE.entries for r in entry.see_also}
    assert set(PAGE.text.split("\n\n")) <= said
