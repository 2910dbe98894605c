"""Versions of an index on disk: written whole, checked by checksum, swapped in atomically.

Layout of a root folder: ``versions/<name>/`` with the files and their ``manifest.json``, and
``current``, a small file with the name of the version in use, and "pinned" after it once a person
has gone back. A reader sees the old version or the new one, never a mixture: files are complete
and synced before ``current`` is replaced.
"""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from index.errors import StoreError
from index.sealed import seal, sync, unseal

KEEP = 3
_PINNED = "pinned"
_NEW = ".new-"


@dataclass(frozen=True, slots=True)
class Version:
    """One complete, checked version; ``manifest`` is what its builder wrote."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def name(self) -> str:
        """A number that counts up, and the beginning of the content's hash."""
        return self.folder.name


@dataclass(frozen=True, slots=True)
class Pointer:
    """What ``current`` says: a version's name, and whether a person went back to it."""

    name: str
    is_pinned: bool


class VersionFolder:
    """The versions under one root folder.

    ``discard`` is called with the folder of a version that is about to be removed.
    """

    def __init__(self, root: Path, discard: Callable[[Path], None] | None = None) -> None:
        self.root = root
        self._versions = root / "versions"
        self._pointer = root / "current"
        self._discard = discard

    def pointer(self) -> Pointer | None:
        """Read ``current``, unchecked; None when there is none yet. StoreError when unreadable."""
        try:
            name, *rest = self._pointer.read_text(encoding="utf-8").split() or [""]
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"'{self._pointer}' cannot be read: {error}") from error
        return Pointer(name, rest == [_PINNED])

    def current(self) -> Version | None:
        """Return the version in use, or None when there is none yet.

        Raises StoreError when it is incomplete or damaged: build it anew.
        """
        pointer = self.pointer()
        return self.version(pointer.name) if pointer else None

    def version(self, name: str) -> Version:
        """Return a version by its name; StoreError when it is incomplete or damaged."""
        if name not in self.names():
            raise StoreError(f"there is no version '{name}' in '{self._versions}'")
        return Version(self._versions / name, unseal(self._versions / name))

    def names(self) -> list[str]:
        """The versions that are kept, oldest first."""
        if not self._versions.is_dir():
            return []
        return sorted(p.name for p in self._versions.iterdir() if not p.name.startswith("."))

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other builders waiting; a folder that cannot be written to is not locked."""
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(OSError):
                self.root.mkdir(parents=True, exist_ok=True)
                stack.enter_context(FileLock(self.root / "lock"))
            yield

    def publish(
        self,
        manifest: Mapping[str, Any],
        write: Callable[[Path], None],
        *,
        pinned: bool = False,
    ) -> Version:
        """Let ``write`` fill a new folder, seal it with checksums, and make it the current one.

        Call it ``locked``. Raises StoreError when the disk does not allow it; the old version then
        stays in use.
        """
        try:
            self._versions.mkdir(parents=True, exist_ok=True)
            self._clear()
            work = Path(tempfile.mkdtemp(prefix=_NEW, dir=self._versions))
            try:
                write(work)
                sealed = seal(work, manifest)
                folder = self._versions / self._name(sealed)
                work.replace(folder)
                sync(self._versions)
            finally:
                shutil.rmtree(work, ignore_errors=True)
            self._point_to(Pointer(folder.name, pinned))
            self._prune()
        except OSError as error:
            raise StoreError(f"cannot write an index in '{self.root}': {error}") from error
        return Version(folder, sealed)

    def roll_back(self) -> str:
        """Pin the version before the current one and return its name.

        Raises StoreError when there is none, or when it is damaged.
        """
        with self.locked():
            pointer = self.pointer()
            earlier = [name for name in self.names() if pointer and name < pointer.name]
            if not earlier:
                raise StoreError(f"'{self.root}' holds no earlier version to go back to")
            name = self.version(earlier[-1]).name
            self._repoint(Pointer(name, is_pinned=True))
            return name

    def unpin(self) -> None:
        """Let the current version be replaced again when the knowledge changes."""
        with self.locked():
            pointer = self.pointer()
            if pointer and pointer.is_pinned:
                self._repoint(Pointer(pointer.name, is_pinned=False))

    def _repoint(self, pointer: Pointer) -> None:
        try:
            self._point_to(pointer)
        except OSError as error:
            raise StoreError(f"cannot write '{self._pointer}': {error}") from error

    def _name(self, sealed: Mapping[str, Any]) -> str:
        number = max((int(name.split("-")[0]) for name in self.names()), default=0) + 1
        digest = hashlib.sha256(json.dumps(sealed, sort_keys=True).encode()).hexdigest()
        return f"{number:06d}-{digest[:10]}"

    def _point_to(self, pointer: Pointer) -> None:
        handle, temporary = tempfile.mkstemp(prefix=_NEW, dir=self.root)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(f"{pointer.name} {_PINNED}\n" if pointer.is_pinned else pointer.name)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(self._pointer)
            sync(self.root)
        finally:
            Path(temporary).unlink(missing_ok=True)

    def _clear(self) -> None:
        # Only one builder is here at a time, so what is unfinished was left by one that was killed.
        for path in self._versions.glob(f"{_NEW}*"):
            shutil.rmtree(path, ignore_errors=True)
        for path in self.root.glob(f"{_NEW}*"):
            path.unlink(missing_ok=True)

    def _prune(self) -> None:
        for name in self.names()[:-KEEP]:
            if self._discard:
                self._discard(self._versions / name)
            shutil.rmtree(self._versions / name, ignore_errors=True)
