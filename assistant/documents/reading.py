"""The door of this part: a file's name and bytes, or a pasted text → paragraphs.

A Word document or PDF is read in a process of its own, over pipes: nothing is written to disk.
"""

import json
import subprocess
import sys
from pathlib import Path, PurePath

from assistant.documents.bounds import MAX_BYTES, MAX_CHARACTERS, MAX_SECONDS
from assistant.documents.paragraphs import paragraphs_of
from assistant.errors import DocumentError

_ROOT = Path(__file__).parent.parent.parent
_TEXT = (".txt", ".md")
_PARSED = {".docx": "docx", ".pdf": "pdf"}
# What Word makes of a .docx with a password, and of a .doc: another kind of file altogether.
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
# Fewer letters than this are no agreement: a scan with a few words of its scanner has no text.
_LEAST_LETTERS = 20


def read_document(name: str, data: bytes) -> tuple[str, ...]:
    """Return the paragraphs of a .docx, .pdf, .txt or .md; DocumentError for anything else."""
    if len(data) > MAX_BYTES:
        raise DocumentError("large")
    suffix = PurePath(name.replace("\\", "/")).suffix.lower()
    if suffix in _TEXT:
        return read_text(_decoded(data))
    if suffix not in _PARSED:
        raise DocumentError("kind")
    if data.startswith(_OLD_OFFICE):
        raise DocumentError("locked" if suffix == ".docx" else "damaged")
    paragraphs = _parsed(data, _PARSED[suffix])
    _check(paragraphs, too_little="scan" if suffix == ".pdf" else "empty")
    return paragraphs


def read_text(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a pasted text; DocumentError when there is none or too much."""
    if len(text) > MAX_CHARACTERS:
        raise DocumentError("long")
    paragraphs = paragraphs_of(text)
    _check(paragraphs, too_little="empty")
    return paragraphs


def _check(paragraphs: tuple[str, ...], too_little: str) -> None:
    if sum(map(len, paragraphs)) > MAX_CHARACTERS:
        raise DocumentError("long")
    if sum(char.isalpha() for text in paragraphs for char in text) < _LEAST_LETTERS:
        raise DocumentError(too_little)


def _decoded(data: bytes) -> str:
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise DocumentError("damaged")


def _parsed(data: bytes, kind: str) -> tuple[str, ...]:
    command = [sys.executable, "-m", "assistant.documents", kind]
    try:
        done = subprocess.run(  # noqa: S603  nothing of the command comes from outside
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            timeout=MAX_SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentError("slow") from error
    except subprocess.CalledProcessError as error:
        raise DocumentError("damaged") from error
    reply = json.loads(done.stdout)
    if "wrong" in reply:
        raise DocumentError(reply["wrong"])
    return tuple(reply["paragraphs"])
