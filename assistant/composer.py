"""Hits → ``Answer``, from the guidance's sentences alone.

An answer opens with the sentence that answers, then the rest of its section, then the source.
Where a section only announces a list ("… waaronder:"), the list follows. Every quoted sentence
carries the number of its citation.
"""

import re
from collections.abc import Iterator, Sequence

from assistant import phrases
from assistant.answer import Citation
from knowledge.library import Library
from knowledge.model import Entry, Passage, Section, Sentence

_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|])")


class Quotes:
    """Numbers the citations of one answer and writes its quoted Markdown."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.citations: list[Citation] = []

    def section(
        self, entry: Entry, section: Section, opening: Sentence, *, with_list: bool = True
    ) -> str:
        """Quote one section, its opening sentence first and in bold; Markdown.

        ``with_list`` adds the list that the section announces, where it announces one.
        """
        number = self._cite(entry, section, section.passages)
        blocks = [f"**{escape(opening.text)}** [{number}]"]
        for passage in section.passages:
            rest = " ".join(escape(s.text) for s in passage.sentences if s != opening)
            if rest:
                blocks.append(f"{'- ' if passage.bullet else ''}{rest} [{number}]")
        if with_list and section.passages[-1].text.endswith(":"):
            blocks.append("\n".join(self._announced(entry, section)))
        return "\n\n".join(blocks)

    def opening(self, entry: Entry, section: Section, sentence: Sentence) -> str:
        """Quote one sentence, in bold; Markdown."""
        number = self.cite(entry, section, sentence.text, sentence.start, sentence.end)
        return f"**{escape(sentence.text)}** [{number}]"

    def cite(self, entry: Entry, section: Section, quote: str, start: int, end: int) -> int:
        """Return the number of this quote's citation; the same place keeps its number."""
        page = self._library.page(entry.page_id)
        for known in self.citations:
            if (known.page_id, known.start, known.end) == (page.id, start, end):
                return known.number
        citation = Citation(
            number=len(self.citations) + 1,
            entry_id=entry.id,
            question=entry.question,
            section_id=section.id,
            section=entry.heading_of(section),
            quote=quote,
            url=page.url,
            source=f"{page.publisher}, {page.title}",
            page_id=page.id,
            start=start,
            end=end,
        )
        self.citations.append(citation)
        return citation.number

    def sources(self) -> str:
        """List what was quoted: publisher, page, question, section and link; Markdown."""
        places: dict[str, list[str]] = {}
        for c in self.citations:
            place = f"[{escape(c.source)}]({c.url}): “{escape(c.question)}”"
            place += f" ({escape(c.section)})" if c.section else ""
            places.setdefault(place, []).append(f"[{c.number}]")
        lines = [f"- {' '.join(numbers)} {place}" for place, numbers in places.items()]
        label = phrases.SOURCE if len(lines) == 1 else phrases.SOURCES
        return f"*{label}*\n\n" + "\n".join(lines)

    def _announced(self, entry: Entry, section: Section) -> Iterator[str]:
        for item in announced(entry, section):
            if item.heading:
                yield f"- {escape(item.heading)}"
            else:
                number = self._cite(entry, item, item.passages)
                yield f"- {escape(item.passages[0].sentences[0].text)} [{number}]"

    def _cite(self, entry: Entry, section: Section, passages: Sequence[Passage]) -> int:
        quote = "\n\n".join(passage.text for passage in passages)
        return self.cite(entry, section, quote, passages[0].start, passages[-1].end)


def announced(entry: Entry, section: Section) -> tuple[Section, ...]:
    """The sections that a section ending in a colon announces: its list, or what follows it."""
    after = entry.sections[entry.sections.index(section) + 1 :]
    if section.kind != "lead":
        return tuple(item for item in after if item.parent_id == section.id)
    if after and after[0].kind == "bullet":
        return tuple(item for item in after if item.kind == "bullet" and item.parent_id is None)
    return tuple(item for item in after if item.kind == "heading")


def escape(text: str) -> str:
    """Make plain text safe to stand in Markdown."""
    return _MARKDOWN.sub(r"\\\1", text)
