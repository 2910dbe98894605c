"""``python -m benchmarks.evaluation``: what an evaluation costs beside embedding its questions.

1,000 questions of the bank are asked, scored and saved; the time is divided by the time that the
encoder takes to embed them in one batch. The ratio must stay at 1.3 or below.
"""

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from assistant.start import assemble
from eval.dataset import Question, QuestionSet
from eval.metrics import figures
from eval.runner import run_questions
from eval.runs import new_run, save_run
from index.encoder import load_encoder
from index.opening import open_retriever
from index.ranker_file import ADAPTER, TRAINED
from knowledge.bank import OUTSIDE_KINDS, load_bank
from knowledge.library import load_library

QUESTIONS = 1_000
ROUNDS = 3
BOUND = 1.3


def main() -> None:
    questions = _questions()
    texts = [question.question for question in questions.questions]
    encoder = load_encoder(adapter=TRAINED / ADAPTER)
    retriever = open_retriever()
    assistant = assemble(retriever)

    def evaluate() -> None:
        records = run_questions(assistant, questions.questions)
        figures(records)
        run = new_run(questions, records, system="ours", knowledge=retriever.library.version)
        with tempfile.TemporaryDirectory() as folder:
            save_run(run, Path(folder))

    encoder.queries(texts[:50])
    # Alternating, so that a busy moment of the machine does not fall on one of the two alone.
    pairs = [(_seconds(lambda: encoder.queries(texts)), _seconds(evaluate)) for _ in range(ROUNDS)]
    embedding, evaluation = (min(times) for times in zip(*pairs, strict=True))
    ratio = evaluation / embedding
    verdict = "met" if ratio <= BOUND else "NOT met"
    print(f"{QUESTIONS} questions, best of {ROUNDS}:")
    print(f"embedding {embedding:.1f} s, evaluation {evaluation:.1f} s")
    print(f"ratio {ratio:.2f} (bound {BOUND}: {verdict})")


def _questions() -> QuestionSet:
    bank = load_bank(load_library())
    picked = random.Random(0).sample((*bank.inside, *bank.outside), QUESTIONS)  # noqa: S311
    return QuestionSet(
        "bank",
        tuple(
            Question(str(number), asked.text, asked.target)
            if asked.target in OUTSIDE_KINDS
            else Question(str(number), asked.text, "in", (asked.target.partition("/")[0],))
            for number, asked in enumerate(picked)
        ),
    )


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
