"""The one way from a channel (page or API) to the assistant: limit, recall, queue, ask, count."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, TypeVar

from starlette.concurrency import run_in_threadpool

from assistant.answer import Answer
from assistant.answer_cache import AnswerCache
from assistant.request import Request
from assistant.web.feedback_store import FeedbackStore, FeedbackStoreError, Note
from assistant.web.gate import BusyError, Queue, RateLimit, TooManyError
from assistant.web.metrics import Metrics

Channel = Literal["page", "api", "agreement"]
T = TypeVar("T")
# The encoder uses every core for one question; two at once keep it fed between two questions.
SLOTS = 2
_log = logging.getLogger(__name__)


class AnswerFailedError(Exception):
    """The assistant broke on a question; the log tells where."""


class Desk:
    """Takes questions from all channels. ``AnswerCache`` says what is kept of an answer,
    ``store``, where the helpdesk has one, of a question that got none and of feedback."""

    def __init__(
        self, metrics: Metrics, rate: int, waiting: int, store: FeedbackStore | None = None
    ) -> None:
        self._metrics = metrics
        self._limit = RateLimit(rate)
        self._queue = Queue(SLOTS, waiting)
        self._store = store

    async def ask(
        self, answers: AnswerCache, request: Request, client: str, channel: Channel
    ) -> Answer:
        """Answer one question.

        Raises TooManyError or BusyError when it is not taken, AnswerFailedError when it breaks
        the assistant.
        """
        with self._refusals(channel):
            self._limit.take(client)
            with self._metrics.seconds.labels(channel).time():
                answer = answers.recall(request.question, request.history)
                self._metrics.recalled.labels(channel, "no" if answer is None else "yes").inc()
                if answer is None:
                    async with self._queue.place():
                        answer = await run_in_threadpool(_answer, answers, request)
        self._metrics.answers.labels(channel, answer.kind).inc()
        if answer.kind == "no_answer":
            nearest = answer.alternatives[0].entry_id if answer.alternatives else ""
            await self._keep(Note(request.question, "unanswered", nearest=nearest))
        return answer

    async def check(self, work: Callable[[], T], client: str) -> T:
        """Check one agreement, in its turn among the questions; raises as ``ask`` and ``work``."""
        with self._refusals("agreement"):
            self._limit.take(client)
            with self._metrics.seconds.labels("agreement").time():
                async with self._queue.place():
                    report = await run_in_threadpool(work)
        self._metrics.answers.labels("agreement", "report").inc()
        return report

    async def judge(self, note: Note, client: str) -> bool:
        """Take one thumb; True when it was kept. Raises TooManyError."""
        self._limit.take(client)
        self._metrics.feedback.labels(note.verdict, note.reason or "none").inc()
        return await self._keep(note)

    @contextmanager
    def _refusals(self, channel: Channel) -> Iterator[None]:
        try:
            yield
        except TooManyError:
            self._metrics.refused.labels(channel, "rate").inc()
            raise
        except BusyError:
            self._metrics.refused.labels(channel, "busy").inc()
            raise

    async def _keep(self, note: Note) -> bool:
        if self._store is None:
            return False
        try:
            await run_in_threadpool(self._store.add, note)
        except FeedbackStoreError as error:
            # Nobody's answer waits for the disk; the counter tells the operator.
            self._metrics.unkept.inc()
            _log.error("%s", error)
            return False
        return True


def _answer(answers: AnswerCache, request: Request) -> Answer:
    try:
        return answers.ask(request.question, request.history)
    except Exception as error:
        # Whatever it is, its message may hold the question; who calls us may print it.
        _log.error("an answer failed", exc_info=error)
        raise AnswerFailedError from None
