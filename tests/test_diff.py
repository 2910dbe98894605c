"""What changed between two editions of a page."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from knowledge.diff import Change, Line, compare
from knowledge.library import load_library
from knowledge.model import Page
from knowledge.parse import inspect_page

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

Inleiding.

## Groep

### Mag dit? {#dit}

Ja. Dat mag.

#### Wanneer?

Altijd. Ook op zondag.

### Mag dat?

Nee.
"""


def read(body: str) -> Page:
    page, problems = inspect_page(FRONT + body, Path("pagina.md"))
    assert problems == ()
    return page


OLD = read(BODY)


def change(old: str, new: str) -> tuple[Change, ...]:
    return compare(OLD, read(BODY.replace(old, new)))


def test_same_edition_has_no_changes() -> None:
    for page in (OLD, *load_library().pages):
        assert compare(page, page) == ()


def test_sentence_that_changed_is_found_under_its_heading() -> None:
    (found,) = change("Ook op zondag.", "Niet op zondag.")
    assert found == Change(
        "changed",
        "Mag dit?",
        (Line("Wanneer?", "Ook op zondag."),),
        (Line("Wanneer?", "Niet op zondag."),),
    )
    assert found.in_dutch == "Gewijzigd: Mag dit?"


def test_new_question_and_question_that_is_gone() -> None:
    new, gone = change("### Mag dat?", "### Moet dat?")
    assert (new.kind, new.question, new.removed) == ("new", "Moet dat?", ())
    assert (gone.kind, gone.question, gone.added) == ("gone", "Mag dat?", ())
    assert [new.in_dutch, gone.in_dutch] == ["Nieuw: Moet dat?", "Vervallen: Mag dat?"]


def test_question_with_the_same_id_is_reworded() -> None:
    (found,) = change("### Mag dit? {#dit}", "### Mag dit ook? {#dit}")
    assert (found.removed, found.added) == ((Line("", "Mag dit?"),), (Line("", "Mag dit ook?"),))


def test_question_with_another_id_is_the_same() -> None:
    assert change("{#dit}", "{#anders}") == ()


def test_heading_introduction_group_and_reference_are_compared() -> None:
    assert change("#### Wanneer?", "#### Hoe vaak?")[0].question == "Mag dit?"
    assert change("Inleiding.", "Een inleiding.")[0].question == "Titel"
    assert change("## Groep", "## Vragen")[0].added == (Line("", "Vragen"),)
    assert change("Nee.\n", "Nee.\n\nZie ook: x\n")[0].added == (Line("", "Zie ook: x"),)


SENTENCES = st.lists(st.sampled_from(["Een.", "Twee.", "Drie.", "Vier."]), min_size=1, max_size=8)


@given(SENTENCES, SENTENCES)
def test_changes_lead_from_the_old_edition_to_the_new(old: list[str], new: list[str]) -> None:
    before = read(BODY.replace("Nee.", " ".join(old)))
    after = read(BODY.replace("Nee.", " ".join(new)))
    changes = compare(before, after)
    removed = [line.text for change in changes for line in change.removed]
    added = [line.text for change in changes for line in change.added]
    assert sorted(old + added) == sorted(new + removed)
    assert bool(changes) == (old != new)
