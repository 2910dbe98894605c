"""For whom each entry is written: editors' data in ``roles.yaml``."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args

from knowledge.errors import KnowledgeError
from knowledge.library import Library
from knowledge.yaml_file import read_mapping, strings

Role = Literal["verwerker", "verwerkingsverantwoordelijke"]
ROLES: tuple[Role, ...] = get_args(Role)
FILE = Path(__file__).parent / "roles.yaml"


def load_roles(library: Library, path: Path = FILE) -> Mapping[str, Role]:
    """Return the role of each entry that has one, by entry id.

    Raises KnowledgeError for an unknown role or entry, and for an entry under both roles.
    """
    blocks = read_mapping(path)
    found: dict[str, Role] = {}
    known = {entry.id for entry in library.entries()}
    if set(blocks) != set(ROLES):
        raise KnowledgeError(f"must hold the blocks {' and '.join(ROLES)}", path, 1)
    for role in ROLES:
        for entry_id in strings(blocks[role], role, path):
            if entry_id not in known:
                raise KnowledgeError(f"'{entry_id}' is no entry's id", path, entry_id.line)
            if entry_id in found:
                raise KnowledgeError(
                    f"'{entry_id}' stands under both roles; keep one", path, entry_id.line
                )
            found[str(entry_id)] = role
    return found
