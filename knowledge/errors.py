"""What can be wrong with the editors' files, always with the file and the line."""

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
