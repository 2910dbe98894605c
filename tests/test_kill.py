"""Killed at any moment, the next start serves the old version or the new one, whole."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from killed_builder import edition
from small import TinyModel, builder, opening, write_page

from index.versions import VersionFolder
from knowledge.folder import load_knowledge

MOMENTS = 50
LONGEST = 0.4


def test_killed_at_random_moments_the_next_start_serves_a_whole_version(tmp_path: Path) -> None:
    folder, cache = tmp_path / "knowledge", tmp_path / "cache"
    write_page(folder, edition(0))
    opening(folder, cache).open()
    moments = np.random.default_rng(7)
    program = Path(__file__).parent / "killed_builder.py"
    command = [sys.executable, "-W", "ignore", str(program), str(folder), str(cache)]
    environment = {**os.environ, "PYTHONPATH": f"{program.parent}:{program.parent.parent}"}
    served = [0]
    with subprocess.Popen(
        command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, env=environment,
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        for _ in range(MOMENTS):
            print(served[-1] + 1, file=process.stdin, flush=True)
            builder_id = int(process.stdout.readline())
            time.sleep(moments.uniform(0, LONGEST))
            os.kill(builder_id, signal.SIGKILL)
            assert process.stdout.readline() == "gone\n"
            served.append(whole_edition(cache))
        process.stdin.close()
    assert served == sorted(served)
    assert len(set(served)) > 1
    write_page(folder, edition(served[-1] + 1_000))
    opening(folder, cache).open()
    assert [path.name for path in cache.rglob(".new-*")] == []


def whole_edition(cache: Path) -> int:
    """The edition in use, after seeing that its text, vectors and store belong together."""
    version = VersionFolder(cache).current()
    assert version is not None
    copy = version.folder / "knowledge"
    (number,) = re.findall(r"Dit is uitgave (\d+)\.", load_knowledge(copy).library.pages[0].text)
    index = builder(copy, TinyModel()).load(version)
    wanted = TinyModel().encode_document([item.text for item in index.items])
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    assert np.allclose(index.vectors, wanted, atol=1e-6)
    rows = index.store.search(np.asarray(index.vectors[:3]), 1)[1]
    assert rows.tolist() == [[0], [1], [2]]
    return int(number)
