"""A folder that is written once, sealed with checksums, and checked whenever it is opened."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from index.errors import StoreError

_MANIFEST = "manifest.json"


def seal(folder: Path, manifest: Mapping[str, Any]) -> Mapping[str, Any]:
    """Add ``manifest.json`` with the checksum of every file and bring all of it to the disk.

    Returns the manifest as written. Raises OSError.
    """
    sums = {path.relative_to(folder).as_posix(): _digest(path) for path in _files(folder)}
    sealed = {**manifest, "files": sums}
    (folder / _MANIFEST).write_text(json.dumps(sealed, indent=1, sort_keys=True) + "\n")
    for path in (*folder.rglob("*"), folder):
        sync(path)
    return sealed


def unseal(folder: Path) -> Mapping[str, Any]:
    """Return the manifest; StoreError when a file is missing, cut short or changed."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        sums = dict(manifest["files"])
        damaged = [name for name, digest in sums.items() if _digest(folder / name) != digest]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"the index in '{folder}' is incomplete: {error}") from error
    if damaged:
        raise StoreError(f"the index in '{folder}' is damaged: {', '.join(damaged)}")
    return dict(manifest)


def sync(path: Path) -> None:
    """Bring a file or folder to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
