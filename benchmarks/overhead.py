"""``python -m benchmarks.overhead``: what an answer costs above the bare encoder, and the start.

Each question is embedded and asked in turn, in one process, so both meet the same machine. The
parts of the search are timed the same way.
"""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from assistant.start import over
from eval.dataset import SHIPPED, load_questions
from index.encoder import load_encoder
from index.ngrams import prepare
from index.opening import load_opening
from index.ranker_file import ADAPTER, TRAINED, load_ranker

QUESTIONS = 200
PORT = 7_899


def main() -> None:
    opened = load_opening().open()
    assistant, lexicon = over(opened), opened.knowledge.lexicon
    encoder, ranker = load_encoder(adapter=TRAINED / ADAPTER), load_ranker()
    library = opened.knowledge.library
    asked = [q.question for q in load_questions(SHIPPED / "dev.jsonl", library).questions]
    parts: dict[str, Callable[[str], object]] = {
        "encoder alone": lambda text: encoder.queries([text]),
        "lexicon": lambda text: prepare(text, lexicon),
        "words view": lambda text: ranker.word_view(prepare(text, lexicon)),
        "search": opened.retriever.search,
        "Assistant.ask": assistant.ask,
    }
    seconds: dict[str, list[float]] = {name: [] for name in parts}
    for text in [*asked[:10], *asked[:QUESTIONS]]:
        for name, part in parts.items():
            begun = time.perf_counter()
            part(text)
            seconds[name].append(time.perf_counter() - begun)
    bare = statistics.median(seconds["encoder alone"][10:])
    print("| part | median ms | of the encoder |\n| --- | --- | --- |")
    for name, taken in seconds.items():
        median = statistics.median(taken[10:])
        print(f"| {name} | {median * 1_000:.2f} | {median / bare:.3f} |")
    resident = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    print(f"\nresident memory at most: {resident:.0f} MB (two copies of the model)")
    print(f"app.py answers /readyz after {_ready():.1f} s, built index")


def _ready() -> float:
    begun = time.perf_counter()
    command = [sys.executable, "app.py", "--port", str(PORT)]
    root = Path(__file__).parent.parent
    with subprocess.Popen(command, cwd=root, env=os.environ, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            try:
                with urlopen(f"http://127.0.0.1:{PORT}/readyz"):
                    taken = time.perf_counter() - begun
                    process.terminate()
                    return taken
            except URLError:
                time.sleep(0.05)
    raise RuntimeError(f"app.py stopped with status {process.returncode}")


if __name__ == "__main__":
    main()
