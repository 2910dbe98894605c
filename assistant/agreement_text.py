"""An agreement check's report as plain text, for the command line."""

from textwrap import fill, indent

from assistant.agreement import PartResult, Report
from assistant.phrases import AGREEMENT_SAYS, AGREEMENT_STATUS
from assistant.request import clean


def report_text(report: Report) -> str:
    """Write every part with the guidance's words and the agreement's passage below it."""
    blocks = [fill(report.disclaimer, 100), f"{AGREEMENT_SAYS}: {report.source}, {report.url}"]
    if report.note:
        blocks.append(report.note)
    for subject in report.subjects:
        blocks.append(f"{subject.name.upper()}: {AGREEMENT_STATUS[subject.status]}")
        said = ""
        for part in subject.parts:
            blocks.append(_part(part, is_said=part.guidance == said))
            said = part.guidance
    return "\n\n".join(blocks)


def _part(part: PartResult, *, is_said: bool) -> str:
    lines = [f"{part.name}: {AGREEMENT_STATUS[part.status]}"]
    if not is_said:
        lines.append(indent(fill(part.guidance, 96), "    "))
    if part.passage:
        # A terminal acts on control characters; what comes from a document has none here.
        passage = clean(" – ".join(filter(None, (part.heading, part.passage))))
        lines.append(indent(fill(passage, 96), "  > "))
    return "\n".join(lines)
