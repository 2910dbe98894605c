"""``python -m benchmarks.startup``: a cold start to the first answer, and what imports alone cost.

Every line is a process of its own, started anew in turn with the others; the index and the tuned
weights are on disk already. An answer must come within 6 s, or the imports must say why not.
"""

import subprocess
import sys
import time
from collections.abc import Sequence

import numpy as np

from assistant.start import open_assistant

BOUND = 6.0
ROUNDS = 5
QUESTION = "Ben ik verwerker als logistieke dienstverlener?"
ANSWER = "python -m assistant, to the answer"
COMMANDS = {
    "python alone": ("-c", "pass"),
    "import torch": ("-c", "import torch"),
    "import sentence_transformers, without garbage collection": (
        "-c",
        "import gc; gc.disable(); import sentence_transformers",
    ),
    "import gradio": ("-c", "import gradio"),
    ANSWER: ("-m", "assistant", QUESTION),
}


def main() -> None:
    open_assistant()
    rounds = [[_seconds(command) for command in COMMANDS.values()] for _ in range(ROUNDS)]
    medians = dict(zip(COMMANDS, np.median(rounds, axis=0), strict=True))
    print("| process | median s |\n| --- | --- |")
    for name, seconds in medians.items():
        print(f"| {name} | {seconds:.2f} |")
    verdict = "met" if medians[ANSWER] <= BOUND else "NOT met"
    print(f"\nanswer within {BOUND:.0f} s: {verdict}")


def _seconds(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-W", "ignore", *command], check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
