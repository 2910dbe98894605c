"""``rolecheck.yaml`` → ``RoleTree``, checked: every quote verbatim, every path ends somewhere."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from knowledge.errors import KnowledgeError
from knowledge.library import Library
from knowledge.model import Section
from knowledge.rolegraph import check_graph
from knowledge.roletree import (
    AGREEMENTS,
    ROLES,
    Agreement,
    Cite,
    Option,
    Outcome,
    Role,
    RoleTree,
    Step,
)
from knowledge.yaml_file import Block, read_mapping, strings

ROLECHECK = Path(__file__).parent / "rolecheck.yaml"
_FILE = {"start", "aanbieden-na", "voorbehoud", "stappen", "uitkomsten"}
_CITE = {"sectie", "citaat"}
_STEP = {"vraag", "kort", "citaten", "antwoorden", "weet-niet"}
_OPTION = {"label", "naar"}
_OUTCOME = {"rol", "titel", "overeenkomst", "waarom", "vervolg"}


def load_rolecheck(library: Library, path: Path = ROLECHECK) -> RoleTree:
    """Read the role check that goes with ``library``.

    Raises KnowledgeError, with file and line, for a name that is missing or unknown, a quote that
    does not stand in its section, a question that stands twice, a step that leads nowhere, in a
    circle or is never reached.
    """
    return _Reader(library, path).tree()


class _Reader:
    def __init__(self, library: Library, path: Path) -> None:
        self._path = path
        self._library = library
        self._places = {
            section.id: (entry.id, section)
            for entry in library.entries()
            for section in entry.sections
        }

    def tree(self) -> RoleTree:
        root = read_mapping(self._path)
        self._fields(root, _FILE)
        steps, outcomes = (self._blocks(root, name) for name in ("stappen", "uitkomsten"))
        both = next((name for name in steps if name in outcomes), None)
        if both:
            raise self._error(f"'{both}' is the name of a step and of an outcome", outcomes[both])
        tree = RoleTree(
            start=self._text(root, "start"),
            offer_after=strings(root["aanbieden-na"], "aanbieden-na", self._path),
            caveat=self._cite(self._block(root, "voorbehoud")),
            steps={name: self._step(name, block) for name, block in steps.items()},
            outcomes={name: self._outcome(name, block) for name, block in outcomes.items()},
        )
        known = {entry.id for entry in self._library.entries()}
        unknown = next((name for name in tree.offer_after if name not in known), None)
        if unknown:
            raise self._error(f"'aanbieden-na' names '{unknown}', which is no entry's id", root)
        check_graph(tree, self._path)
        return tree

    def _step(self, name: str, block: Block) -> Step:
        self._fields(block, _STEP, {"hulp"})
        return Step(
            id=name,
            question=self._text(block, "vraag"),
            short=self._text(block, "kort"),
            hint=self._text(block, "hulp") if "hulp" in block else "",
            cites=self._cites(block, "citaten"),
            options=tuple(self._option(item) for item in self._list(block, "antwoorden")),
            unsure=self._text(block, "weet-niet"),
            line=block.line,
        )

    def _option(self, block: Block) -> Option:
        self._fields(block, _OPTION, {"ook"})
        wordings = strings(block.get("ook", []), "ook", self._path)
        return Option(self._text(block, "label"), wordings, self._text(block, "naar"))

    def _outcome(self, name: str, block: Block) -> Outcome:
        self._fields(block, _OUTCOME, {"hulp"})
        role = self._one_of(block, "rol", ROLES)
        return Outcome(
            id=name,
            title=self._text(block, "titel"),
            hint=self._text(block, "hulp") if "hulp" in block else "",
            role=cast(Role, role),
            agreement=cast(Agreement, self._one_of(block, "overeenkomst", AGREEMENTS)),
            why=self._cites(block, "waarom"),
            advice=self._cites(block, "vervolg", may_be_empty=role == "niet-te-zeggen"),
            line=block.line,
        )

    def _cites(self, block: Block, name: str, *, may_be_empty: bool = False) -> tuple[Cite, ...]:
        cites = tuple(self._cite(item) for item in self._list(block, name))
        if not cites and not may_be_empty:
            raise self._error(f"'{name}' needs a quote that this rests on", block)
        return cites

    def _cite(self, block: Block) -> Cite:
        self._fields(block, _CITE)
        section_id, quote = self._text(block, "sectie"), self._text(block, "citaat")
        if section_id not in self._places:
            raise self._error(f"'{section_id}' is no section of the guidance", block)
        entry_id, section = self._places[section_id]
        start = _find(quote, section)
        if start is None:
            raise self._error(f"this quote does not stand so in '{section_id}': {quote}", block)
        return Cite(entry_id, section_id, quote, start, start + len(quote))

    def _blocks(self, root: Block, name: str) -> Mapping[str, Block]:
        block = self._block(root, name)
        return {key: self._block(block, key) for key in block}

    def _block(self, block: Block, name: str) -> Block:
        if not isinstance(block[name], Block):
            raise self._error(f"'{name}' must hold 'name: value' lines", block)
        return cast(Block, block[name])

    def _list(self, block: Block, name: str) -> list[Block]:
        items = block[name]
        if not isinstance(items, list) or not all(isinstance(item, Block) for item in items):
            raise self._error(f"'{name}' must be a list of '- name: value' blocks", block)
        return items

    def _text(self, block: Block, name: str) -> str:
        value: Any = block[name]
        if not isinstance(value, str) or not value.strip():
            raise self._error(f"'{name}' must be a text", block)
        return " ".join(value.split())

    def _one_of(self, block: Block, name: str, allowed: tuple[str, ...]) -> str:
        value = self._text(block, name)
        if value not in allowed:
            raise self._error(f"'{name}: {value}' is not one of: {', '.join(allowed)}", block)
        return value

    def _fields(
        self, block: Block, needed: set[str], allowed: frozenset[str] | set[str] = frozenset()
    ) -> None:
        for name in sorted(needed - block.keys()):
            raise self._error(f"'{name}:' is missing here", block)
        for name in sorted(block.keys() - needed - allowed):
            raise self._error(f"'{name}:' is not known here; is it spelled right?", block)

    def _error(self, message: str, block: Block) -> KnowledgeError:
        return KnowledgeError(message, self._path, block.line)


def _find(quote: str, section: Section) -> int | None:
    for passage in section.passages:
        if quote in passage.text:
            return passage.start + passage.text.index(quote)
    return None
