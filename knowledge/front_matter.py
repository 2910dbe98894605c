"""The lines between two '---' that open a page: where it comes from and which edition it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import KnowledgeError
from knowledge.yaml_file import Text, inspect_mapping, line_of, strings

_OPTIONAL = ("updated", "changes")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a page's front matter holds; ``updated`` and ``changes`` once it has been replaced."""

    title: str
    publisher: str
    url: str
    language: str
    taken_in: date
    edition: str
    updated: date | None = None
    changes: tuple[str, ...] = ()


def split_page(source: str, path: Path) -> tuple[str, int, str]:
    """Return front matter, the number of the line that closes it, and the body below that line.

    Raises KnowledgeError when there is no front matter.
    """
    lines = source.split("\n")
    if lines[0].strip() != "---":
        raise KnowledgeError("must begin with front matter between two lines '---'", path, 1)
    for number, line in enumerate(lines[1:], 2):
        if line.strip() == "---":
            return "\n".join(lines[1 : number - 1]), number, "\n".join(lines[number:])
    raise KnowledgeError("the front matter has no closing '---'", path, 1)


def inspect_front_matter(
    text: str, close: int, path: Path
) -> tuple[FrontMatter, list[KnowledgeError]]:
    """Return what the front matter says and a problem for everything it should not say or lacks.

    ``close`` is the number of the line that closes it.
    """
    try:
        values, problems = inspect_mapping(text, path, 2)
    except KnowledgeError as error:
        return _front_matter({}), [error]
    return _front_matter(values), [*problems, *_problems(values, close, path)]


def write_front_matter(front: FrontMatter) -> str:
    """Write it as it stands at the top of a page, with both lines '---'."""
    values = {f.name: getattr(front, f.name) for f in fields(front) if getattr(front, f.name)}
    if front.changes:
        values["changes"] = list(front.changes)
    text = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=float("inf"))
    return f"---\n{text}---\n"


def _front_matter(values: Mapping[str, Any]) -> FrontMatter:
    def text(name: str) -> str:
        return str(values.get(name) or "")

    changes = values.get("changes")
    return FrontMatter(
        title=text("title"),
        publisher=text("publisher"),
        url=text("url"),
        language=text("language"),
        taken_in=_day(values.get("taken_in")) or date.min,
        edition=text("edition"),
        updated=_day(values.get("updated")),
        changes=tuple(str(change) for change in changes) if isinstance(changes, list) else (),
    )


def _problems(values: Mapping[str, Any], close: int, path: Path) -> Iterator[KnowledgeError]:
    names = [f.name for f in fields(FrontMatter)]
    lines = {name: line_of(name) or close for name in values}
    for name in values:
        if name not in names:
            known = ", ".join(names)
            yield KnowledgeError(f"'{name}' is not one of: {known}", path, lines[name])
    for name in names:
        value = values.get(name)
        if not value and name not in _OPTIONAL:
            message = f"the front matter lacks '{name}:'"
            yield KnowledgeError(message, path, lines.get(name, close))
        elif value and name in ("taken_in", "updated") and _day(value) is None:
            message = f"'{name}:' must be a date, such as 2026-11-24"
            yield KnowledgeError(message, path, lines[name])
    url = str(values.get("url") or "https://")
    if not url.startswith(("https://", "http://")):
        message = "'url:' must be an address that begins with https://"
        yield KnowledgeError(message, path, lines["url"])
    if values.get("changes"):
        try:
            strings(values["changes"], Text("changes", lines["changes"]), path)
        except KnowledgeError as error:
            yield error


def _day(value: object) -> date | None:
    # A datetime is a date too, and would be shown with its time.
    return value if isinstance(value, date) and not isinstance(value, datetime) else None
