"""Writes the kinds of answer that quote one or more parts of the guidance."""

from collections.abc import Iterable, Sequence

from assistant import phrases
from assistant.answer import Alternative, Answer, Choice, Related
from assistant.composer import Quotes, escape
from assistant.decision import Decision
from assistant.language import is_english
from index.hits import SearchResult
from knowledge.library import Library

RELATED = 2
ALTERNATIVES = 3


class Writer:
    """Writes over one library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def quoted(self, text: str, result: SearchResult, decision: Decision) -> Answer:
        """Answer by the decision's parts."""
        quotes = Quotes(self._library)
        first = decision.parts[0]
        blocks = []
        for number, (hit, part) in enumerate(decision.parts):
            if decision.roles:
                blocks.append(f"*{phrases.FOR_ROLE[decision.roles[number]]}*")
            elif number:
                heading = hit.entry.heading_of(part.section) or hit.entry.question
                blocks.append(f"*{phrases.ALSO}* {escape(heading)}")
            blocks.append(quotes.section(hit.entry, part.section, part.opening))
        blocks.append(quotes.sources())
        if is_english(text):
            blocks.append(f"*{phrases.ENGLISH_NOTE}*")
        blocks.append(f"*{phrases.DISCLAIMER}*")
        shown = {citation.section_id for citation in quotes.citations}
        entry = first[0].entry
        longer = any(s.passages and s.id not in shown for s in entry.sections)
        return Answer(
            kind="answer",
            confidence=round(result.confidence, 4),
            text="\n\n".join(blocks),
            citations=tuple(quotes.citations),
            related=self._related(result, {hit.entry.id for hit, _ in decision.parts}),
            alternatives=alternatives(result, skip=1),
            choices=(Choice(phrases.WHOLE, phrases.WHOLE),) if longer else (),
        )

    def refusal(self, text: str, result: SearchResult, *, offer: bool) -> Answer:
        """Say that the guidance has no answer; ``offer`` names the closest entries."""
        blocks = [phrases.NO_ANSWER, self._covered(), phrases.ELSEWHERE]
        related: tuple[Related, ...] = ()
        if offer:
            related = tuple(Related(h.entry.id, h.entry.question) for h in result.hits[:RELATED])
            blocks.append(f"{phrases.PERHAPS}\n\n{_listed(item.question for item in related)}")
        if is_english(text):
            blocks.append(f"*{phrases.ENGLISH_NO_ANSWER}*")
        blocks.append(f"*{phrases.DISCLAIMER}*")
        return Answer(
            kind="no_answer",
            confidence=round(result.confidence, 4),
            text="\n\n".join(blocks),
            related=related,
            alternatives=alternatives(result),
        )

    def which_entry(self, result: SearchResult, decision: Decision) -> Answer:
        """Ask which of the competing entries is meant."""
        questions = [hit.entry.question for hit, _ in decision.parts]
        return _asked_back(result, phrases.WHICH, [Choice(q, q) for q in questions])

    def which_role(self, result: SearchResult) -> Answer:
        """Ask which role the asker has."""
        labels = (phrases.AM_PROCESSOR, phrases.HAVE_PROCESSOR, phrases.UNSURE)
        return _asked_back(result, phrases.WHICH_ROLE, [Choice(label, label) for label in labels])

    def _covered(self) -> str:
        groups = dict.fromkeys(entry.group for entry in self._library.entries())
        return f"{phrases.COVERED}\n\n{_listed(groups)}"

    def _related(self, result: SearchResult, quoted: set[str]) -> tuple[Related, ...]:
        # The guidance's own cross references come first, then what the search found next.
        pointed = [ref.target for ref in result.hits[0].entry.see_also if ref.target]
        found = [hit.entry.id for hit in result.hits[1:]]
        ids = [name for name in dict.fromkeys(pointed + found) if name not in quoted]
        return tuple(Related(name, self._library.entry(name).question) for name in ids[:RELATED])


def alternatives(result: SearchResult, skip: int = 0) -> tuple[Alternative, ...]:
    """The next best entries after the first ``skip``."""
    return tuple(
        Alternative(hit.entry.id, hit.entry.question, round(hit.score, 4))
        for hit in result.hits[skip : skip + ALTERNATIVES]
    )


def _asked_back(result: SearchResult, question: str, choices: Sequence[Choice]) -> Answer:
    return Answer(
        kind="clarification",
        confidence=round(result.confidence, 4),
        text=f"{question}\n\n{_listed(choice.label for choice in choices)}",
        alternatives=alternatives(result),
        choices=tuple(choices),
    )


def _listed(items: Iterable[str]) -> str:
    return "\n".join(f"- {escape(item)}" for item in items)
