"""``python -m benchmarks.overhead``: what the assistant adds to its encoder, to memory, to a start.

Every question is embedded by the bare encoder and asked of the whole assistant, in turn, so that
a busy moment of the machine falls on both. The ratio of the medians must stay at 1.15 or below.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from typing import TypeVar
from urllib.error import URLError
from urllib.request import urlopen

import numpy as np

from assistant.start import open_assistant
from benchmarks.growth import resident
from eval.dataset import SHIPPED, load_questions
from index.encoder import load_encoder
from index.ranker_file import ADAPTER, TRAINED
from knowledge.library import load_library

BOUND = 1.15
Asked = TypeVar("Asked")
WARM_UP = 20


def main() -> None:
    found = load_questions(SHIPPED / "test.jsonl", load_library()).questions
    questions = [question.question for question in found if question.kind == "in"]
    encoder = load_encoder(adapter=TRAINED / ADAPTER)
    assistant = open_assistant()
    for question in questions[:WARM_UP]:
        encoder.queries([question])
        assistant.ask(question)
    pairs = [
        (_milliseconds(encoder.queries, [question]), _milliseconds(assistant.ask, question))
        for question in questions
    ]
    bare, whole = np.array(pairs).T
    ratio = float(np.median(whole) / np.median(bare))
    verdict = "met" if ratio <= BOUND else "NOT met"
    print(f"{len(pairs)} questions, one at a time, p50 (p95):")
    print(f"bare encoder {np.median(bare):.1f} ms ({np.percentile(bare, 95):.1f})")
    print(f"whole answer {np.median(whole):.1f} ms ({np.percentile(whole, 95):.1f})")
    print(f"ratio {ratio:.3f} (bound {BOUND}: {verdict})")
    print(f"memory of this process, model loaded twice: {resident():.0f} MB")
    print("app.py: {:.1f} s until it listens, {:.1f} s until it answers, {:.0f} MB".format(*_app()))


def _milliseconds(work: Callable[[Asked], object], asked: Asked) -> float:
    start = time.perf_counter()
    work(asked)
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
