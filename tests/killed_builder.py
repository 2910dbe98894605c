"""Run as a program: does one kind of work on a knowledge folder, over and over, until it is killed.

Loads everything once, then forks a worker for each line on standard input: the work's name, and
the number of the first edition to write. Prints the worker's process id, so that a test can kill
it.
"""

import os
import sys
from contextlib import redirect_stdout
from pathlib import Path

from small import ENTRIES, TinyModel, builder, write_page

from index.versions import VersionFolder
from knowledge.__main__ import main as knowledge_command


def edition(number: int) -> dict[str, str]:
    """One sentence differs from edition to edition."""
    return {**ENTRIES, "Welke uitgave is dit?": f"Dit is uitgave {number}."}


def add(folder: Path, cache: Path, number: int) -> None:
    incoming = folder.parent / "incoming"
    write_page(incoming, edition(number))
    knowledge_command(["add", str(incoming / "pages" / "pagina.md"), "--folder", str(folder)])


def build(folder: Path, cache: Path, number: int) -> None:
    write_page(folder, edition(number))
    builder(folder, TinyModel()).open(VersionFolder(cache))


def swap(folder: Path, cache: Path, number: int) -> None:
    build(folder, cache, number)
    VersionFolder(cache).roll_back()


WORK = {work.__name__: work for work in (add, build, swap)}


def say(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def main(folder: Path, cache: Path) -> None:
    for line in sys.stdin:
        name, number = line.split()
        child = os.fork()
        if child == 0:
            with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere):
                for later in range(100_000):
                    WORK[name](folder, cache, int(number) + later)
        say(child)
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
