"""Keeps the server answering: a rate a client, and a bounded queue before the model.

Clients are known by their address, in memory only, for at most a minute after their last question.
"""

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

MAX_CLIENTS = 10_000
_MINUTE = 60.0


class RefusedError(Exception):
    """The question was not taken; try again after ``retry_after`` seconds (1 or more)."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"refused, retry after {retry_after} s")
        self.retry_after = retry_after


class BusyError(RefusedError):
    """As many questions as allowed are waiting already."""


class TooManyError(RefusedError):
    """This client asked more than its rate allows."""


class RateLimit:
    """A bucket of ``per_minute`` questions a client, filled evenly; 0 lets everything through."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> None:
        """Count one question; raises TooManyError when the client's bucket is empty."""
        if not self._per_minute:
            return
        now = self._clock()
        self._forget(now)
        left, then = self._buckets.pop(client, (float(self._per_minute), now))
        speed = self._per_minute / _MINUTE
        left = min(self._per_minute, left + (now - then) * speed)
        self._buckets[client] = (left - 1 if left >= 1 else left, now)
        if left < 1:
            raise TooManyError(math.ceil((1 - left) / speed))

    def _forget(self, now: float) -> None:
        # A bucket untouched for a minute is full again, so forgetting it changes nothing.
        while self._buckets:
            client, (_, then) = next(iter(self._buckets.items()))
            if now - then < _MINUTE and len(self._buckets) < MAX_CLIENTS:
                return
            del self._buckets[client]


class Queue:
    """At most ``slots`` questions at once and ``waiting`` behind them."""

    def __init__(self, slots: int, waiting: int) -> None:
        self._free = asyncio.Semaphore(slots)
        self._room = slots + waiting
        self._inside = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Wait for a slot; raises BusyError at once when the queue is full."""
        if self._inside >= self._room:
            raise BusyError(retry_after=2)
        self._inside += 1
        try:
            async with self._free:
                yield
        finally:
            self._inside -= 1
