"""The question bank: ways in which people ask for each section, and for what is not covered.

One file a page, ``questions/<page id>.yaml``, maps section ids to questions (an entry's id stands
for its lead); ``questions/buiten-de-uitleg.yaml`` holds questions that the guidance leaves open.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.library import Library
from knowledge.yaml_file import read_mapping, strings

QUESTIONS = Path(__file__).parent / "questions"
OUTSIDE_FILE = "buiten-de-uitleg.yaml"
OUTSIDE_KINDS = ("near", "far", "hostile", "smalltalk")


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """A way of asking; ``target`` is a section's id, or the kind of an outside question."""

    text: str
    target: str


@dataclass(frozen=True)
class Bank:
    """Every question of the bank, those inside the guidance and those outside it."""

    inside: tuple[BankQuestion, ...]
    outside: tuple[BankQuestion, ...]

    @cached_property
    def version(self) -> str:
        """SHA-256, in hexadecimal, of all questions and targets."""
        return hashlib.sha256(repr((self.inside, self.outside)).encode()).hexdigest()


def load_bank(library: Library, folder: Path = QUESTIONS) -> Bank:
    """Read the bank of every page that has one; a page without a bank is fine.

    Raises KnowledgeError for an unknown page, section or kind, and for broken files.
    """
    inside: list[BankQuestion] = []
    outside: list[BankQuestion] = []
    pages = {page.id: page for page in library.pages}
    for path in sorted(folder.glob("*.yaml")):
        blocks = {name: strings(v, name, path) for name, v in read_mapping(path).items()}
        if path.name == OUTSIDE_FILE:
            allowed, questions = set(OUTSIDE_KINDS), outside
        elif path.stem in pages:
            entries = pages[path.stem].entries
            allowed = {section.id for entry in entries for section in entry.sections}
            questions = inside
        else:
            raise KnowledgeError("no page has this name; name the file after its page", path)
        for target, texts in blocks.items():
            if target not in allowed:
                raise KnowledgeError(f"'{target}' is not one of: {', '.join(allowed)}", path)
            questions.extend(BankQuestion(text, target) for text in texts)
    return Bank(tuple(inside), tuple(outside))
