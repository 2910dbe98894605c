"""What a processor agreement must hold by the guidance, and clauses that say so or the opposite.

``agreement.yaml`` holds both; every requirement rests on words that stand in the guidance.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.blocks import BlockReader
from knowledge.errors import KnowledgeError
from knowledge.library import Library
from knowledge.model import Cite
from knowledge.yaml_file import Block, read_mapping, strings

AGREEMENT = Path(__file__).parent / "agreement.yaml"
_FILE = {"onderwerpen", "samen", "overig"}
_SUBJECT = {"id", "naam", "sectie", "onderdelen"}
_PART = {"id", "naam", "aanwezig"}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that the agreement must settle, and the guidance's words for it."""

    id: str
    name: str
    cite: Cite


@dataclass(frozen=True, slots=True)
class Subject:
    """One of the guidance's subjects, in parts."""

    id: str
    name: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A clause, the ids of the parts that it covers and of those that it contradicts."""

    text: str
    covers: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirements:
    """All subjects in the guidance's order, and the clauses to learn from."""

    subjects: tuple[Subject, ...]
    examples: tuple[Example, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part of every subject, in order."""
        return tuple(part for subject in self.subjects for part in subject.parts)


def load_requirements(library: Library, path: Path = AGREEMENT) -> Requirements:
    """Read the requirements that go with ``library``.

    Raises KnowledgeError, with file and line, for a name that is missing or unknown, a quote that
    does not stand in its section, an id or a clause that stands twice.
    """
    return _Reader(library, path).requirements()


class _Reader(BlockReader):
    def requirements(self) -> Requirements:
        root = read_mapping(self.path)
        self.fields(root, _FILE)
        blocks = self.listed(root, "onderwerpen")
        found = Requirements(
            tuple(self._subject(block) for block in blocks),
            (
                *(e for block in blocks for e in self._of_subject(block)),
                *(e for block in self.listed(root, "samen") for e in self._of_several(block)),
                *(Example(text) for text in strings(root["overig"], "overig", self.path)),
            ),
        )
        self._check(found)
        return found

    def _subject(self, block: Block) -> Subject:
        self.fields(block, _SUBJECT, {"citaat"})
        parts = tuple(self._part(part, block) for part in self.listed(block, "onderdelen"))
        return Subject(self.text(block, "id"), self.text(block, "naam"), parts)

    def _part(self, block: Block, subject: Block) -> Part:
        self.fields(block, _PART, {"citaat", "in-strijd"})
        quoting = block if "citaat" in block else subject
        if "citaat" not in quoting:
            raise self.error("'citaat:' is missing, here or in one of the parts", quoting)
        quote = self.text(quoting, "citaat")
        cite = self.cite(self.text(subject, "sectie"), quote, quoting)
        return Part(self.text(block, "id"), self.text(block, "naam"), cite)

    def _of_subject(self, subject: Block) -> Iterator[Example]:
        for block in self.listed(subject, "onderdelen"):
            name = self.text(block, "id")
            for text in strings(block["aanwezig"], "aanwezig", self.path):
                yield Example(text, covers=(name,))
            for text in strings(block.get("in-strijd", []), "in-strijd", self.path):
                yield Example(text, contradicts=(name,))

    def _of_several(self, block: Block) -> Iterator[Example]:
        self.fields(block, {"dekt", "clausules"}, {"in-strijd"})
        covers = strings(block["dekt"], "dekt", self.path)
        contradicts = strings(block.get("in-strijd", []), "in-strijd", self.path)
        for text in strings(block["clausules"], "clausules", self.path):
            yield Example(text, covers, contradicts)

    def _check(self, found: Requirements) -> None:
        ids = Counter(part.id for part in found.parts)
        texts = Counter(example.text for example in found.examples)
        named = {n for e in found.examples for n in (*e.covers, *e.contradicts)}
        for name in (name for name, count in ids.items() if count > 1):
            raise KnowledgeError(f"two parts have the id '{name}'; give one another", self.path)
        for text in (text for text, count in texts.items() if count > 1):
            raise KnowledgeError(f"this clause stands here twice: {text}", self.path)
        for name in sorted(named - ids.keys()):
            raise KnowledgeError(f"'{name}' is not the id of a part", self.path)
