"""Versions of an index on disk: written whole, checked by checksum, swapped in atomically.

Layout of a root folder: ``versions/<name>/`` with the files and their ``manifest.json``, and
``current``, a small file that holds the name of the version in use. A reader sees the old version
or the new one, never a mixture: files are complete and synced before ``current`` is replaced.
"""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import StoreError

KEEP = 3
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Version:
    """One complete, checked version; ``manifest`` is what its builder wrote."""

    folder: Path
    manifest: Mapping[str, Any]


class VersionFolder:
    """The versions under one root folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._versions = root / "versions"
        self._pointer = root / "current"

    def current(self) -> Version | None:
        """Return the version in use, or None when there is none yet.

        Raises StoreError when it is incomplete or damaged: build it anew.
        """
        try:
            name = self._pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"'{self._pointer}' cannot be read: {error}") from error
        folder = self._versions / name
        try:
            manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
            sums = dict(manifest["files"])
            damaged = [file for file, digest in sums.items() if _digest(folder / file) != digest]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(f"the index in '{folder}' is incomplete: {error}") from error
        if damaged:
            raise StoreError(f"the index in '{folder}' is damaged: {', '.join(damaged)}")
        return Version(folder, manifest)

    def publish(self, manifest: Mapping[str, Any], write: Callable[[Path], None]) -> Version:
        """Let ``write`` fill a new folder, seal it with checksums, and make it the current one.

        Raises StoreError when the disk does not allow it; the old version then stays in use.
        """
        try:
            self._versions.mkdir(parents=True, exist_ok=True)
            work = Path(tempfile.mkdtemp(prefix=".new-", dir=self._versions))
        except OSError as error:
            raise StoreError(f"cannot write an index in '{self._root}': {error}") from error
        try:
            write(work)
            sums = {path.name: _digest(path) for path in sorted(work.iterdir())}
            sealed = {**manifest, "files": sums}
            (work / _MANIFEST).write_text(json.dumps(sealed, indent=1, sort_keys=True) + "\n")
            for path in work.iterdir():
                _sync(path)
            folder = self._versions / self._name(sealed)
            work.replace(folder)
            self._point_to(folder.name)
        except OSError as error:
            raise StoreError(f"cannot write an index in '{self._root}': {error}") from error
        finally:
            shutil.rmtree(work, ignore_errors=True)
        self._prune()
        return Version(folder, sealed)

    def names(self) -> list[str]:
        """The versions that are kept, oldest first."""
        if not self._versions.is_dir():
            return []
        return sorted(p.name for p in self._versions.iterdir() if not p.name.startswith("."))

    def roll_back(self) -> str:
        """Make the version before the current one current again and return its name.

        Raises StoreError when there is none.
        """
        current = self._pointer.read_text(encoding="utf-8").strip() if self.names() else ""
        earlier = [name for name in self.names() if name < current]
        if not earlier:
            raise StoreError(f"'{self._root}' holds no earlier version to go back to")
        self._point_to(earlier[-1])
        return earlier[-1]

    def _name(self, sealed: Mapping[str, Any]) -> str:
        number = max((int(name.split("-")[0]) for name in self.names()), default=0) + 1
        digest = hashlib.sha256(json.dumps(sealed, sort_keys=True).encode()).hexdigest()
        return f"{number:06d}-{digest[:10]}"

    def _point_to(self, name: str) -> None:
        handle, temporary = tempfile.mkstemp(prefix=".current-", dir=self._root)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(name + "\n")
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(self._pointer)
            _sync(self._root)
        finally:
            with contextlib.suppress(FileNotFoundError):
                Path(temporary).unlink()

    def _prune(self) -> None:
        current = self._pointer.read_text(encoding="utf-8").strip()
        for name in self.names()[:-KEEP]:
            if name != current:
                shutil.rmtree(self._versions / name, ignore_errors=True)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
