"""Serve the assistant: ``python app.py``; ``--help`` lists what can be set."""

import argparse
import os
import sys
from collections.abc import Sequence

# Read by Gradio when it is imported: no visit is reported, no version is looked up.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import uvicorn
from fastapi import FastAPI

from assistant.web.entrance import Entrance
from assistant.web.logs import log_config
from assistant.web.settings import Settings, SettingsError, load_settings

FAILED = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until stopped; 2 when a setting, the knowledge or the model cannot be used."""
    options = _parser().parse_args(argv)
    try:
        settings = load_settings(**vars(options))
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return FAILED

    def stop() -> None:
        server.should_exit = True

    entrance = Entrance(settings, lambda: _build(settings), stop)
    server = uvicorn.Server(
        uvicorn.Config(
            entrance,
            host=settings.host,
            port=settings.port,
            forwarded_allow_ips=list(settings.trusted_proxies),
            # A line a visit would keep addresses of visitors.
            access_log=False,
            log_config=log_config(settings.log_level),
            server_header=False,
        )
    )
    server.run()
    if entrance.failure is None:
        return 0
    if not isinstance(entrance.failure, _expected_errors()):
        raise entrance.failure
    sys.stderr.write(f"{entrance.failure}\n")
    return FAILED


def _build(settings: Settings) -> FastAPI:
    # Some ten seconds of imports: the server listens meanwhile.
    from assistant.start import without_collection

    with without_collection():
        from assistant.web.live import Live
        from assistant.web.server import build_app
        from index.opening import load_opening

        return build_app(settings, Live(settings, load_opening(settings.model, settings.store)))


def _expected_errors() -> tuple[type[Exception], ...]:
    from assistant.web.feedback_store import FeedbackStoreError
    from index.errors import IndexRoomError
    from knowledge.errors import KnowledgeError

    return (FeedbackStoreError, IndexRoomError, KnowledgeError)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python app.py", description="Serve page, widget and API."
    )
    parser.add_argument("--host", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (7860; 0 picks a free one)")
    parser.add_argument("--model", help="a SentenceTransformer's name or folder")
    parser.add_argument("--store", help="'faiss', or 'milvus:' and its address")
    return parser


if __name__ == "__main__":
    sys.exit(main())
