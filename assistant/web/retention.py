"""Deletes what is past its days every hour, also when nobody asks or looks."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.concurrency import run_in_threadpool

from assistant.web.feedback_store import FeedbackStore, FeedbackStoreError

EVERY = 3_600.0
_log = logging.getLogger(__name__)


@asynccontextmanager
async def enforced(store: FeedbackStore | None, every: float = EVERY) -> AsyncIterator[None]:
    """Prune ``store``, where there is one, every so many seconds while the block runs."""
    task = asyncio.create_task(_repeat(store, every)) if store else None
    yield
    if task:
        task.cancel()


async def _repeat(store: FeedbackStore, every: float) -> None:
    while True:
        await asyncio.sleep(every)
        try:
            await run_in_threadpool(store.prune)
        except FeedbackStoreError as error:
            _log.error("%s", error)
