"""Rows out of JSONL or a spreadsheet's CSV, each with the line it starts on. Knows no labels."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.errors import QuestionSetError

# A row, or what is wrong with it.
Row = Mapping[str, Any] | str
SEPARATORS = ";,\t"
_FORMULA = ("=", "+", "-", "@")


def read_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """Yield (line, row) of a ``.jsonl`` or ``.csv`` file; a CSV's first row names its columns.

    Raises QuestionSetError when the file cannot be read as text, or is of another kind.
    """
    suffix = path.suffix.lower()
    if suffix not in (".jsonl", ".csv"):
        raise QuestionSetError(f"'{path}' must end in .jsonl or .csv")
    text = _text(path, is_csv=suffix == ".csv")
    return _csv_rows(text) if suffix == ".csv" else _json_rows(text)


def guarded(cell: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula."""
    return f"'{cell}" if _is_formula(cell) else cell


def _text(path: Path, *, is_csv: bool) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise QuestionSetError(f"'{path}' cannot be read: {error.strerror}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if not is_csv or data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise QuestionSetError(f"'{path}' is not UTF-8 text; save it as UTF-8") from error
        # What a spreadsheet writes when a Dutch user asks for plain "CSV".
        text = data.decode("cp1252", errors="replace")
    if "\0" in text:
        raise QuestionSetError(f"'{path}' is not UTF-8 text (it holds NUL); save it as UTF-8")
    return text


def _json_rows(text: str) -> Iterator[tuple[int, Row]]:
    # Not str.splitlines: JSON strings may hold a line separator such as U+2028 as it is.
    for line, content in enumerate(text.split("\n"), 1):
        if not content.strip():
            continue
        try:
            row = json.loads(content)
        except (ValueError, RecursionError) as error:
            yield line, f"is not valid JSON: {getattr(error, 'msg', 'too large or too deep')}"
            continue
        yield line, row if isinstance(row, dict) else "is not a JSON object"


def _csv_rows(text: str) -> Iterator[tuple[int, Row]]:
    header = re.split(r"[\r\n]", text, maxsplit=1)[0]
    separator = max(SEPARATORS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    names: list[str] | None = None
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, f"is not valid CSV: {error}"
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if names is None:
            names = [cell.strip().lower() for cell in cells]
        elif any(cells[len(names) :]):
            yield line, f"has {len(cells)} cells under {len(names)} column names"
        else:
            padded = [*cells, *[""] * len(names)]
            yield line, dict(zip(names, map(_unguarded, padded), strict=False))


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and _is_formula(cell[1:]) else cell


def _is_formula(cell: str) -> bool:
    return cell.lstrip().startswith(_FORMULA)
