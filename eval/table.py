"""What the command prints: plain text in columns."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from assistant.request import clean
from eval.compare import Change
from eval.dataset import QuestionSet, Remark
from eval.dialogues import PlayedTurn
from eval.gate import BOUND, Verdict
from eval.metrics import Figure, figures, risk_at
from eval.paired import Difference
from eval.records import FAILED
from eval.runs import Run
from eval.scores import Scored

MOST_NAMED = 20


def run_text(run: Run, seed: int) -> str:
    """Heading, every figure, the risk–coverage curve, and what could not be scored."""
    header = ("figure", "value", "95 % interval", "n", "")
    rows = [header, *map(_figure_row, figures(run.records, seed))]
    curve = "  ".join(f"{c:.0%}: {risk:.3f}" for c, risk in risk_at(run.records))
    broken = [r.question.id for r in run.records if r.answer == FAILED]
    unsure = [r.question.id for r in run.records if r.confidence is None]
    lines = [
        _heading(run.about, len(run.records)),
        *_columns(rows),
        f"risk at coverage  {curve or '–'}",
        *([f"the system broke on {_named(broken)}"] if broken else ()),
        *([f"no confidence for {_named(unsure)}"] if unsure else ()),
    ]
    return "\n".join(lines)


def run_json(run: Run, questions: QuestionSet, seed: int) -> dict[str, Any]:
    """The same as one JSON object, with the rows of the set that could not be used."""
    return {
        "about": run.about,
        "bad_rows": [asdict(remark) for remark in questions.bad_rows],
        "figures": [asdict(figure) for figure in figures(run.records, seed)],
        "risk_at_coverage": risk_at(run.records),
        "failed": [r.question.id for r in run.records if r.answer == FAILED],
        "without_confidence": [r.question.id for r in run.records if r.confidence is None],
    }


def set_text(questions: QuestionSet) -> str:
    """The rows that were left out and the labels that can never be met; empty without any."""
    parts = (
        remarks_text(questions.bad_rows, "left out"),
        remarks_text(questions.doubtful, "doubtful"),
    )
    return "\n".join(part for part in parts if part)


def remarks_text(remarks: Sequence[Remark], what: str) -> str:
    """A line a remark, and how many more there are."""
    lines = [f"line {r.line} {what}: {r.reason}" for r in remarks[:MOST_NAMED]]
    if len(remarks) > MOST_NAMED:
        lines.append(f"and {len(remarks) - MOST_NAMED} lines more {what}")
    return "\n".join(lines)


def difference_text(found: Sequence[Difference]) -> str:
    """Two runs' figures side by side."""
    header = ("figure", "before", "after", "gain", "95 % interval", "p", "n")
    return "\n".join(_columns([header, *map(_difference_row, found)]))


def changes_text(found: Sequence[Change]) -> str:
    """Every changed question under better, worse or mixed."""
    lines = []
    for direction in ("better", "worse", "mixed"):
        part = [change for change in found if change.direction == direction]
        lines.append(f"{direction}: {len(part)}")
        for change in part:
            scores = ", ".join(f"{n} {_short(b)} → {_short(a)}" for n, b, a in change.scores)
            lines.append(f"  {change.id}  {clean(change.question)}\n      {scores}")
    return "\n".join(lines)


def verdict_text(verdict: Verdict, baseline: Scored, run: Scored) -> str:
    """The gate's outcome and every loss, with what it lost."""
    lines = [
        f"baseline: {_heading(baseline.about, len(baseline.ids))}",
        f"run:      {_heading(run.about, len(run.ids))}",
        *(f"REGRESSION  {_loss(d)}" for d in verdict.regressions),
        *(f"note        {_loss(d)}; within the bound or within chance" for d in verdict.notes),
        *(f"note        {name}: no question in common" for name in verdict.unscored),
        "PASS" if verdict.passes else f"FAIL: a loss above {BOUND:.0%} that chance cannot explain",
    ]
    return "\n".join(lines)


def dialogues_text(name: str, played: Sequence[Sequence[PlayedTurn]], share: Figure) -> str:
    """The share of turns right, and every turn that was not, with what was wrong."""
    lines = [f"{name}: {len(played)} dialogues", *_columns([_figure_row(share)])]
    for turn in (turn for turns in played for turn in turns if turn.faults):
        lines.append(f"  {turn.dialogue.id}, turn {turn.number}: {clean(turn.scripted.user)}")
        lines += [f"      {fault}" for fault in turn.faults]
    return "\n".join(lines)


def _heading(about: Any, count: int) -> str:
    return (
        f"{about.get('set')} · {about.get('system')} ({about.get('model')}) · {count} questions · "
        f"knowledge {str(about.get('knowledge'))[:10]} · {about.get('date')}"
    )


def _figure_row(figure: Figure) -> tuple[str, ...]:
    note = f"{figure.missing} without a number, left out" if figure.missing else ""
    if figure.value is None or figure.low is None or figure.high is None:
        return figure.name, "–", "", "0", note or "no such question"
    digits = 1 if figure.name.endswith("(ms)") else 3
    interval = f"{figure.low:.{digits}f} – {figure.high:.{digits}f}"
    return figure.name, f"{figure.value:.{digits}f}", interval, str(figure.count), note


def _difference_row(found: Difference) -> tuple[str, ...]:
    if found.gain is None:
        return found.name, "–", "–", "", "", "", "0"
    numbers = (f"{found.before:.3f}", f"{found.after:.3f}", f"{found.gain:+.3f}")
    interval = f"{found.low:+.3f} – {found.high:+.3f}"
    return found.name, *numbers, interval, f"{found.p:.3f}", str(found.count)


def _loss(found: Difference) -> str:
    return (
        f"{found.name} {found.before:.3f} → {found.after:.3f} "
        f"(gain {found.gain:+.3f}, {found.low:+.3f} – {found.high:+.3f}, n = {found.count})"
    )


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:.2g}"


def _named(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
    return ", ".join(ids[:MOST_NAMED]) + more


def _columns(rows: Sequence[Iterable[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
