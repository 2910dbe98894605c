"""How cost grows with the number of passages, as four panels."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from matplotlib.figure import Figure

PANELS = {
    "building, s": {"build": "vectors", "words_build": "words (BM25)"},
    "on disk, MB": {"disk": "vectors and words"},
    "in memory while asking, MB": {"memory": "vectors and words"},
    "one question, p95 ms": {"p95": "vectors", "words_p95": "words (BM25)", "find_p95": "both"},
}
INK = ("#1f4e79", "#8a4b08", "#3b6e22")


def draw(rows: Sequence[Mapping[str, float | str]], path: Path) -> None:
    """Draw every panel on logarithmic axes."""
    sizes = [float(row["passages"]) for row in rows]
    figure = Figure(figsize=(9, 6.5), layout="constrained")
    for axes, (title, lines) in zip(figure.subplots(2, 2).flat, PANELS.items(), strict=True):
        for (name, label), colour in zip(lines.items(), INK, strict=False):
            values = [max(float(row[name]), 1e-3) for row in rows]
            axes.loglog(sizes, values, marker="o", label=label, color=colour)
        axes.set(title=title, xlabel="passages")
        axes.grid(visible=True, color="#dddddd")
        axes.legend(frameon=False)
    figure.savefig(path, dpi=100)
