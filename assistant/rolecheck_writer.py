"""Writes a step or an outcome of the role check as an ``Answer``, each claim with its citation."""

from collections.abc import Iterable, Iterator

from assistant import phrases
from assistant.answer import Answer, Choice, Related
from assistant.composer import Quotes, escape
from knowledge.library import Library
from knowledge.model import Cite
from knowledge.roletree import Outcome, RoleTree, Step

# The steps that were answered, each with the number of its answer, counted from 0; the number
# after the last option's stands for "weet ik niet".
Walk = tuple[tuple[Step, int], ...]


def labels(step: Step) -> tuple[str, ...]:
    """What can be answered to this step, in the order of ``step.targets``."""
    return (*(option.label for option in step.options), phrases.UNSURE)


class RoleCheckWriter:
    """Writes for one tree over one library."""

    def __init__(self, tree: RoleTree, library: Library) -> None:
        self._tree = tree
        self._library = library

    def step(self, step: Step, path: Walk, *, note: str = "", full: bool = False) -> Answer:
        """Ask one question; ``full`` quotes the whole sections that it rests on."""
        quotes = Quotes(self._library)
        options = "\n".join(f"{n}. {escape(label)}" for n, label in enumerate(labels(step), 1))
        quoted = (self._sections if full else self._quoted)(quotes, step.cites)
        blocks = (
            escape(note),
            f"*{phrases.ROLECHECK_STEP.format(number=len(path) + 1)}*",
            f"**{escape(step.question)}**",
            escape(step.hint),
            options,
            f"{phrases.ROLECHECK_SAYS} {next(quoted)}",
            *quoted,
            phrases.ROLECHECK_COMMANDS,
            quotes.sources(),
        )
        commands = (phrases.EXPLAIN, *((phrases.BACK,) if path else ()), phrases.STOP)
        return Answer(
            kind="clarification",
            confidence=1.0,
            text=_joined(blocks),
            citations=tuple(quotes.citations),
            choices=_choices((*labels(step), *commands)),
        )

    def outcome(self, outcome: Outcome, path: Walk) -> Answer:
        """Close the check: role, reasons, what to do, the answers given, and the caveat."""
        quotes = Quotes(self._library)
        unknown = outcome.role == "niet-te-zeggen"
        blocks = (
            f"**{escape(outcome.title)}**",
            escape(outcome.hint),
            _unsure_about(path),
            f"*{phrases.ROLECHECK_WHY}*",
            *self._quoted(quotes, outcome.why),
            f"*{phrases.ROLECHECK_NEXT}*",
            f"**{phrases.ROLECHECK_AGREEMENT[outcome.agreement]}**",
            *self._quoted(quotes, outcome.advice),
            phrases.ELSEWHERE if unknown else "",
            *self._recap(quotes, path),
            f"*{phrases.ROLECHECK_CAVEAT}*",
            *self._quoted(quotes, (self._tree.caveat,)),
            quotes.sources(),
            f"*{phrases.DISCLAIMER}*",
        )
        return Answer(
            kind="answer",
            confidence=1.0,
            text=_joined(blocks),
            citations=tuple(quotes.citations),
            related=self._related(outcome),
            choices=_choices((*((phrases.BACK,) if path else ()), phrases.ROLECHECK_AGAIN)),
        )

    def _recap(self, quotes: Quotes, path: Walk) -> Iterator[str]:
        if not path:
            return
        yield f"*{phrases.ROLECHECK_ANSWERS}*"
        yield "\n".join(
            f"- {escape(step.short)}: {escape(labels(step)[number])} "
            + " ".join(f"[{self._cite(quotes, cite)}]" for cite in step.cites)
            for step, number in path
        )

    def _related(self, outcome: Outcome) -> tuple[Related, ...]:
        ids = dict.fromkeys(cite.entry_id for cite in outcome.advice)
        return tuple(Related(name, self._library.entry(name).question) for name in ids)

    def _quoted(self, quotes: Quotes, cites: Iterable[Cite]) -> Iterator[str]:
        for cite in cites:
            yield f"“{escape(cite.quote)}” [{self._cite(quotes, cite)}]"

    def _sections(self, quotes: Quotes, cites: Iterable[Cite]) -> Iterator[str]:
        for entry_id, section_id in dict.fromkeys((c.entry_id, c.section_id) for c in cites):
            entry = self._library.entry(entry_id)
            section = entry.section(section_id)
            for passage in section.passages:
                number = quotes.cite(entry, section, passage.text, passage.start, passage.end)
                yield f"“{escape(passage.text)}” [{number}]"

    def _cite(self, quotes: Quotes, cite: Cite) -> int:
        entry = self._library.entry(cite.entry_id)
        section = entry.section(cite.section_id)
        return quotes.cite(entry, section, cite.quote, cite.start, cite.end)


def _unsure_about(path: Walk) -> str:
    subjects = [step.short for step, number in path if number == len(step.options)]
    return escape(phrases.ROLECHECK_UNSURE.format(subjects=", ".join(subjects))) if subjects else ""


def _joined(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in blocks if block)


def _choices(labels: Iterable[str]) -> tuple[Choice, ...]:
    return tuple(Choice(label, label) for label in labels)
