"""The linter lists everything at once, by file and line."""

import shutil
from pathlib import Path

import pytest

from knowledge.check import check_folder
from knowledge.errors import KnowledgeError
from knowledge.library import PAGES

PAGE = """---
title: Titel
publisher: AP
url: https://example.nl/pagina
language: nl
taken_in: 2026-11-24
edition: een proef
---

# Titel

## Groep

### Mag dit?

Ja, een verwerker mag dit.

Zie ook: mag dat?

### Mag dat? {#mag-dat}

Nee.
"""
QUESTIONS = "mag-dit:\n- Kan dit?\nmag-dat:\n- Kan dat?\n"
LEXICON = "synoniemen:\n  verwerker: [processor]\nvoorbeelden: {}\n"


def write(
    folder: Path, page: str = PAGE, questions: str = QUESTIONS, lexicon: str = LEXICON
) -> Path:
    for name, text in (
        ("pages/pagina.md", page),
        ("questions/pagina.yaml", questions),
        ("lexicon.yaml", lexicon),
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def found(folder: Path) -> list[tuple[str, int | None]]:
    return [(finding.path.name, finding.line) for finding in check_folder(folder)]


def test_nothing_is_wrong_with_the_guidance() -> None:
    assert check_folder(PAGES.parent) == ()


def test_reference_that_could_be_a_link_is_found(tmp_path: Path) -> None:
    (finding,) = check_folder(write(tmp_path))
    assert finding.line == 18
    assert "make it a link to '#mag-dat'" in str(finding)


LINKED = PAGE.replace("mag dat?\n", "[mag dat?](#mag-dat)\n")


def test_all_findings_are_listed_in_one_go(tmp_path: Path) -> None:
    page = LINKED.replace("Nee.\n", "Nee.\n\n#### Leeg\n\n### Mag dit? {#weer}\n\n> Nee.\n")
    questions = QUESTIONS + "weg:\n- a\nmag-dit/weg: b\n"
    lexicon = "synoniemen:\n  verwerker: [processor]\n  bewerker: [Processor]\nvoorbeelden: []\n"
    write(tmp_path, page.replace("(#mag-dat)", "(#weg)"), questions, lexicon)
    (tmp_path / "questions" / "onbekend.yaml").write_text("a: [b]\n", encoding="utf-8")
    assert found(tmp_path) == [
        ("lexicon.yaml", 1),
        ("lexicon.yaml", 3),
        ("pagina.md", 18),
        ("pagina.md", 24),
        ("pagina.md", 26),
        ("pagina.md", 28),
        ("onbekend.yaml", None),
        ("pagina.yaml", 5),
        ("pagina.yaml", 7),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("Nee.\n", "Nee.\n\nNee.\n", 24, "stands at pagina.md:22 already: 'Nee.'"),
        ("(#mag-dat)", "(#weg)", 18, "points to '#weg'"),
        ("{#mag-dat}", "{#mag-dit}", 20, "used twice"),
        ("Nee.\n", "Nee.\n\n#### Leeg\n", 24, "this section is empty"),
    ],
)
def test_finding_in_a_page(old: str, new: str, line: int, message: str, tmp_path: Path) -> None:
    findings = check_folder(write(tmp_path, LINKED.replace(old, new)))
    assert any(f.line == line and message in str(f) for f in findings), findings


def test_question_that_stands_twice_in_the_bank_is_found(tmp_path: Path) -> None:
    write(tmp_path, LINKED, QUESTIONS + "- kan dit?\n")
    (finding,) = check_folder(tmp_path)
    assert finding.line == 5
    assert "stands at pagina.yaml:2 already: 'kan dit?'" in str(finding)


def test_term_that_no_page_uses_and_variant_that_is_a_term_are_found(tmp_path: Path) -> None:
    lexicon = (
        "synoniemen:\n  mag dit: [verwerker]\n  boete: [dwangsom]\nvoorbeelden:\n  verwerker: [x]\n"
    )
    write(tmp_path, LINKED, lexicon=lexicon)
    assert found(tmp_path) == [("lexicon.yaml", 2), ("lexicon.yaml", 3)]


def test_pages_are_judged_together(tmp_path: Path) -> None:
    write(tmp_path, LINKED)
    shutil.copy(tmp_path / "pages" / "pagina.md", tmp_path / "pages" / "tweede.md")
    messages = [str(finding) for finding in check_folder(tmp_path)]
    assert sum("is also used in pagina.md" in message for message in messages) == 2
    assert sum("stands at pagina.md" in message for message in messages) == 2


def test_other_files_are_not_judged_by_a_page_that_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path, "geen pagina")
    assert found(tmp_path) == [("pagina.md", 1)]


def test_role_check_that_quotes_what_no_page_says_is_found(tmp_path: Path) -> None:
    write(tmp_path, LINKED)
    shutil.copy(PAGES.parent / "rolecheck.yaml", tmp_path)
    (finding,) = check_folder(tmp_path)
    assert finding.path.name == "rolecheck.yaml"
    assert "is no section of the guidance" in str(finding)


def test_folder_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="holds no page"):
        check_folder(tmp_path)


def test_questions_and_lexicon_may_be_missing(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "pagina.md").write_text(LINKED, encoding="utf-8")
    assert check_folder(tmp_path) == ()
