"""Other words for the guidance's terms: read a question in the words that the guidance uses."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.yaml_file import read_mapping, strings

LEXICON = Path(__file__).parent / "lexicon.yaml"


@dataclass(frozen=True)
class Lexicon:
    """Variants (lower case) and the guidance's term for each.

    ``synonyms`` are read as the term; for ``examples`` the term is added.
    """

    synonyms: dict[str, str]
    examples: dict[str, str]

    def translate(self, text: str) -> str:
        """Replace every synonym by the guidance's term."""
        return self._synonym.sub(lambda m: self.synonyms[m.group().lower()], text)

    def terms(self, text: str) -> tuple[str, ...]:
        """Return the terms of which the text names an example, each once, in order."""
        found = (self.examples[m.group().lower()] for m in self._example.finditer(text))
        return tuple(dict.fromkeys(found))

    @cached_property
    def _synonym(self) -> re.Pattern[str]:
        return _any_of(self.synonyms)

    @cached_property
    def _example(self) -> re.Pattern[str]:
        return _any_of(self.examples)


def load_lexicon(path: Path = LEXICON) -> Lexicon:
    """Read the lexicon; KnowledgeError when a variant stands under two terms of one block."""
    blocks = read_mapping(path)
    if set(blocks) != {"synoniemen", "voorbeelden"}:
        raise KnowledgeError("must hold the blocks 'synoniemen:' and 'voorbeelden:'", path, 1)
    return Lexicon(*(_variants(blocks[name], path) for name in ("synoniemen", "voorbeelden")))


def _variants(block: object, path: Path) -> dict[str, str]:
    if not isinstance(block, dict):
        raise KnowledgeError("a block must hold 'term: [variant, …]' lines", path)
    terms: dict[str, str] = {}
    for term, variants in block.items():
        for variant in strings(variants, term, path):
            if terms.setdefault(variant.lower(), term) != term:
                raise KnowledgeError(f"'{variant}' stands under two terms", path)
    return terms


def _any_of(words: dict[str, str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    choice = "|".join(re.escape(word) for word in longest_first)
    # An empty lexicon matches nothing.
    return re.compile(rf"(?<![\w-])(?:{choice})(?![\w-])" if choice else r"(?!)", re.IGNORECASE)
