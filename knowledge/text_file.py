"""The editors' files on disk: read as UTF-8, replaced whole or not at all."""

import os
import tempfile
from pathlib import Path

from knowledge.errors import KnowledgeError


def read_text(path: Path) -> str:
    """Return the file's text; KnowledgeError when it is no file or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise KnowledgeError("is not UTF-8; save it as UTF-8", path) from error
    except OSError as error:
        raise KnowledgeError(f"cannot be read ({error.strerror})", path) from error


def write_text(path: Path, text: str) -> None:
    """Write the file in one step: who reads or is killed meanwhile finds the old or the new text.

    Raises KnowledgeError when the folder cannot be written to; the file is then as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            # A temporary file is its owner's alone; a page is there to be read.
            Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise KnowledgeError(f"cannot be written ({error.strerror})", path) from error
