"""For whom the guidance is written: editors' data in ``roles.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from knowledge.blocks import BlockReader
from knowledge.errors import KnowledgeError
from knowledge.library import Library
from knowledge.yaml_file import Block, read_mapping, strings

Role = Literal["verwerker", "verwerkingsverantwoordelijke"]
ROLES: tuple[Role, ...] = get_args(Role)
COUNTERPARTS = "tegenhangers"
FILE = Path(__file__).parent / "roles.yaml"


@dataclass(frozen=True, slots=True)
class Roles:
    """``entries`` gives the role of each entry that has one; ``pairs`` holds the sections that say
    the same thing to each role, by role."""

    entries: Mapping[str, Role]
    pairs: tuple[Mapping[Role, str], ...]

    def counterpart(self, section_id: str, role: Role) -> str | None:
        """Return the section that says to ``role`` what this one says to the other role."""
        for pair in self.pairs:
            if section_id in pair.values() and pair[role] != section_id:
                return pair[role]
        return None

    def role_of(self, section_id: str) -> Role | None:
        """Return for whom a section is: as half of a pair, else as its entry."""
        found = (role for pair in self.pairs for role in ROLES if pair[role] == section_id)
        return next(found, self.entries.get(section_id.split("/", maxsplit=1)[0]))


NONE = Roles({}, ())


def other(role: Role) -> Role:
    """Return the role that the other party has."""
    return "verwerkingsverantwoordelijke" if role == "verwerker" else "verwerker"


def load_roles(library: Library, path: Path = FILE) -> Roles:
    """Read for whom entries and sections are.

    Raises KnowledgeError for an unknown role, entry or section, and for an entry under both roles.
    """
    root = read_mapping(path)
    reader = BlockReader(library, path)
    reader.fields(root, {*ROLES, COUNTERPARTS})
    sections = tuple(section.id for _, section, _ in library.places())
    pairs = []
    for block in reader.listed(root, COUNTERPARTS):
        reader.fields(block, set(ROLES))
        pairs.append({role: reader.one_of(block, role, sections) for role in ROLES})
    return Roles(_entries(root, library, path), tuple(pairs))


def _entries(root: Block, library: Library, path: Path) -> Mapping[str, Role]:
    found: dict[str, Role] = {}
    known = {entry.id for entry in library.entries()}
    for role in ROLES:
        for entry_id in strings(root[role], role, path):
            if entry_id not in known:
                raise KnowledgeError(f"'{entry_id}' is no entry's id", path, entry_id.line)
            if entry_id in found:
                raise KnowledgeError(
                    f"'{entry_id}' stands under both roles; keep one", path, entry_id.line
                )
            found[str(entry_id)] = role
    return found
