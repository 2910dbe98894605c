"""All pages of a folder together."""

from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.library import Library, load_library
from knowledge.parse import inspect_page

PAGE = """---
title: {title}
publisher: AP
url: https://example.nl/{title}
language: nl
taken_in: 2026-11-24
edition: een proef
---

# {title}

## Groep

### Wat is {title}?

Tekst over {title}.

Zie ook: [elders](#{target})
"""


def write(folder: Path, title: str, target: str) -> Path:
    path = folder / f"{title}.md"
    path.write_text(PAGE.format(title=title, target=target), encoding="utf-8")
    return path


def test_pages_entries_and_places_are_found_by_id(tmp_path: Path) -> None:
    write(tmp_path, "b", "wat-is-a")
    write(tmp_path, "a", "wat-is-b")
    library = load_library(tmp_path)
    assert [page.id for page in library.pages] == ["a", "b"]
    assert library.page("b").entries[0] == library.entry("wat-is-b")
    assert [entry.id for entry in library.entries()] == ["wat-is-a", "wat-is-b"]
    assert [passage.text for _, _, passage in library.places()] == [
        "Tekst over a.",
        "Tekst over b.",
    ]
    for missing in (library.page, library.entry):
        with pytest.raises(KeyError):
            missing("weg")


def test_folder_without_pages_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="holds no page"):
        load_library(tmp_path)


def test_dead_cross_reference_is_refused_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "a", "weg")
    with pytest.raises(KnowledgeError, match="points to '#weg'") as caught:
        load_library(tmp_path)
    assert (caught.value.path, caught.value.line) == (path, 18)


def test_one_entry_id_on_two_pages_is_refused(tmp_path: Path) -> None:
    first = write(tmp_path, "a", "wat-is-a")
    second = tmp_path / "b.md"
    second.write_text(first.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"'wat-is-a' is also used in a\.md") as caught:
        load_library(tmp_path)
    assert (caught.value.path, caught.value.line) == (second, 14)


def test_version_follows_words_and_front_matter_and_nothing_else(tmp_path: Path) -> None:
    text = PAGE.format(title="a", target="wat-is-a")

    def version(source: str) -> str:
        page, _ = inspect_page(source, Path("a.md"))
        return Library((page,)).version

    assert version(text) == version(text.replace("# a\n", "# a\n\n\n"))
    assert version(text) == version(text.replace("Tekst over", "Tekst *over*"))
    assert version(text) != version(text.replace("Tekst over", "Tekst van"))
    assert version(text) != version(text.replace("2026-11-24", "2026-11-25"))


def test_every_cross_reference_of_the_guidance_leads_to_its_question() -> None:
    library = load_library()
    for entry in library.entries():
        for reference in entry.see_also:
            if reference.target:
                question = library.entry(reference.target).question
                assert reference.text.removeprefix("Zie ook: ").casefold() == question.casefold()
