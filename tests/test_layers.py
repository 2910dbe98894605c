"""Imports run one way, and each third-party engine stands behind the files that own it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("knowledge", "index", "assistant", "eval", "benchmarks")
ALLOWED = {
    "knowledge": {"knowledge"},
    "index": {"index", "knowledge"},
    "assistant": {"assistant", "index", "knowledge"},
    "eval": {"eval", "assistant", "index", "knowledge"},
    "benchmarks": {"benchmarks", "eval", "assistant", "index", "knowledge"},
}
OWNERS = {
    "faiss": ("index/store", "benchmarks/"),
    "pymilvus": ("index/stores/milvus_store.py",),
    "sentence_transformers": ("index/encoder.py", "index/packaged_model.py", "benchmarks/"),
    "gradio": ("assistant/web/",),
    "fastapi": ("assistant/web/",),
    "markdown_it": ("knowledge/", "assistant/web/markdown.py", "eval/report.py"),
    "torch": ("index/packaged_model.py", "index/training/", "benchmarks/"),
    "docx": ("knowledge/", "assistant/documents/"),
    "pypdf": ("knowledge/", "assistant/documents/"),
}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def sources(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_stands_below_it(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sources(room)
        for module in imported(path)
        if module.split(".")[0] in {*ROOMS, "app", "tests"} - ALLOWED[room]
    ]
    assert wrong == []


@pytest.mark.parametrize("engine", OWNERS)
def test_an_engine_is_imported_by_its_owners_only(engine: str) -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in sources(room)
        if engine in {module.split(".")[0] for module in imported(path)}
    }
    assert {user for user in users if not user.startswith(OWNERS[engine])} == set()


def test_no_module_is_longer_than_200_lines() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): count
        for room in ROOMS
        for path in sources(room)
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 200
    }
    assert long == {}
