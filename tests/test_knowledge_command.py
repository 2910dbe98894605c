"""``python -m knowledge`` as an editor uses it."""

import subprocess
import sys
from pathlib import Path

import pytest
from page_formats import TITLE, write_docx, write_html, write_text
from test_check import LINKED, write

from knowledge.__main__ import main

URL = "https://example.nl/cookies"


def add(
    folder: Path, *files: Path, extra: tuple[str, ...] = ("--title", TITLE, "--url", URL)
) -> int:
    return main(["add", *map(str, files), *extra, "--folder", str(folder)])


def state(folder: Path) -> dict[str, str]:
    return {str(p): p.read_text(encoding="utf-8") for p in folder.rglob("*") if p.is_file()}


def test_add_writes_the_page_and_says_what_it_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_docx(tmp_path / "pagina.docx")
    assert add(tmp_path / "k", tmp_path / "pagina.docx") == 0
    said = capsys.readouterr().out
    assert "3 questions, 2 groups, 2 sections, 2 bullets, 2 points, 2 references (1 links)" in said
    assert "button: Vergroot contrast" in said
    assert "written:" in said
    assert [path.name for path in (tmp_path / "k" / "pages").iterdir()] == [
        "cookies-en-toestemming.md"
    ]
    assert main(["check", "--folder", str(tmp_path / "k")]) == 0


def test_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_text(tmp_path / "pagina.txt")
    assert add(tmp_path / "k", tmp_path / "pagina.txt", extra=("--url", URL, "--dry-run")) == 0
    assert "dry run: nothing was written" in capsys.readouterr().out
    assert not (tmp_path / "k").exists()


def test_adding_a_page_again_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_html(tmp_path / "pagina.html")
    assert add(tmp_path / "k", tmp_path / "pagina.html") == 0
    before = state(tmp_path)
    assert add(tmp_path / "k", tmp_path / "pagina.html") == 0
    assert "nothing to write" in capsys.readouterr().out
    assert state(tmp_path) == before


def test_nothing_is_written_when_one_of_the_files_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "goed.md", tmp_path / "leeg.md"
    front = LINKED.partition("---\n\n")[0] + "---\n"
    good.write_text(LINKED, encoding="utf-8")
    bad.write_text(front.replace("Titel", "Leeg").replace("pagina", "leeg"), encoding="utf-8")
    write(tmp_path / "k", LINKED)
    before = state(tmp_path)
    assert add(tmp_path / "k", good, bad, extra=()) == 2
    assert "leeg.md: has no questions" in capsys.readouterr().err
    assert state(tmp_path) == before


def test_several_files_are_several_pages(tmp_path: Path) -> None:
    for name in ("een", "twee"):
        text = (
            LINKED.replace("Titel", name)
            .replace("/pagina", f"/{name}")
            .replace("Mag d", f"{name} d")
        )
        text = text.replace("mag-dat", f"{name}-dat")
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    assert add(tmp_path / "k", tmp_path / "een.md", tmp_path / "twee.md", extra=()) == 0
    assert sorted(p.name for p in (tmp_path / "k" / "pages").iterdir()) == ["een.md", "twee.md"]


def test_title_for_several_files_and_files_for_one_page_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text(LINKED, encoding="utf-8")
    (tmp_path / "b.md").write_text(LINKED, encoding="utf-8")
    both = (tmp_path / "a.md", tmp_path / "b.md")
    assert add(tmp_path / "k", *both) == 2
    assert add(tmp_path / "k", *both, extra=()) == 2
    assert "makes the same page as another FILE" in capsys.readouterr().err
    assert not (tmp_path / "k").exists()


def test_bank_questions_that_lost_their_section_are_findings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path / "k", LINKED)
    (tmp_path / "n.md").write_text(
        LINKED.replace("### Mag dit?", "### Moet dit?"), encoding="utf-8"
    )
    assert add(folder, tmp_path / "n.md", extra=()) == 1
    said = capsys.readouterr().out
    assert "pagina.yaml:1: 'mag-dit' is not one of" in said
    assert said.endswith("1 finding\n")


def test_check_lists_all_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, LINKED, "weg:\n- a\nook-weg:\n- b\n")
    assert main(["check", "--folder", str(tmp_path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition("pagina.yaml:")[2][:1] for line in lines[:2]] == ["1", "3"]
    assert lines[2] == "2 findings"


def test_check_of_a_folder_without_pages_is_refused(tmp_path: Path) -> None:
    assert main(["check", "--folder", str(tmp_path)]) == 2


def test_diff_says_what_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "oud.md", tmp_path / "nieuw.md"
    old.write_text(LINKED, encoding="utf-8")
    new.write_text(LINKED.replace("Nee.", "Ja."), encoding="utf-8")
    assert main(["diff", str(old), str(new)]) == 1
    assert capsys.readouterr().out == "changed: Mag dat?\n  - Nee.\n  + Ja.\n"
    assert main(["diff", str(old), str(old)]) == 0
    assert capsys.readouterr().out == "nothing changed\n"
    assert main(["diff", str(old), str(tmp_path / "weg.md")]) == 2


def test_command_runs_and_refuses_what_it_does_not_know() -> None:
    command = [sys.executable, "-m", "knowledge"]
    assert subprocess.run([*command, "check"], check=False, capture_output=True).returncode == 0
    assert subprocess.run([*command, "weg"], check=False, capture_output=True).returncode == 2
    assert subprocess.run(command, check=False, capture_output=True).returncode == 2
