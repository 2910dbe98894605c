"""``python -m benchmarks.large [SIZE …]``: what growth costs, from 10 to 1,000,000 passages.

Passages are generated; up to 1,000 of them are embedded for real, the vectors beyond that are
made from those (embedding a million texts would take hours here). Questions are always embedded
for real. Building and asking each run in a process of their own, so that memory is theirs alone.
``--plot FILE`` draws how cost grows.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.growth import ask, build, embed
from benchmarks.growth_plot import draw

SIZES = (10, 1_000, 100_000, 1_000_000)
STAGES = {"embed": embed, "build": build, "ask": ask}
COLUMNS = {
    "passages": "passages",
    "kind": "vector index",
    "build": "vectors, build s",
    "words_build": "BM25, build s",
    "peak": "building, peak MB",
    "disk": "disk MB",
    "open": "open s",
    "memory": "asking, MB more",
    "p50": "vectors p50 ms",
    "p95": "p95 ms",
    "recall": "recall@10",
    "words_p95": "BM25 p95 ms",
    "find_p50": "candidates p50 ms",
    "find_p95": "p95 ms ",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES), metavar="SIZE")
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.stage:
        print(json.dumps(STAGES[options.stage](options.sizes[0], options.folder)))
        return
    print(f"| {' | '.join(COLUMNS.values())} |\n|{' --- |' * len(COLUMNS)}", flush=True)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        _run("embed", max(options.sizes), Path(folder))
        for size in options.sizes:
            row = {"passages": size} | _run("build", size, Path(folder))
            row |= _run("ask", size, Path(folder))
            rows.append(row)
            print(f"| {' | '.join(_cell(row.get(name)) for name in COLUMNS)} |", flush=True)
    if options.plot:
        draw(rows, options.plot)


def _run(stage: str, size: int, folder: Path) -> dict[str, float | str]:
    command = [sys.executable, "-m", "benchmarks.large", str(size)]
    command += ["--stage", stage, "--folder", str(folder)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _cell(value: float | str | None) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value or "–")


if __name__ == "__main__":
    main()
