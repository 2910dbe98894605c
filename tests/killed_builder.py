"""Run as a program: edits the page and builds the index, over and over, until it is killed.

Loads everything once, then forks a builder for each line on standard input: its first word is the
number of the first edition to write. Prints the builder's process id, so that a test can kill it.
"""

import os
import sys
from pathlib import Path

from small import ENTRIES, TinyModel, builder, write_page

from index.versions import VersionFolder


def edition(number: int) -> dict[str, str]:
    """One sentence differs from edition to edition."""
    return {**ENTRIES, "Welke uitgave is dit?": f"Dit is uitgave {number}."}


def build(folder: Path, cache: Path, number: int) -> None:
    while True:
        write_page(folder, edition(number))
        builder(folder, TinyModel()).open(VersionFolder(cache))
        number += 1


def say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main(folder: Path, cache: Path) -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            build(folder, cache, int(line))
        say(child)
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
