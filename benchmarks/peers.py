"""``python -m benchmarks.peers``: ours beside its peers, on the same passages and questions.

Needs requirements-bench.txt. The peers get the packaged model's own weights in torch, untuned.
Each system starts twice in a process of its own: once with nothing on disk, once with what it
kept. The second start answers every in-scope question, one after the other, and then the same
questions from 1, 8 and 32 clients at once.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.growth import resident
from eval.dataset import SHIPPED, load_questions
from knowledge.library import load_library

if TYPE_CHECKING:
    from benchmarks.peer_systems import Find

CLIENTS = (1, 8, 32)
SECONDS = 5.0
HEAD = (
    "system",
    "hit@1",
    "p50 ms",
    "p95 ms",
    *(f"questions/s, {clients} client{'s' * (clients > 1)}" for clients in CLIENTS),
    "memory MB",
    "first start s",
    "next start s",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--set", choices=("dev", "test"), default="test")
    parser.add_argument("--system", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--started", type=float, help=argparse.SUPPRESS)
    parser.add_argument("--only-start", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.system:
        print(json.dumps(_measured(options)))
        return
    from benchmarks.peer_systems import SYSTEMS
    from benchmarks.torch_folder import write_torch_folder

    print(f"| {' | '.join(HEAD)} |\n|{' --- |' * len(HEAD)}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        write_torch_folder(Path(folder))
        for name in SYSTEMS:
            first = _run(name, folder, options.set, "--only-start")
            hit, p50, p95, *rates, memory, ready = _run(name, folder, options.set)
            cells = [f"{hit:.3f}", f"{p50:.0f}", f"{p95:.0f}", *(f"{rate:.0f}" for rate in rates)]
            cells += [f"{memory:.0f}", f"{first[0]:.1f}", f"{ready:.1f}"]
            print(f"| {name} | {' | '.join(cells)} |", flush=True)


def _run(name: str, folder: str, questions: str, *more: str) -> list[float]:
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.peers", *more]
    command += ["--system", name, "--folder", folder, "--set", questions]
    # The same clock in every process, so that the interpreter's own start counts too.
    command += ["--started", str(time.monotonic())]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    return list(json.loads(done.stdout.splitlines()[-1]))


def _measured(options: argparse.Namespace) -> list[float]:
    from benchmarks.peer_systems import SYSTEMS

    kept = options.folder / options.system
    kept.mkdir(exist_ok=True)
    find = SYSTEMS[options.system](options.folder / "model", kept)
    find("Wat is een verwerker?")
    ready = time.monotonic() - options.started
    if options.only_start:
        return [ready]
    questions = load_questions(SHIPPED / f"{options.set}.jsonl", load_library())
    asked = [question for question in questions.questions if question.kind == "in"]
    times, hits = [], 0
    for question in asked:
        start = time.perf_counter()
        hits += find(question.question) in question.entries
        times.append(1_000 * (time.perf_counter() - start))
    texts = [question.question for question in asked]
    rates = [_rate(find, texts, clients) for clients in CLIENTS]
    p50, p95 = np.percentile(times, (50, 95))
    return [hits / len(asked), float(p50), float(p95), *rates, resident(), ready]


def _rate(find: "Find", texts: list[str], clients: int) -> float:
    """Answers a second, over some seconds, to this many clients that each wait for theirs."""
    turn, end = count(), time.perf_counter() + SECONDS
    answered = [0] * clients

    def ask(client: int) -> None:
        while time.perf_counter() < end:
            find(texts[next(turn) % len(texts)])
            answered[client] += 1

    threads = [threading.Thread(target=ask, args=(client,)) for client in range(clients)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answered) / (time.perf_counter() - start)


if __name__ == "__main__":
    main()
