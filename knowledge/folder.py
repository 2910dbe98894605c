"""A whole knowledge folder: read together, named by its content, copied beside its index."""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.agreement import Requirements, load_requirements
from knowledge.bank import Bank, load_bank
from knowledge.errors import KnowledgeError
from knowledge.lexicon import Lexicon, load_lexicon
from knowledge.library import Library, load_library
from knowledge.rolecheck import load_rolecheck
from knowledge.roles import NONE, Roles, load_roles
from knowledge.roletree import RoleTree

KNOWLEDGE = Path(__file__).parent
_PATTERNS = ("pages/*.md", "questions/*.yaml", "*.yaml")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the editors wrote in ``folder``; ``version`` is the SHA-256 of those files."""

    folder: Path
    version: str
    library: Library
    bank: Bank
    lexicon: Lexicon
    rolecheck: RoleTree | None
    roles: Roles
    requirements: Requirements | None


def load_knowledge(folder: Path = KNOWLEDGE) -> Knowledge:
    """Read pages, question bank, lexicon, and what there is of role check, roles and agreement.

    Raises KnowledgeError for what cannot be used in them.
    """
    version = _digest(folder)
    library = load_library(folder / "pages")
    rolecheck = folder / "rolecheck.yaml"
    roles = folder / "roles.yaml"
    agreement = folder / "agreement.yaml"
    return Knowledge(
        folder,
        version,
        library,
        load_bank(library, folder / "questions"),
        load_lexicon(folder / "lexicon.yaml"),
        load_rolecheck(library, rolecheck) if rolecheck.exists() else None,
        load_roles(library, roles) if roles.exists() else NONE,
        load_requirements(library, agreement) if agreement.exists() else None,
    )


def copy_knowledge(knowledge: Knowledge, target: Path) -> None:
    """Copy the editors' files to a new folder.

    Raises KnowledgeError when one was changed after ``knowledge`` was read, and OSError.
    """
    for path in _files(knowledge.folder):
        copy = target / path.relative_to(knowledge.folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    if _digest(target) != knowledge.version:
        raise KnowledgeError("was edited while it was read; start again", knowledge.folder)


def _files(folder: Path) -> Iterator[Path]:
    return (path for pattern in _PATTERNS for path in sorted(folder.glob(pattern)))


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in _files(folder):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()}\n{content}\n".encode())
    return digest.hexdigest()
