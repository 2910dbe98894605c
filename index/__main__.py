"""``python -m index``: build the index, train the ranker, list the versions, go back to one."""

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from index.build import default_folder
from index.errors import IndexRoomError
from index.opening import load_opening
from index.ranker_file import TRAINED
from index.versions import VersionFolder
from knowledge.bank import load_bank
from knowledge.errors import KnowledgeError
from knowledge.lexicon import load_lexicon
from knowledge.library import load_library


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 on success, 2 when something was wrong."""
    parser = argparse.ArgumentParser(prog="python -m index", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="build the index now; a running server takes it up")
    build.add_argument("--model", help="a SentenceTransformer's name or folder")
    build.add_argument("--store", help="'faiss', or 'milvus:' and its address")
    training = commands.add_parser("train", help="train the ranker on the question bank")
    training.add_argument(
        "--development",
        type=Path,
        default=Path("eval/questions/dev.jsonl"),
        help="labelled questions to calibrate on",
    )
    training.add_argument("--out", type=Path, default=TRAINED, help="where the result goes")
    commands.add_parser("versions", help="list the versions on disk")
    commands.add_parser("rollback", help="use the version before the current one, until built anew")
    options = parser.parse_args(argv)
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    try:
        _run(options)
    except (KnowledgeError, IndexRoomError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _run(options: argparse.Namespace) -> None:
    versions = VersionFolder(default_folder())
    if options.command == "versions":
        print(_listed(versions))
        return
    if options.command == "rollback":
        print(versions.roll_back())
        return
    if options.command == "build":
        load_opening(options.model, options.store).build()
        print(f"The index is ready in '{versions.root}'.")
        return
    from index.training.train import train

    library = load_library()
    ranker = train(library, load_bank(library), load_lexicon(), options.development, options.out)
    print(f"{len(ranker.targets)} targets, {ranker.calibration}")


def _listed(versions: VersionFolder) -> str:
    pointer = versions.pointer()
    if pointer is None:
        return "no version yet"
    mark = "  current, gone back to" if pointer.is_pinned else "  current"
    return "\n".join(name + mark * (name == pointer.name) for name in versions.names())


if __name__ == "__main__":
    sys.exit(main())
