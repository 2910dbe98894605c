"""What can be asked of the last answer: shorter, whole, source, why, an example, a list's item."""

import re
from collections.abc import Iterator, Sequence

from assistant import phrases
from assistant.answer import Answer, Choice
from assistant.composer import Quotes, announced, escape
from assistant.context import Focus
from assistant.followup import NO_MEANING, Form
from knowledge.library import Library
from knowledge.model import Page, Section
from knowledge.roletree import words

_REASON = re.compile(
    r"\b(?:namelijk|immers|omdat|want|daarom|doordat|anders|zodat|dus|dat betekent|zo kunt u"
    r"|kunt u verantwoorden)\b",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"\b(?:bijvoorbeeld|zoals|denk aan|voorbeeld\w*)\b", re.IGNORECASE)
_EXAMPLES = 2
_ENDING = 2


class Reteller:
    """Writes over one library; every answer is about the entries in focus."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def retell(self, form: Form, number: int, foci: Sequence[Focus], *, note: str) -> Answer | None:
        """Return the last answer in another form, ``note`` below it.

        None where it has no such item or example.
        """
        quotes = Quotes(self._library)
        focus = foci[0]
        if form == "item":
            blocks = _quoted_item(quotes, focus, number)
        elif form == "example":
            blocks = _examples(quotes, focus)
        elif form == "short":
            blocks = [quotes.opening(f.entry, f.section, f.opening) for f in foci]
        elif form == "source":
            blocks = list(self._source(quotes, foci))
        elif form == "why":
            blocks = list(_reasons(quotes, focus))
        else:
            blocks = list(_whole(quotes, focus))
        if not blocks:
            return None
        blocks += [quotes.sources(), *([f"*{note}*"] if note else []), f"*{phrases.DISCLAIMER}*"]
        longer = form != "whole" and len([s for s in focus.entry.sections if s.passages]) > 1
        return Answer(
            "answer",
            1.0,
            "\n\n".join(blocks),
            tuple(quotes.citations),
            choices=(Choice(phrases.WHOLE, phrases.WHOLE),) if longer else (),
        )

    def named_item(self, text: str, foci: Sequence[Focus], *, note: str) -> Answer | None:
        """Return the item of the list that was shown that ``text`` names; None where none is."""
        said = [word for word in words(text).split() if word not in NO_MEANING]
        for number, item in enumerate(_listed(foci[0]), 1):
            heading = words(item.heading).split()
            if said and heading and _same(said, heading):
                return self.retell("item", number, foci, note=note)
        return None

    def _source(self, quotes: Quotes, foci: Sequence[Focus]) -> Iterator[str]:
        yield phrases.SOURCE_OF
        for focus in foci:
            yield quotes.opening(focus.entry, focus.section, focus.opening)
        pages: dict[str, Page] = {
            focus.entry.page_id: self._library.page(focus.entry.page_id) for focus in foci
        }
        for page in pages.values():
            taken_in = f"{phrases.TAKEN_IN} {page.taken_in:%d-%m-%Y}."
            yield f"{phrases.EDITION} {escape(page.edition)}. {taken_in}"


def _reasons(quotes: Quotes, focus: Focus) -> Iterator[str]:
    """The guidance's own grounds: the rest of the section, then the entry's first part."""
    lead = focus.entry.lead
    told = [focus.section, *([lead] if lead.passages and focus.section != lead else [])]
    yield phrases.WHY
    yield quotes.section(focus.entry, focus.section, focus.opening)
    for section in told[1:]:
        yield quotes.section(focus.entry, section, section.passages[0].sentences[0])
    if not any(_REASON.search(section.text) for section in told):
        yield phrases.NO_REASON


def _whole(quotes: Quotes, focus: Focus) -> Iterator[str]:
    for section in focus.entry.sections:
        if section.heading:
            yield f"*{escape(section.heading)}*"
        if section.passages:
            yield quotes.section(
                focus.entry, section, section.passages[0].sentences[0], with_list=False
            )


def _examples(quotes: Quotes, focus: Focus) -> list[str]:
    """The sentences that give an example: of the section, else of the whole entry."""
    for sections in ((focus.section,), focus.entry.sections):
        found = [
            quotes.opening(focus.entry, section, sentence)
            for section in sections
            for passage in section.passages
            for sentence in passage.sentences
            if _EXAMPLE.search(sentence.text)
        ]
        if found:
            return found[:_EXAMPLES]
    return []


def _quoted_item(quotes: Quotes, focus: Focus, number: int) -> list[str]:
    items = _listed(focus)
    at = number - 1 if number > 0 else number
    if not -len(items) <= at < len(items):
        return []
    item = items[at]
    return [quotes.section(focus.entry, item, item.passages[0].sentences[0])]


def _listed(focus: Focus) -> tuple[Section, ...]:
    """The list that was shown: what the section announces, or the list that it is an item of."""
    for section in focus.entry.sections:
        items = announced(focus.entry, section) if _announces(section) else ()
        if focus.section == section or focus.section in items:
            found = tuple(item for item in items if item.passages)
            if found:
                return found
    return tuple(section for section in focus.entry.sections[1:] if section.passages)


def _same(said: Sequence[str], heading: Sequence[str]) -> bool:
    """Are these the same words, but for an ending ("subverwerker", "subverwerkers")?"""
    return len(said) == len(heading) and all(
        a.startswith(b[:-_ENDING]) and b.startswith(a[:-_ENDING])
        for a, b in zip(said, heading, strict=True)
    )


def _announces(section: Section) -> bool:
    return bool(section.passages) and section.passages[-1].text.endswith(":")
