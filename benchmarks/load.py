"""``python -m benchmarks.load``: many clients at once, and a kill in the middle.

Starts app.py with feedback kept, lets 50 clients ask for 60 seconds (half of it questions asked
before, every tenth request a thumb), and prints what came back and how long it took. Then again for
10 seconds, ended by ``kill -9``: every thumb that was confirmed must stand in the database.
"""

import argparse
import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import httpx
import numpy as np

from assistant.web.feedback_store import FeedbackStore
from eval.dataset import SHIPPED, load_questions
from knowledge.library import load_library

PORT = 7_898
URL = f"http://127.0.0.1:{PORT}"
KILLED_AFTER = 10.0
OFTEN = 20


@dataclass
class Seen:
    """What the clients met; ``seconds`` of answers alone."""

    results: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    questions = [
        q.question for q in load_questions(SHIPPED / "dev.jsonl", load_library()).questions
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "feedback.sqlite"
        server = start(file)
        seen = asyncio.run(load(questions, options.clients, options.seconds))
        report(seen, options.seconds)
        seen = asyncio.run(load(questions, options.clients, KILLED_AFTER, server))
        kept = {note.note.question for note in FeedbackStore(file, 90).notes()}
        lost = [question for question in seen.kept if question not in kept]
        print(
            f"\nkill -9 under load: {len(seen.kept)} thumbs confirmed, {len(lost)} lost; ", end=""
        )
        print(f"{seen.results['cut off']} requests in flight cut off")


def start(file: Path) -> "subprocess.Popen[bytes]":
    """Start app.py and wait until it is ready."""
    environment = {
        **os.environ,
        "AVG_ASSISTENT_RATE_PER_MINUTE": "0",
        "AVG_ASSISTENT_FEEDBACK__FILE": str(file),
        "AVG_ASSISTENT_LOG_LEVEL": "warning",
    }
    command = [sys.executable, "app.py", "--port", str(PORT)]
    server = subprocess.Popen(command, env=environment)
    while True:
        try:
            with urlopen(f"{URL}/readyz"):  # noqa: S310
                return server
        except URLError:
            time.sleep(0.2)


async def load(
    questions: list[str],
    clients: int,
    seconds: float,
    killed: "subprocess.Popen[bytes] | None" = None,
) -> Seen:
    """Let the clients ask until the time is over; then kill the server, where one is given."""
    seen = Seen()
    end = time.monotonic() + seconds
    limits = httpx.Limits(max_connections=clients)
    async with httpx.AsyncClient(base_url=URL, timeout=60, limits=limits) as http:
        until = None if killed else end
        asking = [
            asyncio.create_task(client(http, n, questions, until, seen)) for n in range(clients)
        ]
        if killed:
            await asyncio.sleep(seconds)
            killed.kill()
        await asyncio.gather(*asking)
    return seen


async def client(
    http: httpx.AsyncClient, number: int, questions: list[str], until: float | None, seen: Seen
) -> None:
    """One client: asks, and now and then judges, until the time or the server ends."""
    dice = random.Random(number)  # noqa: S311
    turn = 0
    while until is None or time.monotonic() < until:
        turn += 1
        begun = time.monotonic()
        try:
            if turn % 10 == 0:
                await judge(http, f"Duim van klant {words(number)} bij beurt {words(turn)}", seen)
                continue
            new = f"{dice.choice(questions)} {words(number * 10_000 + turn)}"
            question = dice.choice((dice.choice(questions[:OFTEN]), new))
            answer = await http.post("/api/v1/ask", json={"question": question})
        except httpx.TransportError:
            seen.results["cut off"] += 1
            return
        seen.results[str(answer.status_code)] += 1
        if answer.status_code == 200:
            seen.seconds.append(time.monotonic() - begun)


async def judge(http: httpx.AsyncClient, question: str, seen: Seen) -> None:
    """Give one thumb, and remember it when the server says that it was kept."""
    body = {"question": question, "verdict": "down", "reason": "other"}
    answer = await http.post("/api/v1/feedback", json=body)
    seen.results[f"thumb {answer.status_code}"] += 1
    if answer.status_code == 200 and answer.json()["kept"]:
        seen.kept.append(question)


def words(number: int) -> str:
    """A number in letters, so that scrubbing leaves it."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))


def report(seen: Seen, seconds: float) -> None:
    """Print counts and percentiles."""
    print(f"answers a second: {len(seen.seconds) / seconds:.1f}")
    print("responses: " + ", ".join(f"{name}: {n}" for name, n in sorted(seen.results.items())))
    p50, p95, p99 = np.percentile(seen.seconds, (50, 95, 99)) * 1_000
    print(f"milliseconds: p50 {p50:.0f}, p95 {p95:.0f}, p99 {p99:.0f}")


if __name__ == "__main__":
    main()
