"""One agreement out of a form's body. Bytes stay in memory: starlette would put them on disk."""

from collections.abc import Callable
from functools import partial

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from assistant.documents.bounds import MAX_BYTES
from assistant.documents.reading import read_document, read_text
from assistant.web import texts

# The lines between a form's parts have room too.
MAX_FORM_BYTES = MAX_BYTES + 65_536
# The form as OpenAPI describes it.
FORM = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "properties": {
                    "file": {
                        "type": "string",
                        "format": "binary",
                        "description": "Een .docx, .pdf, .txt of .md; gaat voor 'text'.",
                    },
                    "text": {"type": "string", "description": "De tekst van de overeenkomst."},
                },
            }
        }
    },
}


class _InMemory(MultiPartParser):
    spool_max_size = MAX_FORM_BYTES


async def take_upload(request: Request) -> Callable[[], tuple[str, ...]]:
    """Return what reads the agreement's paragraphs, to be called in a thread.

    Raises HTTPException 400 when the body is no form. What is returned raises DocumentError.
    """
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise HTTPException(400, texts.NO_FORM)
    try:
        form = await _InMemory(
            request.headers,
            request.stream(),
            max_files=1,
            max_fields=2,
            max_part_size=MAX_FORM_BYTES,
        ).parse()
    except MultiPartException as error:
        raise HTTPException(400, texts.NO_FORM) from error
    file, text = form.get("file"), form.get("text")
    # A form without a chosen file sends one without a name.
    if isinstance(file, UploadFile) and file.filename:
        return partial(read_document, file.filename, await file.read())
    return partial(read_text, text if isinstance(text, str) else "")
