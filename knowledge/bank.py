"""The question bank: ways in which people ask for each section, and for what is not covered.

One file a page, ``questions/<page id>.yaml``, maps section ids to questions (an entry's id stands
for its lead); ``questions/buiten-de-uitleg.yaml`` holds questions that the guidance leaves open.
"""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.errors import KnowledgeError, raise_first
from knowledge.library import Library
from knowledge.text_file import read_text
from knowledge.yaml_file import inspect_mapping, line_of, strings

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

    def without(self, targets: Collection[str]) -> "Bank":
        """Return the questions for all other targets."""
        inside = tuple(q for q in self.inside if q.target not in targets)
        return Bank(inside, tuple(q for q in self.outside if q.target not in targets))


def load_bank(library: Library, folder: Path = QUESTIONS) -> Bank:
    """Read the bank of every page that has one; a page without a bank is fine.

    Raises KnowledgeError for an unknown page, section or kind, and for broken files.
    """
    bank, problems = inspect_bank(library, folder)
    raise_first(problems)
    return bank


def inspect_bank(library: Library, folder: Path) -> tuple[Bank, list[KnowledgeError]]:
    """Read the bank; return it with everything in it that cannot be used."""
    inside: list[BankQuestion] = []
    outside: list[BankQuestion] = []
    problems: list[KnowledgeError] = []
    for path in sorted(folder.glob("*.yaml")):
        questions = outside if path.name == OUTSIDE_FILE else inside
        try:
            questions.extend(_questions(path, library, problems))
        except KnowledgeError as error:
            problems.append(error)
    return Bank(tuple(inside), tuple(outside)), problems


def _questions(
    path: Path, library: Library, problems: list[KnowledgeError]
) -> Iterator[BankQuestion]:
    targets = _targets(path, library)
    blocks, twice = inspect_mapping(read_text(path), path)
    problems.extend(twice)
    for target, block in blocks.items():
        try:
            if target not in targets:
                known = ", ".join(targets)
                raise KnowledgeError(f"'{target}' is not one of: {known}", path, line_of(target))
            for text in strings(block, target, path):
                yield BankQuestion(str(text), str(target))
        except KnowledgeError as error:
            problems.append(error)


def _targets(path: Path, library: Library) -> tuple[str, ...]:
    """What the questions of this file can be about: section ids, or the outside kinds."""
    if path.name == OUTSIDE_FILE:
        return OUTSIDE_KINDS
    for page in library.pages:
        if page.id == path.stem:
            return tuple(s.id for entry in page.entries for s in entry.sections)
    raise KnowledgeError("no page has this name; name the file after its page", path)
