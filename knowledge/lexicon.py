"""Other words for the guidance's terms: read a question in the words that the guidance uses."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from knowledge.errors import KnowledgeError, raise_first
from knowledge.text_file import read_text
from knowledge.yaml_file import Text, inspect_mapping, line_of, strings

LEXICON = Path(__file__).parent / "lexicon.yaml"
BLOCKS = ("synoniemen", "voorbeelden")


@dataclass(frozen=True)
class Lexicon:
    """Variants (lower case) and the guidance's term for each.

    ``synonyms`` are read as the term; for ``examples`` the term is added.
    """

    synonyms: dict[str, str]
    examples: dict[str, str]

    def translate(self, text: str) -> str:
        """Replace every synonym by the guidance's term."""
        return self._synonym.sub(lambda m: _term(self.synonyms, m) or m.group(), text)

    def terms(self, text: str) -> tuple[str, ...]:
        """Return the terms of which the text names an example, each once, in order."""
        found = (_term(self.examples, match) for match in self._example.finditer(text))
        return tuple(dict.fromkeys(term for term in found if term))

    @cached_property
    def _synonym(self) -> re.Pattern[str]:
        return _any_of(self.synonyms)

    @cached_property
    def _example(self) -> re.Pattern[str]:
        return _any_of(self.examples)


def load_lexicon(path: Path = LEXICON) -> Lexicon:
    """Read the lexicon; KnowledgeError when a variant stands under two terms of one block."""
    lexicon, problems = inspect_lexicon(path)
    raise_first(problems)
    return lexicon


def inspect_lexicon(path: Path) -> tuple[Lexicon, list[KnowledgeError]]:
    """Read the lexicon; return it with everything in it that cannot be used.

    Its terms and variants are ``Text``: they know their line.
    """
    blocks, problems = inspect_mapping(read_text(path), path)
    for name in (name for name in blocks if name not in BLOCKS):
        message = f"'{name}' is not one of: {', '.join(BLOCKS)}"
        problems.append(KnowledgeError(message, path, line_of(name)))
    return Lexicon(*(_variants(blocks, name, path, problems) for name in BLOCKS)), problems


def _variants(
    blocks: dict[str, Any], name: str, path: Path, problems: list[KnowledgeError]
) -> dict[str, str]:
    block = blocks.get(name)
    if not isinstance(block, dict):
        message = f"must hold the block '{name}:' with 'term: [variant, …]' lines"
        problems.append(KnowledgeError(message, path, 1))
        return {}
    terms: dict[str, str] = {}
    for term, texts in block.items():
        try:
            if not isinstance(term, Text):
                raise KnowledgeError(f"put the term '{term}' between quotes", path)
            for text in strings(texts, term, path):
                variant = Text(text.lower(), text.line)
                if terms.setdefault(variant, term) != term:
                    message = f"'{text}' stands under two terms"
                    problems.append(KnowledgeError(message, path, text.line))
        except KnowledgeError as error:
            problems.append(error)
    return terms


def _term(terms: dict[str, str], match: re.Match[str]) -> str | None:
    # A few letters match whatever their case but have no such lower case: 'ſ' for 's'.
    return terms.get(match.group().lower())


def _any_of(words: dict[str, str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    choice = "|".join(re.escape(word) for word in longest_first)
    # An empty lexicon matches nothing.
    return re.compile(rf"(?<![\w-])(?:{choice})(?![\w-])" if choice else r"(?!)", re.IGNORECASE)
