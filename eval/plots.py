"""The report's plots: risk against coverage, reliability, confusion between entries, latency."""

from collections.abc import Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from eval.calibration import ECE_BINS, bins, risk_coverage
from eval.confusion import Confusion
from eval.metrics import rightness
from eval.records import Record
from eval.svg import ACCENT, INK, SOFT, WRONG, embeddable

# Inches of 72 points, small enough to be read at the width of a phone.
_SIZE = (3.6, 2.6)


def risk_coverage_plot(records: Sequence[Record]) -> str:
    """How often it is wrong when it only answers what it is surest of."""
    coverage, risk = risk_coverage(*rightness(records))
    figure, axes = _axes("deel beantwoord, zekerste vragen eerst", "deel fout")
    axes.plot(coverage, risk, color=ACCENT)
    axes.set(xlim=(0, 1), ylim=(0, max(0.05, float(risk.max()) * 1.1)))
    axes.xaxis.set_major_formatter(PercentFormatter(1))
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    return embeddable(figure, "risk", "Deel fout bij elk deel beantwoorde vragen")


def reliability_plot(records: Sequence[Record]) -> str:
    """What it says of itself against what came true, in ten bins; the bars count questions."""
    right, confidence = rightness(records)
    places = bins(confidence)
    counts = np.bincount(places, minlength=ECE_BINS)
    filled = counts > 0
    said = np.bincount(places, weights=confidence, minlength=ECE_BINS)[filled] / counts[filled]
    true = np.bincount(places, weights=right, minlength=ECE_BINS)[filled] / counts[filled]
    figure, axes = _axes("zekerheid die de vraaghulp opgeeft", "deel echt goed")
    centres = (np.arange(ECE_BINS) + 0.5) / ECE_BINS
    axes.bar(centres, counts / counts.sum(), 0.09, color=SOFT, alpha=0.35, label="deel vragen")
    axes.plot((0, 1), (0, 1), color=INK, linestyle="--", linewidth=0.8, label="volmaakt")
    axes.plot(said, true, color=ACCENT, marker="o", markersize=4, label="gemeten")
    axes.set(xlim=(0, 1), ylim=(0, 1.02))
    axes.xaxis.set_major_formatter(PercentFormatter(1))
    axes.yaxis.set_major_formatter(PercentFormatter(1))
    axes.legend(loc="upper left", frameon=False)
    return embeddable(figure, "reliability", "Opgegeven zekerheid tegen wat echt goed was")


def confusion_plot(found: Confusion) -> str:
    """Which entry was right (rows) and which came first (columns), by their numbers."""
    size = len(found.entries)
    figure, axes = _axes("uitleg die bovenaan stond", "juiste uitleg")
    highest = max(1, *(max(row) for row in found.counts))
    for row, counts in enumerate(found.counts):
        for column, count in enumerate(counts):
            if count:
                colour = ACCENT if row == column else WRONG
                shade = 0.12 + 0.4 * count / highest
                corner = (column + 0.5, row + 0.5)
                axes.add_patch(mpl.patches.Rectangle(corner, 1, 1, color=colour, alpha=shade, lw=0))
                axes.text(column + 1, row + 1, str(count), ha="center", va="center", color=INK)
    axes.set(xlim=(0.5, size + 0.5), ylim=(size + 0.5, 0.5))
    axes.set_xticks(range(1, size + 1))
    axes.set_yticks(range(1, size + 1))
    return embeddable(figure, "confusion", "Juiste uitleg tegen de uitleg die bovenaan stond")


def latency_plot(milliseconds: Sequence[float], median: float, slowest: float) -> str:
    """How long single questions took, with the median and the 95th percentile."""
    figure, axes = _axes("milliseconden voor één vraag", "vragen")
    axes.hist(milliseconds, bins=20, color=ACCENT, alpha=0.6)
    axes.axvline(median, color=INK, linewidth=1, label="p50")
    axes.axvline(slowest, color=INK, linewidth=1, linestyle="--", label="p95")
    axes.set_xlim(left=0)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(loc="upper right", frameon=False)
    return embeddable(figure, "latency", "Hoe lang één vraag duurt")


def _axes(x: str, y: str) -> tuple[Figure, Axes]:
    with mpl.rc_context({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False}):
        figure = Figure(figsize=_SIZE, layout="constrained")
        axes = figure.subplots()
    axes.set(xlabel=x, ylabel=y)
    return figure, axes
