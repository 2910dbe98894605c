"""What an editor reads after a page was taken in: what was found, what was left out."""

from collections.abc import Iterator

from knowledge.model import Entry, Page
from knowledge.takein.edition import Edition


def summarise(edition: Edition) -> Iterator[str]:
    """Yield the lines of the summary."""
    yield f"{edition.source} → {edition.path}"
    if edition.old:
        yield f"  replaces the edition of {edition.old.updated or edition.old.taken_in}"
        if edition.old.url != edition.page.url:
            yield f"  its address was {edition.old.url}"
    yield f"  {_counts(edition.page)}"
    group = ""
    for entry in edition.page.entries:
        if entry.group != group:
            group = entry.group
            yield f"  ## {group}"
        yield f"    {entry.question}"
        yield f"      #{entry.id}: {_parts(entry)}"
    yield from _list("left out", (f"{d.reason}: {d.text}" for d in edition.dropped))
    yield from _list("to check", edition.notes)
    yield from _list("changed", (change.in_dutch for change in edition.changes))
    yield from _list("ids that are gone; move what the question bank has under them", gone(edition))


def gone(edition: Edition) -> Iterator[str]:
    """Yield the section ids that the old edition had and the new one has not."""
    now = {s.id for entry in edition.page.entries for s in entry.sections}
    old = edition.old.entries if edition.old else ()
    yield from (s.id for entry in old for s in entry.sections if s.id not in now)


def _counts(page: Page) -> str:
    references = [r for entry in page.entries for r in entry.see_also]
    sections = [s for entry in page.entries for s in entry.sections]
    bullets = sum(passage.bullet for entry in page.entries for passage in entry.passages())
    return (
        f"{len(page.entries)} questions, "
        f"{len({entry.group for entry in page.entries})} groups, "
        f"{sum(s.kind == 'heading' and bool(s.heading) for s in sections)} sections, "
        f"{bullets} bullets, {sum(s.kind == 'point' for s in sections)} points, "
        f"{len(references)} references ({sum(r.target is not None for r in references)} links), "
        f"{len(page.text.split())} words"
    )


def _parts(entry: Entry) -> str:
    headings = [section.heading for section in entry.sections if section.heading]
    return "; ".join(headings) or "no sections"


def _list(title: str, lines: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number == 0:
            yield f"  {title}:"
        yield f"    - {line}"
