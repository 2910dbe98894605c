"""``python -m assistant.documents docx|pdf``: a file on standard input → one JSON object.

Writes ``{"paragraphs": [...]}`` or ``{"wrong": reason}``. ``reading`` runs it as a process of its
own, so that a file that is made to fill the memory or never to end stops it, and not the server.
"""

import contextlib
import json
import sys
from collections.abc import Iterator
from zipfile import BadZipFile
from zlib import error as ZlibError  # noqa: N812

from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from pypdf.errors import PyPdfError

from assistant.documents.bounds import MAX_MEMORY
from assistant.documents.pdf import pdf_paragraphs
from assistant.documents.word import word_paragraphs
from assistant.errors import DocumentError

# The engines report a damaged file by many of Python's own errors too.
_DAMAGED = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    LookupError,
    MemoryError,
    NotImplementedError,
    OpcError,
    OSError,
    PyPdfError,
    PythonDocxError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    ZlibError,
)
_READERS = {"docx": word_paragraphs, "pdf": pdf_paragraphs}


def main() -> int:
    """Answer one file."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        # Windows has no such bound.
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    print(json.dumps(_reply(_READERS[sys.argv[1]](sys.stdin.buffer.read()))))
    return 0


def _reply(paragraphs: Iterator[str]) -> dict[str, object]:
    try:
        return {"paragraphs": list(paragraphs)}
    except DocumentError as error:
        return {"wrong": error.reason}
    except _DAMAGED:
        return {"wrong": "damaged"}


if __name__ == "__main__":
    sys.exit(main())
