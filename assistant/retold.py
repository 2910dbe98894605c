"""What can be asked of the last answer: shorter, whole, its source, why, an item of its list."""

from collections.abc import Iterator

from assistant import phrases
from assistant.answer import Answer
from assistant.composer import Quotes, announced, escape
from assistant.context import Focus
from assistant.followup import Form
from knowledge.library import Library
from knowledge.model import Section


class Reteller:
    """Writes over one library; every answer is about the entry in focus."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def retell(self, form: Form, number: int, focus: Focus) -> Answer | None:
        """Return the last answer in another form; None for a list item that does not exist."""
        quotes = Quotes(self._library)
        if form == "item":
            section = _item(focus, number)
            if section is None:
                return None
            text = quotes.section(focus.entry, section, section.passages[0].sentences[0])
        elif form == "short":
            text = quotes.opening(focus.entry, focus.section, focus.opening)
        elif form == "source":
            text = self._source(quotes, focus)
        elif form == "why":
            text = "\n\n".join(self._reasons(quotes, focus))
        else:
            text = "\n\n".join(_whole(quotes, focus))
        blocks = (text, quotes.sources(), f"*{phrases.DISCLAIMER}*")
        return Answer("answer", 1.0, "\n\n".join(blocks), tuple(quotes.citations))

    def _source(self, quotes: Quotes, focus: Focus) -> str:
        page = self._library.page(focus.entry.page_id)
        quoted = quotes.opening(focus.entry, focus.section, focus.opening)
        edition = f"{phrases.EDITION} {escape(page.edition)}."
        return f"{phrases.SOURCE_OF}\n\n{quoted}\n\n{edition}"

    def _reasons(self, quotes: Quotes, focus: Focus) -> Iterator[str]:
        """The guidance's own grounds: the rest of the section, then the entry's first part."""
        yield phrases.WHY
        yield quotes.section(focus.entry, focus.section, focus.opening)
        if focus.section != focus.entry.lead and focus.entry.lead.passages:
            lead = focus.entry.lead
            yield quotes.section(focus.entry, lead, lead.passages[0].sentences[0])


def _whole(quotes: Quotes, focus: Focus) -> Iterator[str]:
    for section in focus.entry.sections:
        if section.heading:
            yield f"*{escape(section.heading)}*"
        if section.passages:
            yield quotes.section(
                focus.entry, section, section.passages[0].sentences[0], with_list=False
            )


def _item(focus: Focus, number: int) -> Section | None:
    found = announced(focus.entry, focus.section)
    if not found:
        found = tuple(s for s in focus.entry.sections[1:] if s.passages)
    at = number - 1 if number > 0 else number
    return found[at] if -len(found) <= at < len(found) and found[at].passages else None
