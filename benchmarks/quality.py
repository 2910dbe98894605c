"""``python -m benchmarks.quality --set dev|test``: ours and the baselines side by side."""

import argparse

from benchmarks.table import print_head, print_row
from eval.dataset import SHIPPED, load_questions
from eval.parser import SYSTEMS
from eval.runner import run_questions
from eval.systems import open_system
from knowledge.library import load_library

NAMES = {
    "bm25": "BM25",
    "dense": "plain dense e5",
    "fusion": "reciprocal-rank fusion",
    "ours": "ours",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--set", choices=("dev", "test"), required=True)
    name = parser.parse_args().set
    library = load_library()
    questions = load_questions(SHIPPED / f"{name}.jsonl", library)
    print(f"{name}, {len(questions.questions)} questions, 95 % bootstrap intervals\n")
    print_head("system")
    for system in sorted(SYSTEMS, key=list(NAMES).index):
        records = run_questions(open_system(system, library).assistant, questions.questions)
        print_row(NAMES[system], records)


if __name__ == "__main__":
    main()
