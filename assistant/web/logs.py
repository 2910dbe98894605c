"""What the server writes to its log: where something went wrong, never what somebody typed.

An error's message can hold the question that caused it, so only its type and its place are told.
"""

import logging
import traceback
from types import TracebackType
from typing import Any

_Info = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
_OWN = ("uvicorn", "assistant", "index", "knowledge")


class PlaceOnly(logging.Formatter):
    """Formats an exception as its type and the lines of code that it passed."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; what another handler wrote of the exception is not taken over."""
        record.exc_text = None
        return super().format(record)

    def formatException(self, ei: _Info) -> str:  # noqa: N802  logging's own name
        """Return the traceback without the exception's message."""
        kind, error, trace = ei
        if kind is None or error is None:
            return ""
        lines = [f"  {f.filename}:{f.lineno} in {f.name}" for f in traceback.extract_tb(trace)]
        cause = error.__cause__ or error.__context__
        because = f", from {type(cause).__name__}" if cause else ""
        return "\n".join((f"{kind.__name__}{because} at", *lines))


def log_config(level: str) -> dict[str, Any]:
    """A configuration for ``logging``: our own lines from ``level`` on, others' warnings."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "plain": {"()": PlaceOnly, "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {name: {"level": level.upper()} for name in _OWN},
    }
