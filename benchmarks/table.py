"""The columns that quality and ablation print, as a Markdown table."""

from collections.abc import Sequence

from eval.metrics import figures
from eval.records import Record

COLUMNS = (
    "hit@1",
    "hit@3",
    "phrase accuracy",
    "coverage",
    "wrong, near",
    "wrong, far + hostile",
    "ECE",
)


def print_head(first: str) -> None:
    """Print the two lines above the first row."""
    print(f"| {first} | {' | '.join(COLUMNS)} |")
    print(f"| --- |{' --- |' * len(COLUMNS)}")


def print_row(name: str, records: Sequence[Record]) -> None:
    """Print one system's figures with their intervals; a dash where there is nothing to count."""
    found = {figure.name: figure for figure in figures(records)}
    cells = (
        f"{f.value:.3f} ({f.low:.3f}–{f.high:.3f})" if f.value is not None else "–"
        for f in map(found.__getitem__, COLUMNS)
    )
    print(f"| {name} | {' | '.join(cells)} |", flush=True)
