"""What can be wrong with the editors' files, always with the file and the line."""

from collections.abc import Sequence
from pathlib import Path


class KnowledgeError(Exception):
    """A file under ``knowledge/`` cannot be used as it stands.

    The message names the file and, where known, the line (counted from 1), says what is wrong
    there and what to do about it.
    """

    def __init__(self, message: str, path: Path, line: int | None = None) -> None:
        self.path = path
        self.line = line
        place = f"{path}:{line}" if line is not None else str(path)
        super().__init__(f"{place}: {message}")


def raise_first(problems: Sequence[KnowledgeError]) -> None:
    """Raise the first of the problems, if there is one.

    Files are read to their end with every problem noted (``inspect_…``), so that the linter can
    list them all; who only wants to use a file (``load_…``) hears of the first.
    """
    if problems:
        raise problems[0]
