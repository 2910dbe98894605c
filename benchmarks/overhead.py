"""``python -m benchmarks.overhead``: what the assistant adds to its encoder, to memory, to a start.

Every question goes through each part in turn, so that a busy moment of the machine falls on all of
them. "search" holds the encoder and the words view, the whole answer holds all. The ratio of the
medians of the whole answer and the bare encoder must stay at 1.15 or below.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from urllib.error import URLError
from urllib.request import urlopen

import numpy as np

from assistant.start import over
from benchmarks.growth import resident
from eval.dataset import SHIPPED, load_questions
from index.encoder import load_encoder
from index.ngrams import prepare
from index.opening import load_opening
from index.ranker_file import ADAPTER, TRAINED, load_ranker

BOUND = 1.15
WARM_UP = 20


def main() -> None:
    opened = load_opening().open()
    lexicon, library = opened.knowledge.lexicon, opened.knowledge.library
    encoder, ranker, assistant = (
        load_encoder(adapter=TRAINED / ADAPTER),
        load_ranker(),
        over(opened),
    )
    found = load_questions(SHIPPED / "test.jsonl", library).questions
    questions = [question.question for question in found if question.kind == "in"]
    parts: dict[str, Callable[[str], object]] = {
        "encoder alone": lambda text: encoder.queries([text]),
        "lexicon": lexicon.translate,
        "words view": lambda text: ranker.word_view(prepare(text, lexicon)),
        "search": opened.retriever.search,
        "whole answer": assistant.ask,
    }
    taken = np.array(
        [
            [_milliseconds(part, text) for part in parts.values()]
            for text in [*questions[:WARM_UP], *questions]
        ]
    )[WARM_UP:]
    medians = np.median(taken, axis=0)
    print("| part | p50 ms | p95 ms | of the encoder |\n| --- | --- | --- | --- |")
    for name, median, late in zip(parts, medians, np.percentile(taken, 95, axis=0), strict=True):
        print(f"| {name} | {median:.2f} | {late:.2f} | {median / medians[0]:.3f} |")
    ratio = medians[-1] / medians[0]
    verdict = "met" if ratio <= BOUND else "NOT met"
    print(f"\n{len(questions)} questions, one at a time; ratio {ratio:.3f} ({BOUND}: {verdict})")
    print(f"memory of this process, model loaded twice: {resident():.0f} MB")
    print("app.py: {:.1f} s until it listens, {:.1f} s until it answers, {:.0f} MB".format(*_app()))


def _milliseconds(part: Callable[[str], object], text: str) -> float:
    start = time.perf_counter()
    part(text)
    return 1_000 * (time.perf_counter() - start)


def _app() -> tuple[float, float, float]:
    """Start the server; seconds until it listens and until it is ready, and its memory in MB."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    start = time.perf_counter()
    command = [sys.executable, "-W", "ignore", "app.py", "--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=os.environ) as process:
        try:
            listens = _wait(f"http://127.0.0.1:{port}/healthz") - start
            ready = _wait(f"http://127.0.0.1:{port}/readyz") - start
            return listens, ready, resident(process.pid)
        finally:
            process.terminate()


def _wait(url: str) -> float:
    while True:
        try:
            with urlopen(url) as answer:  # noqa: S310 (our own address)
                if answer.status == 200:
                    return time.perf_counter()
        except URLError:
            time.sleep(0.02)


if __name__ == "__main__":
    main()
