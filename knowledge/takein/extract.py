"""A file of any format that is known → its blocks."""

import re
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.takein.block import Extract

FORMATS = (".html", ".htm", ".txt", ".docx", ".pdf", ".md")
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
# A character that no reader sees and that Markdown would change.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b\u2060\ufeff]")


def extract(path: Path) -> Extract:
    """Read a file by its ending; KnowledgeError for one that cannot be read."""
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        message = f"is none of {', '.join(FORMATS)}; save it as one of those"
        raise KnowledgeError(message, path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise KnowledgeError(f"cannot be read ({error.strerror})", path) from error
    # The libraries are heavy, and a page needs one of them.
    if suffix == ".docx":
        from knowledge.takein.word import extract_word

        return extract_word(path)
    if suffix == ".pdf":
        from knowledge.takein.pdf import extract_pdf

        return extract_pdf(path)
    text = _decoded(data, path)
    if suffix == ".txt":
        from knowledge.takein.text import extract_text

        return extract_text(text)
    if suffix == ".md":
        from knowledge.takein.markdown_file import extract_markdown

        return extract_markdown(text, path)
    from knowledge.takein.web import extract_web

    try:
        return extract_web(text)
    except RecursionError as error:
        raise KnowledgeError("is nested too deep; save it as text", path) from error


def _decoded(data: bytes, path: Path) -> str:
    """The text of a file: UTF-8, what its first bytes or its <meta> say, or else Windows' own."""
    said = _CHARSET.search(data[:4096])
    encodings = ["utf-8-sig", *([said[1].decode("ascii")] if said else []), "cp1252"]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    raise KnowledgeError("is no text that can be read; save it as UTF-8", path)
