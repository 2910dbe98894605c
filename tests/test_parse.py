"""A page file becomes typed objects, or an error that names file and line."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import KnowledgeError
from knowledge.model import Page
from knowledge.parse import inspect_page, parse_page

FRONT = """---
title: Titel
publisher: AP
url: https://example.nl/pagina
language: nl
taken_in: 2026-11-24
edition: een proef
---
"""
BODY = """# Titel

Inleiding. Met twee zinnen.

## Waarom?

Daarom.

## Groep

### Mag dit? {#mag}

Ja. Dat mag.

#### Kop

Tekst met *nadruk*
over twee regels.

- Zonder naam

#### Punten

Er zijn er 2:

1. Eerste

   Uitleg.

   Meer uitleg.

2. Tweede {#nummer-twee}

   Slot.

Nog iets.

### Mag dat?

Let op:

- Met naam {#een}
- Ook met naam {#twee}

  En een vervolg.

Zie ook: [mag dit?](#mag)

Zie ook: elders
"""
FILE = Path("pagina.md")


def read(body: str, front: str = FRONT) -> Page:
    page, problems = inspect_page(front + body, FILE)
    assert problems == ()
    return page


PAGE = read(BODY)


def test_front_matter_and_introduction() -> None:
    assert (PAGE.id, PAGE.title, PAGE.taken_in) == ("pagina", "Titel", date(2026, 11, 24))
    assert (PAGE.updated, PAGE.changes) == (None, ())
    assert [(s.id, s.heading) for s in PAGE.introduction] == [
        ("inleiding", ""),
        ("inleiding/waarom", "Waarom?"),
    ]


def test_update_and_changes() -> None:
    front = FRONT.replace(
        "edition: een proef", "edition: e\nupdated: 2027-01-02\nchanges: ['Nieuw: x']"
    )
    page = read(BODY, front)
    assert (page.updated, page.changes) == (date(2027, 1, 2), ("Nieuw: x",))


def test_sections_with_their_ids_kinds_and_parents() -> None:
    first, second = PAGE.entries
    assert [(s.id, s.kind, s.parent_id) for s in first.sections] == [
        ("mag", "lead", None),
        ("mag/kop", "heading", None),
        ("mag/punten", "heading", None),
        ("mag/eerste", "point", "mag/punten"),
        ("mag/nummer-twee", "point", "mag/punten"),
        ("mag/vervolg-5", "heading", "mag/punten"),
    ]
    assert [(s.id, s.kind) for s in second.sections] == [
        ("mag-dat", "lead"),
        ("mag-dat/een", "bullet"),
        ("mag-dat/twee", "bullet"),
    ]
    assert {entry.group for entry in PAGE.entries} == {"Groep"}


def test_passages_are_plain_text_with_ids_bullets_and_lines() -> None:
    kop = PAGE.entries[0].section("mag/kop")
    assert [(p.id, p.text, p.bullet) for p in kop.passages] == [
        ("mag/kop#1", "Tekst met nadruk over twee regels.", False),
        ("mag/kop#2", "Zonder naam", True),
    ]
    source = (FRONT + BODY).split("\n")
    for entry in PAGE.entries:
        assert entry.question in source[entry.line - 1]
        for passage in entry.passages():
            assert passage.text.split()[0] in source[passage.line - 1]


def test_point_holds_all_that_is_indented_below_it() -> None:
    first, second = PAGE.entries
    assert first.section("mag/eerste").text == "Uitleg.\n\nMeer uitleg."
    assert first.section("mag/vervolg-5").text == "Nog iets."
    assert second.section("mag-dat/twee").text == "Ook met naam\n\nEn een vervolg."


def test_heading_of_a_point_and_of_what_follows_a_list() -> None:
    entry = PAGE.entries[0]
    assert entry.heading_of(entry.section("mag/eerste")) == "Eerste"
    assert entry.heading_of(entry.section("mag/vervolg-5")) == "Punten"
    assert entry.heading_of(entry.lead) == ""


def test_cross_references() -> None:
    assert [(r.text, r.target) for r in PAGE.entries[1].see_also] == [
        ("Zie ook: mag dit?", "mag"),
        ("Zie ook: elders", None),
    ]


def test_offsets_are_places_in_the_text_of_the_page() -> None:
    for entry in PAGE.entries:
        for passage in entry.passages():
            assert PAGE.text[passage.start : passage.end] == passage.text
            for sentence in passage.sentences:
                assert PAGE.text[sentence.start : sentence.end] == sentence.text


def test_text_below_a_later_group_belongs_to_the_introduction() -> None:
    page = read(BODY + "\n## Slot\n\nEen slotwoord.\n\n### Nog een?\n\nJa.\n")
    assert page.introduction[-1].heading == "Slot"
    assert page.entries[-1].group == "Slot"


def test_windows_line_ends_and_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "pagina.md"
    path.write_bytes(("\ufeff" + (FRONT + BODY).replace("\n", "\r\n")).encode())
    assert parse_page(path) == PAGE


MALFORMED = {
    "no title": ("Tekst.\n\n## G\n\n### V?\n\nA.\n", 9, "begin with '# title'"),
    "nothing at all": ("", 1, "no '# title'"),
    "two titles": (BODY + "\n# Nog een\n", 59, "heading of level 1"),
    "deep heading": (BODY + "\n##### Diep\n", 59, "heading of level 5"),
    "no questions": ("# T\n\n## G\n\nTekst.\n", 1, "no '### question'"),
    "no group": ("# T\n\n### V?\n\nA.\n", 11, "needs a '## group'"),
    "section outside an answer": ("# T\n\n## G\n\n#### S\n\nx\n\n### V?\n\nA.\n", 13, "level 4"),
    "empty group": (BODY + "\n## Leeg\n", 59, "nothing stands under 'Leeg'"),
    "no answer": (BODY + "\n### Leeg?\n", 59, "no answer below it"),
    "empty section": (BODY + "\n#### Leeg\n", 59, "this section is empty"),
    "empty point": (BODY + "\n1. Leeg\n", 59, "this section is empty"),
    "empty heading": (BODY + "\n###\n", 59, "no text here"),
    "one id twice": (BODY + "\n### Anders? {#mag}\n\nA.\n", 59, "'mag' is used twice"),
    "one heading twice": (BODY + "\n#### K\n\nA.\n\n#### K\n\nB.\n", 63, "is used twice"),
    "heading without letters": (BODY + "\n### ???\n\nA.\n", 59, "no id can be made"),
    "item without a name": (BODY + "\n- A {#a}\n- B\n", 60, "name every item"),
    "named item outside": ("# T\n\n- A {#a}\n\n## G\n\n### V?\n\nA.\n", 11, "named or numbered"),
    "reference outside": ("# T\n\nZie ook: x\n\n## G\n\n### V?\n\nA.\n", 11, "'Zie ook' must"),
    "heading in a list": (BODY + "\n- # Kop\n", 59, "heading cannot stand in a list"),
    "list too deep": (BODY + "\n### D?\n\n- a\n  - b\n    - c\n      - d\n", 64, "three deep"),
    "block of code": (BODY + "\n```\ncode\n```\n", 59, "'fence' is not part"),
    "quotation": (BODY + "\n> citaat\n", 59, "'blockquote_open' is not part"),
    "rule": (BODY + "\n***\n", 59, "'hr' is not part"),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_malformed_page_is_refused_with_file_and_line(case: str, tmp_path: Path) -> None:
    body, line, message = MALFORMED[case]
    path = tmp_path / "pagina.md"
    path.write_text(FRONT + body, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=message) as caught:
        parse_page(path)
    assert (caught.value.path, caught.value.line) == (path, line)
    assert str(caught.value).startswith(f"{path}:{line}: ")


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        (FRONT, "", 1, "front matter between"),
        ("edition: een proef\n---\n", "", 1, "no closing"),
        ("title: Titel", "title: [", 4, "expected"),
        ("title: Titel", "title: ''", 2, "lacks 'title:'"),
        ("title: Titel\n", "", 7, "lacks 'title:'"),
        ("title: Titel", "title: a\ntitle: b", 3, "stands here twice"),
        ("2026-11-24", "gisteren", 6, "must be a date"),
        ("2026-11-24", "2026-11-24T10:00:00", 6, "must be a date"),
        ("2026-11-24", "2026-13-45", 2, "not valid YAML"),
        ("edition:", "updated: nooit\nedition:", 7, "'updated:' must be a date"),
        ("edition:", "changes: veel\nedition:", 7, "'changes' must hold a list"),
        ("edition:", "editie: x\nedition:", 7, "'editie' is not one of"),
        ("https://example.nl/pagina", "javascript:alert(1)", 4, "begins with https"),
        (FRONT, "---\n- a\n---\n", 2, "list of 'name:' blocks"),
    ],
)
def test_malformed_front_matter_is_refused(old: str, new: str, line: int, message: str) -> None:
    try:
        _, problems = inspect_page(FRONT.replace(old, new) + BODY, FILE)
    except KnowledgeError as error:
        problems = (error,)
    found = [(p.line, str(p)) for p in problems]
    assert any(at == line and message in text for at, text in found), found


def test_every_problem_is_found_in_one_reading() -> None:
    body = BODY + "\n> citaat\n\n#### Leeg\n\n### Leeg?\n"
    _, problems = inspect_page(FRONT.replace("title: Titel\n", "") + body, FILE)
    assert [problem.line for problem in problems] == [7, 58, 60, 62]


@pytest.mark.parametrize("data", [b"---\n\xff\xfe", b"\xff"])
def test_file_that_is_no_text_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "pagina.md"
    path.write_bytes(data)
    with pytest.raises(KnowledgeError, match="not UTF-8"):
        parse_page(path)


def test_folder_or_missing_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "weg.md"):
        with pytest.raises(KnowledgeError, match="cannot be read"):
            parse_page(path)


MARKS = (
    "# |## |### V?|#### S|- |1. |\n|\n\n|   |\t|Zie ook: |[a](#b)|{#x}|`|```|> |---|<b>|&amp;|Zin. "
)
TEXTS = st.lists(st.one_of(st.sampled_from(MARKS.split("|")), st.text(max_size=5))).map("".join)


@given(TEXTS)
def test_any_body_is_read_or_refused(text: str) -> None:
    page, problems = inspect_page(FRONT + text, FILE)
    assert problems or all(entry.sections for entry in page.entries)
    assert all(problem.line for problem in problems)


@given(TEXTS)
def test_any_front_matter_is_read_or_refused(text: str) -> None:
    for source in (text, f"---\n{text}\n---\n{BODY}", FRONT.replace("Titel", text, 1) + BODY):
        try:
            inspect_page(source, FILE)
        except KnowledgeError as error:
            assert error.path == FILE
