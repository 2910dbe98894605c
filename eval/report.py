"""One saved run as one HTML file in Dutch: figures, plots and every question. Needs no network."""

import base64
import hashlib
from collections import Counter
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.web.markdown import whole_html
from eval import plots, wording
from eval.confusion import Confusion, confusion
from eval.errors import RunError
from eval.metrics import Figure, figures, rightness, risk_at
from eval.records import Record
from eval.runs import Run
from knowledge.library import Library

_HERE = Path(__file__).parent / "templates"


def write_report(run: Run, library: Library, path: Path) -> None:
    """Write the report; raises RunError when the file cannot be written."""
    html = report_html(run, library)
    try:
        # Half a character in a hostile question becomes a question mark.
        path.write_text(html, encoding="utf-8", errors="replace")
    except OSError as error:
        raise RunError(f"'{path}' cannot be written: {error.strerror}") from error


def report_html(run: Run, library: Library) -> str:
    """Fill in the template. The file states its own strict policy: no script, nothing loaded."""
    found = {f.name: f for f in figures(run.records, int(run.about.get("seed", 0)))}
    confused = confusion(run.records, library)
    css = (_HERE / "report.css").read_text(encoding="utf-8")
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["markdown"] = whole_html
    return environment.get_template("report.html").render(
        about=run.about,
        date=datetime.fromisoformat(run.about["date"]),
        css=Markup(css),  # noqa: S704 our own file
        css_digest=base64.b64encode(hashlib.sha256(css.encode()).digest()).decode(),
        figures=found,
        kinds=Counter(record.question.kind for record in run.records),
        plots={name: Markup(svg) for name, svg in _plots(run.records, found, confused).items()},  # noqa: S704
        risks=dict(risk_at(run.records)),
        confused=confused,
        records=run.records,
        failures=sum(record.is_failure for record in run.records),
        names=_names(library),
        wording=wording,
    )


def _plots(
    records: tuple[Record, ...], found: dict[str, Figure], confused: Confusion
) -> dict[str, str]:
    """The plots that there is something to draw for."""
    drawn = {}
    if len(rightness(records)[0]):
        drawn["risk"] = plots.risk_coverage_plot(records)
        drawn["reliability"] = plots.reliability_plot(records)
    if confused.entries:
        drawn["confusion"] = plots.confusion_plot(confused)
    median, slowest = (found[f"latency p{share} (ms)"].value for share in (50, 95))
    if median is not None and slowest is not None:
        times = [1_000 * record.seconds for record in records if record.seconds is not None]
        drawn["latency"] = plots.latency_plot(times, median, slowest)
    return drawn


def _names(library: Library) -> dict[str, str]:
    """What a section is called: its question and, where it has one, its heading."""
    return {
        section.id: " – ".join(filter(None, (entry.question, entry.heading_of(section))))
        for entry in library.entries()
        for section in entry.sections
    }
