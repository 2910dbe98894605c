"""``rolecheck.yaml`` → ``RoleTree``, checked: every quote verbatim, every path ends somewhere."""

from pathlib import Path
from typing import cast

from knowledge.blocks import BlockReader
from knowledge.library import Library
from knowledge.model import Cite
from knowledge.rolegraph import check_graph
from knowledge.roletree import (
    AGREEMENTS,
    ROLES,
    Agreement,
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


class _Reader(BlockReader):
    def __init__(self, library: Library, path: Path) -> None:
        super().__init__(library, path)
        self._library = library

    def tree(self) -> RoleTree:
        root = read_mapping(self.path)
        self.fields(root, _FILE)
        steps, outcomes = (self.blocks(root, name) for name in ("stappen", "uitkomsten"))
        both = next((name for name in steps if name in outcomes), None)
        if both:
            raise self.error(f"'{both}' is the name of a step and of an outcome", outcomes[both])
        tree = RoleTree(
            start=self.text(root, "start"),
            offer_after=strings(root["aanbieden-na"], "aanbieden-na", self.path),
            caveat=self._cite(self.block(root, "voorbehoud")),
            steps={name: self._step(name, block) for name, block in steps.items()},
            outcomes={name: self._outcome(name, block) for name, block in outcomes.items()},
        )
        known = {entry.id for entry in self._library.entries()}
        unknown = next((name for name in tree.offer_after if name not in known), None)
        if unknown:
            raise self.error(f"'aanbieden-na' names '{unknown}', which is no entry's id", root)
        check_graph(tree, self.path)
        return tree

    def _step(self, name: str, block: Block) -> Step:
        self.fields(block, _STEP, {"hulp"})
        return Step(
            id=name,
            question=self.text(block, "vraag"),
            short=self.text(block, "kort"),
            hint=self.text(block, "hulp") if "hulp" in block else "",
            cites=self._cites(block, "citaten"),
            options=tuple(self._option(item) for item in self.listed(block, "antwoorden")),
            unsure=self.text(block, "weet-niet"),
            line=block.line,
        )

    def _option(self, block: Block) -> Option:
        self.fields(block, _OPTION, {"ook"})
        wordings = strings(block.get("ook", []), "ook", self.path)
        return Option(self.text(block, "label"), wordings, self.text(block, "naar"))

    def _outcome(self, name: str, block: Block) -> Outcome:
        self.fields(block, _OUTCOME, {"hulp"})
        role = self.one_of(block, "rol", ROLES)
        return Outcome(
            id=name,
            title=self.text(block, "titel"),
            hint=self.text(block, "hulp") if "hulp" in block else "",
            role=cast(Role, role),
            agreement=cast(Agreement, self.one_of(block, "overeenkomst", AGREEMENTS)),
            why=self._cites(block, "waarom"),
            advice=self._cites(block, "vervolg", may_be_empty=role == "niet-te-zeggen"),
            line=block.line,
        )

    def _cites(self, block: Block, name: str, *, may_be_empty: bool = False) -> tuple[Cite, ...]:
        cites = tuple(self._cite(item) for item in self.listed(block, name))
        if not cites and not may_be_empty:
            raise self.error(f"'{name}' needs a quote that this rests on", block)
        return cites

    def _cite(self, block: Block) -> Cite:
        self.fields(block, _CITE)
        return self.cite(self.text(block, "sectie"), self.text(block, "citaat"), block)
