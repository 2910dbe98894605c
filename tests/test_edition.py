"""A newer edition of a page: ids stay, changes are told, a file is written whole or not at all."""

import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.model import Page
from knowledge.parse import parse_page
from knowledge.takein.edition import Edition, is_written, take_in, write_editions
from knowledge.takein.summary import gone, summarise

OLD = """---
title: Titel
publisher: Iemand
url: https://www.example.nl/pagina
language: nl
taken_in: 2026-11-24
edition: een oude versie
---

# Titel

## Groep

### Mag dit? {#dit}

Let op deze plichten:

- U moet de gegevens van uw klanten goed beveiligen. {#beveiliging}
- U moet een datalek op tijd melden aan de klant. {#melden}

#### Hoe lang? {#duur}

Lang.

### Mag dat?

Nee.
"""
BODY = OLD.partition("\n---\n")[2]
URL = "https://example.nl/pagina/"
DAY = date(2027, 1, 2)


def edition(folder: Path, body: str, **asked: str) -> Edition:
    """Take in a newer edition of OLD, written as Markdown without ids."""
    page = folder / "titel.md"
    page.write_text(OLD, encoding="utf-8")
    source = folder / "bron" / "nieuw.md"
    source.parent.mkdir(exist_ok=True)
    source.write_text(body, encoding="utf-8")
    return take_in(source, {"url": URL, **asked}, {page: parse_page(page)}, folder, DAY)


def newer(*changes: tuple[str, str]) -> str:
    body = BODY
    for name in ("dit", "beveiliging", "melden", "duur"):
        body = body.replace(f" {{#{name}}}", "")
    for old, new in changes:
        assert old in body
        body = body.replace(old, new)
    return body


def ids(page: Page) -> list[str]:
    return [section.id for entry in page.entries for section in entry.sections]


SAME = ["dit", "dit/beveiliging", "dit/melden", "dit/duur", "mag-dat"]


def test_same_text_is_the_same_edition(tmp_path: Path) -> None:
    made = edition(tmp_path, newer(), url="https://www.example.nl/pagina")
    assert made.text == OLD
    assert is_written(made)
    assert made.changes == ()


def test_ids_stay_where_question_heading_and_items_do(tmp_path: Path) -> None:
    made = edition(
        tmp_path, newer(("Nee.", "Ja."), ("## Groep", "## Vragen"), ("op tijd", "binnen 72 uur"))
    )
    assert ids(made.page) == SAME
    assert tuple(gone(made)) == ()


def test_new_item_of_a_named_list_gets_a_name(tmp_path: Path) -> None:
    added = "- U mag niets verkopen aan derden.\n- U moet een"
    made = edition(tmp_path, newer(("- U moet een", added)))
    assert ids(made.page)[1:4] == ["dit/beveiliging", "dit/u-mag-niets-verkopen-aan", "dit/melden"]


def test_new_question_never_takes_an_id_that_stays(tmp_path: Path) -> None:
    added = "### Dit?\n\nNieuw.\n\n### Mag dit?"
    assert ids(edition(tmp_path, newer(("### Mag dit?", added))).page) == ["dit-2", *SAME]


def test_ids_that_are_gone_are_told(tmp_path: Path) -> None:
    made = edition(tmp_path, newer(("### Mag dat?", "### Moet dat?")))
    assert tuple(gone(made)) == ("mag-dat",)
    assert "mag-dat" in "\n".join(summarise(made))


def test_heading_and_question_that_stand_twice_get_ids_of_their_own(tmp_path: Path) -> None:
    twice = "#### Hoe lang?\n\nLang.\n\n#### Hoe lang?\n\nKort.\n\n### Mag dit?\n\nWeer.\n"
    made = edition(tmp_path, newer(("#### Hoe lang?\n\nLang.\n", twice)))
    assert ids(made.page)[3:6] == ["dit/duur", "dit/hoe-lang", "mag-dit"]


def test_id_of_another_page_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "titel.md"
    other.write_text(OLD, encoding="utf-8")
    source = tmp_path / "nieuw.md"
    source.write_text("# Ander\n\n## Groep\n\n### Mag dat?\n\nJa.\n\nZie ook: mag dit?\n", "utf-8")
    asked = {"url": "https://example.nl/ander"}
    made = take_in(source, asked, {other: parse_page(other)}, tmp_path, DAY)
    assert made.path == tmp_path / "ander.md"
    assert ids(made.page) == ["mag-dat-2"]
    assert made.page.entries[0].see_also[0].target == "dit"


def test_update_is_dated_and_its_changes_are_listed(tmp_path: Path) -> None:
    made = edition(tmp_path, newer(("Nee.", "Ja."), ("### Mag dit?", "### Moet dit?")))
    page = made.page
    assert (page.taken_in, page.updated) == (date(2026, 11, 24), DAY)
    assert page.changes == ("Nieuw: Moet dit?", "Gewijzigd: Mag dat?", "Vervallen: Mag dit?")
    assert (page.publisher, page.edition) == ("Iemand", "de pagina zoals die was op 02-01-2027")


def test_page_is_replaced_by_address_though_its_title_changed(tmp_path: Path) -> None:
    made = edition(tmp_path, newer(("# Titel\n", "# Nieuwe titel\n")))
    assert made.path == tmp_path / "titel.md"
    assert made.page.title == "Nieuwe titel"


def test_page_that_moved_is_replaced_by_its_title(tmp_path: Path) -> None:
    made = edition(tmp_path, newer(), url="https://example.nl/elders")
    assert made.path == tmp_path / "titel.md"
    assert "its address was https://www.example.nl/pagina" in "\n".join(summarise(made))


def test_page_of_another_site_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"would replace titel\.md"):
        edition(tmp_path, newer(), url="https://ander.nl/pagina")


def test_written_page_reads_as_it_was_taken_in(tmp_path: Path) -> None:
    made = edition(tmp_path, newer(("Nee.", "Ja.")))
    write_editions([made])
    assert parse_page(made.path) == made.page
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bron", "titel.md"]


def test_page_that_cannot_be_written_is_left_as_it_was(tmp_path: Path) -> None:
    made = edition(tmp_path, newer(("Nee.", "Ja.")))
    made.path.unlink()
    made.path.mkdir()
    with pytest.raises(KnowledgeError, match="cannot be"):
        write_editions([made])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bron", "titel.md"]


KILLED = """
import sys
from pathlib import Path
from knowledge.text_file import write_text
for number in range(100000):
    write_text(Path(sys.argv[1]), str(number % 10) * 3_000_000)
"""


def test_killed_writer_leaves_a_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "pagina.md"
    for _ in range(3):
        writer = subprocess.Popen([sys.executable, "-c", KILLED, str(path)])
        while not path.exists() and writer.poll() is None:
            time.sleep(0.01)
        time.sleep(0.05)
        writer.kill()
        writer.wait()
        text = path.read_text(encoding="utf-8")
        assert text == text[0] * 3_000_000
