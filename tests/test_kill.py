"""Killed while adding, building or swapping, the next start serves old or new, whole."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from killed_builder import WORK, edition
from small import TinyModel, builder, opening, write_page

from index.versions import VersionFolder
from knowledge.folder import load_knowledge

MOMENTS = 51
LONGEST = 0.4


def test_killed_at_random_moments_the_next_start_serves_a_whole_version(tmp_path: Path) -> None:
    folder, cache = tmp_path / "knowledge", tmp_path / "cache"
    for number in (1, 2):
        write_page(folder, edition(number))
        opening(folder, cache).open()
    moments = np.random.default_rng(7)
    program = Path(__file__).parent / "killed_builder.py"
    command = [sys.executable, "-W", "ignore", str(program), str(folder), str(cache)]
    environment = {**os.environ, "PYTHONPATH": f"{program.parent}:{program.parent.parent}"}
    seen: dict[str, set[tuple[int, str]]] = {name: set() for name in WORK}
    with subprocess.Popen(
        command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, env=environment,
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        for moment in range(MOMENTS):
            name = [*WORK][moment % len(WORK)]
            print(name, 1_000 * (moment + 1), file=process.stdin, flush=True)
            worker_id = int(process.stdout.readline())
            time.sleep(moments.uniform(0, LONGEST))
            os.kill(worker_id, signal.SIGKILL)
            assert process.stdout.readline() == "gone\n"
            number = edition_in(folder) if name == "add" else whole_edition(cache)
            # A worker that is killed early has done nothing yet.
            seen[name].add((number, current(cache)))
            assert number in (1, 2) or 1_000 <= number < 1_000 * (moment + 2)
        process.stdin.close()
    assert all(len(found) > 1 for found in seen.values()), seen
    write_page(folder, edition(1_000 * (MOMENTS + 1)))
    opening(folder, cache).build()
    assert whole_edition(cache) == 1_000 * (MOMENTS + 1)
    assert [path.name for path in cache.rglob(".new-*")] == []


def current(cache: Path) -> str:
    pointer = VersionFolder(cache).pointer()
    assert pointer is not None
    return pointer.name


def edition_in(folder: Path) -> int:
    """The number of the edition in a folder, after seeing that its page is whole."""
    (page,) = load_knowledge(folder).library.pages
    (number,) = re.findall(r"Dit is uitgave (\d+)\.", page.text)
    assert {entry.question: entry.lead.text for entry in page.entries} == edition(int(number))
    return int(number)


def whole_edition(cache: Path) -> int:
    """The edition in use, after seeing that its text, vectors and store belong together."""
    version = VersionFolder(cache).current()
    assert version is not None
    copy = version.folder / "knowledge"
    index = builder(copy, TinyModel()).load(version)
    wanted = TinyModel().encode_document([item.text for item in index.items])
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    assert np.allclose(index.vectors, wanted, atol=1e-6)
    rows = index.store.search(np.asarray(index.vectors[:3]), 1)[1]
    assert rows.tolist() == [[0], [1], [2]]
    return edition_in(copy)
