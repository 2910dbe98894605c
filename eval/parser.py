"""The command line of ``python -m eval``."""

import argparse
from pathlib import Path

from eval.gate import BOUND

SYSTEMS = ("ours", "bm25", "dense", "fusion")


def build_parser() -> argparse.ArgumentParser:
    """Return the parser; without a command, ``command`` is "run"."""
    parser = argparse.ArgumentParser(
        prog="python -m eval",
        description="Ask the assistant question sets and judge what comes back.",
        epilog="Exit codes: 0 all well, 1 regression, 2 wrong input or a fault, "
        "3 runs that cannot be compared.",
    )
    parser.add_argument("--questions", type=Path, help="your own set, .jsonl or .csv")
    parser.add_argument("--limit", type=_positive, help="ask at most this many, picked by --seed")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    _system(parser)
    commands = parser.add_subparsers(dest="command", title="commands", metavar="COMMAND")
    parser.set_defaults(command="run")
    report = commands.add_parser("report", help="write a run as one HTML file, in Dutch")
    report.add_argument("run", type=Path)
    compare = commands.add_parser("compare", help="show what got better and worse")
    compare.add_argument("before", type=Path)
    compare.add_argument("after", type=Path)
    gate = commands.add_parser(
        "gate", help=f"exit 1 on a loss above {BOUND:.0%} that chance cannot explain"
    )
    gate.add_argument("--baseline", type=Path, required=True, help="a baseline or a saved run")
    gate.add_argument(
        "run", type=Path, nargs="?", help="a saved run; without it the baseline's set is asked now"
    )
    _system(gate)
    baseline = commands.add_parser("baseline", help="write a run's scores, small enough to commit")
    baseline.add_argument("run", type=Path)
    baseline.add_argument("file", type=Path)
    export = commands.add_parser("export", help="write a run as TREC files and a BEIR folder")
    export.add_argument("run", type=Path)
    export.add_argument("folder", type=Path)
    draft = commands.add_parser("draft", help="write asked questions as a set to be labelled")
    draft.add_argument("file", type=Path, help='JSON lines {"question", "kind", "reason"?}')
    draft.add_argument(
        "out", type=Path, nargs="?", help=".csv or .jsonl (FILE-te-labelen.csv beside FILE)"
    )
    dialogues = commands.add_parser("dialogues", help="play scripted dialogues")
    dialogues.add_argument("--set", help="dev or test; without it all that is shipped")
    _system(dialogues)
    agreements = commands.add_parser("agreements", help="judge the agreement check")
    agreements.add_argument("--set", choices=("dev", "test"), default="test")
    agreements.add_argument("--model", help="a SentenceTransformer's name or folder")
    return parser


def _system(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--system", choices=SYSTEMS, default="ours", help="ours or a baseline")
    parser.add_argument("--seed", type=int, default=0, help="of samples and intervals (0)")
    parser.add_argument("--model", help="a SentenceTransformer's name or folder")


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value
