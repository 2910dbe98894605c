"""What the papers point at is there: files, pictures, and the tests they name."""

import re
from pathlib import Path

import pytest
from conftest import ROOT

PAPERS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.name))
def test_every_link_to_a_file_leads_somewhere(paper: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", paper.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (paper.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.name))
def test_every_test_that_is_named_exists(paper: Path) -> None:
    text = paper.read_text(encoding="utf-8")
    sources = {path.name: path.read_text() for path in (ROOT / "tests").glob("*.py")}
    for file, name in re.findall(r"\b(test_\w+\.py)(?:::(test_\w+))?", text):
        assert f"def {name}" in sources[file]
    functions = set(re.findall(r"`(test_\w+)`", text))
    everything = "".join(sources.values())
    assert {name for name in functions if f"def {name}(" not in everything} == set()
