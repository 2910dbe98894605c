"""Reads the blocks of an editors' file: names that must be there, texts, lists, verbatim quotes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from knowledge.errors import KnowledgeError
from knowledge.library import Library
from knowledge.model import Cite, Section
from knowledge.yaml_file import Block


class BlockReader:
    """Reads one file that quotes ``library``; every KnowledgeError names the file and the line."""

    def __init__(self, library: Library, path: Path) -> None:
        self.path = path
        self._places = {
            section.id: (entry.id, section)
            for entry in library.entries()
            for section in entry.sections
        }

    def cite(self, section_id: str, quote: str, block: Block) -> Cite:
        """Find a quote in its section; KnowledgeError when it does not stand there so."""
        if section_id not in self._places:
            raise self.error(f"'{section_id}' is no section of the guidance", block)
        entry_id, section = self._places[section_id]
        start = _find(quote, section)
        if start is None:
            raise self.error(f"this quote does not stand so in '{section_id}': {quote}", block)
        return Cite(entry_id, section_id, quote, start, start + len(quote))

    def blocks(self, root: Block, name: str) -> Mapping[str, Block]:
        """Return the mapping of blocks that stands under ``name``."""
        block = self.block(root, name)
        return {key: self.block(block, key) for key in block}

    def block(self, block: Block, name: str) -> Block:
        """Return the block that stands under ``name``."""
        if not isinstance(block[name], Block):
            raise self.error(f"'{name}' must hold 'name: value' lines", block)
        return cast(Block, block[name])

    def listed(self, block: Block, name: str) -> list[Block]:
        """Return the list of blocks that stands under ``name``."""
        items = block[name]
        if not isinstance(items, list) or not all(isinstance(item, Block) for item in items):
            raise self.error(f"'{name}' must be a list of '- name: value' blocks", block)
        return items

    def text(self, block: Block, name: str) -> str:
        """Return the text that stands under ``name``, with single spaces."""
        value: Any = block[name]
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"'{name}' must be a text", block)
        return " ".join(value.split())

    def one_of(self, block: Block, name: str, allowed: tuple[str, ...]) -> str:
        """Return the text under ``name``, which must be one of ``allowed``."""
        value = self.text(block, name)
        if value not in allowed:
            raise self.error(f"'{name}: {value}' is not one of: {', '.join(allowed)}", block)
        return value

    def fields(
        self, block: Block, needed: set[str], allowed: frozenset[str] | set[str] = frozenset()
    ) -> None:
        """Check that a block holds the names that are needed, and none but the allowed ones."""
        for name in sorted(needed - block.keys()):
            raise self.error(f"'{name}:' is missing here", block)
        for name in sorted(block.keys() - needed - allowed):
            raise self.error(f"'{name}:' is not known here; is it spelled right?", block)

    def error(self, message: str, block: Block) -> KnowledgeError:
        """Make an error that names the file and where the block begins."""
        return KnowledgeError(message, self.path, block.line)


def _find(quote: str, section: Section) -> int | None:
    for passage in section.passages:
        if quote in passage.text:
            return passage.start + passage.text.index(quote)
    return None
