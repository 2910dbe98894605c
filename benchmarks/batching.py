"""``python -m benchmarks.batching``: does it pay to embed concurrent questions in one batch?

Clients embed questions at the same time, each its own (as the server does it), or all that wait
together in one batch. Printed is how many are embedded a second, and how long one waits.
"""

import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from itertools import count

import numpy as np

from eval.dataset import SHIPPED, load_questions
from index.encoder import Vectors
from index.opening import open_encoder
from knowledge.library import load_library

CLIENTS = (1, 2, 8, 32)
SECONDS = 5.0
Embed = Callable[[str], Vectors]


def main() -> None:
    found = load_questions(SHIPPED / "dev.jsonl", load_library()).questions
    texts = [question.question for question in found if question.kind == "in"]
    encoder = open_encoder()
    ways: dict[str, Embed] = {
        "each alone": lambda text: encoder.queries([text])[0],
        "in batches": batched(encoder.queries),
    }
    print("| clients | way | questions/s | p50 ms | p95 ms |\n| --- | --- | --- | --- | --- |")
    for clients in CLIENTS:
        for name, embed in ways.items():
            times = _asked(embed, texts, clients)
            p50, p95 = np.percentile(times, (50, 95))
            rate = len(times) / SECONDS
            print(f"| {clients} | {name} | {rate:.0f} | {p50:.0f} | {p95:.0f} |", flush=True)


def batched(embed: Callable[[Sequence[str]], Vectors]) -> Embed:
    """Return a function that embeds its text together with all that wait at that moment."""
    waiting: queue.SimpleQueue[tuple[str, Future[Vectors]]] = queue.SimpleQueue()

    def work() -> None:
        while True:
            taken = [waiting.get()]
            while not waiting.empty():
                taken.append(waiting.get())
            vectors = embed([text for text, _ in taken])
            for (_, future), vector in zip(taken, vectors, strict=True):
                future.set_result(vector)

    threading.Thread(target=work, daemon=True).start()

    def wait(text: str) -> Vectors:
        future: Future[Vectors] = Future()
        waiting.put((text, future))
        return future.result()

    return wait


def _asked(embed: Embed, texts: list[str], clients: int) -> list[float]:
    """Milliseconds of every question that this many clients ask in some seconds."""
    turn, end, times = count(), time.perf_counter() + SECONDS, list[float]()

    def ask() -> None:
        while (start := time.perf_counter()) < end:
            embed(texts[next(turn) % len(texts)])
            times.append(1_000 * (time.perf_counter() - start))

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


if __name__ == "__main__":
    main()
