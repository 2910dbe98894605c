"""The one way from a channel (page or API) to the assistant: limit, recall, queue, ask, count."""

from typing import Literal

from starlette.concurrency import run_in_threadpool

from assistant.answer import Answer
from assistant.answer_cache import AnswerCache
from assistant.request import Request
from assistant.web.gate import BusyError, Queue, RateLimit, TooManyError
from assistant.web.metrics import Metrics

Channel = Literal["page", "api"]
# The encoder uses every core for one question; two at once keep it fed between two questions.
SLOTS = 2


class Desk:
    """Takes questions from all channels. Keeps no question; see ``AnswerCache`` for answers."""

    def __init__(self, metrics: Metrics, rate: int, waiting: int) -> None:
        self._metrics = metrics
        self._limit = RateLimit(rate)
        self._queue = Queue(SLOTS, waiting)

    async def ask(
        self, answers: AnswerCache, request: Request, client: str, channel: Channel
    ) -> Answer:
        """Answer one question; raises TooManyError or BusyError when it is not taken."""
        try:
            self._limit.take(client)
            with self._metrics.seconds.labels(channel).time():
                answer = answers.recall(request.question, request.history)
                self._metrics.recalled.labels(channel, "no" if answer is None else "yes").inc()
                if answer is None:
                    async with self._queue.place():
                        answer = await run_in_threadpool(
                            answers.ask, request.question, request.history
                        )
        except TooManyError:
            self._metrics.refused.labels(channel, "rate").inc()
            raise
        except BusyError:
            self._metrics.refused.labels(channel, "busy").inc()
            raise
        self._metrics.answers.labels(channel, answer.kind).inc()
        return answer
