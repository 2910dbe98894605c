"""The index on disk: built once, changed without a rebuild, whole whatever happens to it."""

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from small import ENTRIES, TinyModel, builder, opening, tiny_encoder, write_page

from index.build import Builder, default_folder
from index.errors import StoreError
from index.stores.faiss_store import FaissBackend
from index.stores.milvus_store import MilvusBackend
from index.versions import KEEP, VersionFolder
from knowledge.errors import KnowledgeError
from knowledge.folder import load_knowledge

EDITED = {**ENTRIES, "Wat is een boot?": "Een boot vaart op het water."}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_page(tmp_path / "knowledge")
    return tmp_path / "knowledge"


@pytest.fixture
def versions(tmp_path: Path) -> VersionFolder:
    return VersionFolder(tmp_path / "cache")


def test_opens_what_was_built_without_embedding_or_writing(
    folder: Path, versions: VersionFolder
) -> None:
    model = TinyModel()
    built = builder(folder, model).open(versions)
    again = builder(folder, model).open(versions)
    assert len(model.seen) == len(built.items)
    assert versions.names() == [built.version] == [again.version]
    assert np.array_equal(built.vectors, again.vectors)


def test_editing_a_sentence_embeds_its_passage_and_nothing_else(
    folder: Path, versions: VersionFolder
) -> None:
    builder(folder, TinyModel()).open(versions)
    write_page(folder, EDITED)
    model = TinyModel()
    index = builder(folder, model).open(versions)
    sentence = EDITED["Wat is een boot?"]
    assert sorted(model.seen) == [sentence, f"Wat is een boot?\n{sentence}"]
    whole = builder(folder, TinyModel()).open(VersionFolder(versions.root.parent / "anew"))
    assert np.array_equal(index.vectors, whole.vectors)


def test_taking_an_edit_back_embeds_nothing(folder: Path, versions: VersionFolder) -> None:
    for entries in (ENTRIES, EDITED):
        write_page(folder, entries)
        builder(folder, TinyModel()).open(versions)
    write_page(folder, ENTRIES)
    model = TinyModel()
    builder(folder, model).open(versions)
    assert model.seen == []


def test_another_model_embeds_everything_anew(folder: Path, versions: VersionFolder) -> None:
    builder(folder, TinyModel()).open(versions)
    knowledge, model = load_knowledge(folder), TinyModel()
    encoder = tiny_encoder(model, "another")
    index = Builder(knowledge, knowledge.bank, encoder, FaissBackend()).open(versions)
    assert len(model.seen) == len(index.items)


def test_keeps_the_last_versions_only(folder: Path, versions: VersionFolder) -> None:
    for number in range(KEEP + 2):
        write_page(folder, {**ENTRIES, "Hoeveel?": f"Het zijn er {number}."})
        builder(folder, TinyModel()).open(versions)
    assert len(versions.names()) == KEEP


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.write_bytes(b"\x93NUMPY garbage")


@pytest.mark.parametrize("damage", [flipped, truncated, emptied, garbage, Path.unlink])
@pytest.mark.parametrize(
    "name",
    [
        "vectors.npy",
        "vectors.faiss",
        "keys.json",
        "manifest.json",
        "knowledge/pages/pagina.md",
        "knowledge/lexicon.yaml",
    ],
)
def test_damaged_file_is_named_and_the_index_built_anew(
    folder: Path,
    versions: VersionFolder,
    caplog: pytest.LogCaptureFixture,
    damage: Callable[[Path], None],
    name: str,
) -> None:
    built = builder(folder, TinyModel()).open(versions)
    vectors = np.array(built.vectors)
    damage(versions.root / "versions" / str(built.version) / name)
    again = builder(folder, TinyModel()).open(versions)
    assert "built anew" in caplog.text
    assert str(versions.root) in caplog.text
    assert again.version != built.version
    assert np.array_equal(again.vectors, vectors)
    caplog.clear()
    assert builder(folder, TinyModel()).open(versions).version == again.version
    assert caplog.text == ""


@pytest.mark.parametrize("content", [b"", b"../../elsewhere", b"000009-gone\n", b"\xff\xfe"])
def test_damaged_pointer_is_named_and_the_index_built_anew(
    folder: Path, versions: VersionFolder, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    builder(folder, TinyModel()).open(versions)
    (versions.root / "current").write_bytes(content)
    model = TinyModel()
    index = builder(folder, model).open(versions)
    assert "built anew" in caplog.text
    current = versions.current()
    assert current is not None
    assert current.name == index.version
    assert model.seen == []


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB of its own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(disk)]
    mounted = subprocess.run(command, check=False, capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"mounting a small disk needs root: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def assert_works_in_memory(folder: Path, cache: Path, log: pytest.LogCaptureFixture) -> None:
    index = builder(folder, TinyModel()).open(VersionFolder(cache))
    assert index.version is None
    assert "in memory only" in log.text
    assert str(cache) in log.text
    assert index.store.search(np.asarray(index.vectors[:1]), 1)[1].tolist() == [[0]]


@pytest.mark.parametrize("free_pages", range(7))
def test_full_disk_gives_an_index_in_memory(
    folder: Path, tiny_disk: Path, caplog: pytest.LogCaptureFixture, free_pages: int
) -> None:
    (tiny_disk / "others").write_bytes(bytes(4_096 * (16 - free_pages)))
    assert_works_in_memory(folder, tiny_disk / "cache", caplog)
    (tiny_disk / "others").unlink()
    versions = VersionFolder(tiny_disk / "cache")
    assert builder(folder, TinyModel()).open(versions).version in versions.names()


def test_full_disk_leaves_the_old_version_in_use(
    folder: Path, tiny_disk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    versions = VersionFolder(tiny_disk)
    old = builder(folder, TinyModel()).open(versions).version
    free = shutil.disk_usage(tiny_disk).free
    (tiny_disk / "others").write_bytes(bytes(free - 4_096))
    write_page(folder, EDITED)
    assert_works_in_memory(folder, tiny_disk, caplog)
    current = versions.current()
    assert current is not None
    assert current.name == old


def test_read_only_folder_gives_an_index_in_memory(
    folder: Path, tiny_disk: Path, caplog: pytest.LogCaptureFixture
) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)
    assert_works_in_memory(folder, tiny_disk / "cache", caplog)


def test_file_in_the_folders_place_gives_an_index_in_memory(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cache").write_text("in the way")
    assert_works_in_memory(folder, tmp_path / "cache", caplog)


def test_builders_wait_for_each_other(folder: Path, versions: VersionFolder) -> None:
    model = TinyModel()

    def build() -> None:
        builder(folder, model).open(VersionFolder(versions.root))

    threads = [threading.Thread(target=build) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(versions.names()) == 1
    assert len(model.seen) == len(builder(folder, TinyModel()).open(versions).items)


def test_pages_edited_while_they_are_read_are_refused(
    folder: Path, versions: VersionFolder
) -> None:
    reader = builder(folder, TinyModel())
    write_page(folder, EDITED)
    with pytest.raises(KnowledgeError, match="edited while it was read"):
        reader.open(versions)
    assert versions.names() == []


def test_going_back_lasts_until_built_anew(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache = tmp_path / "cache"
    opening(folder, cache).open()
    write_page(folder, EDITED)
    opening(folder, cache).open()
    VersionFolder(cache).roll_back()
    old = opening(folder, cache).open().knowledge.library
    assert "drijft" in old.pages[0].text
    assert "went back" in caplog.text
    new = opening(folder, cache).build().knowledge.library
    assert "vaart" in new.pages[0].text
    assert "vaart" in opening(folder, cache).open().knowledge.library.pages[0].text


def test_going_back_outlives_a_change_of_model(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    opening(folder, cache).open()
    write_page(folder, EDITED)
    opening(folder, cache).open()
    versions = VersionFolder(cache)
    name = versions.roll_back()
    knowledge = load_knowledge(cache / "versions" / name / "knowledge")
    other = tiny_encoder(TinyModel(), "another")
    Builder(knowledge, knowledge.bank, other, FaissBackend()).open(versions, pinned=True)
    pointer = versions.pointer()
    assert pointer is not None
    assert pointer.is_pinned
    assert "drijft" in opening(folder, cache).open().knowledge.library.pages[0].text


def test_going_back_needs_an_earlier_version(folder: Path, versions: VersionFolder) -> None:
    with pytest.raises(StoreError, match="no earlier version"):
        versions.roll_back()
    builder(folder, TinyModel()).open(versions)
    with pytest.raises(StoreError, match="no earlier version"):
        versions.roll_back()


def test_follows_what_another_process_built(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    server = opening(folder, cache)
    server.open()
    assert server.follow() is None
    write_page(folder, EDITED)
    assert server.follow() is None
    opening(folder, cache).open()
    write_page(folder, ENTRIES)
    followed = server.follow()
    assert followed is not None
    assert "vaart" in followed.knowledge.library.pages[0].text
    assert followed.retriever.library is followed.knowledge.library
    assert server.follow() is None
    VersionFolder(cache).roll_back()
    followed = server.follow()
    assert followed is not None
    assert "drijft" in followed.knowledge.library.pages[0].text


def test_does_not_follow_what_another_model_or_a_broken_disk_made(
    folder: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    server = opening(folder, cache)
    server.open()
    versions = VersionFolder(cache)
    knowledge = load_knowledge(folder)
    other = tiny_encoder(TinyModel(), "another")
    Builder(knowledge, knowledge.bank, other, FaissBackend()).open(versions)
    with pytest.raises(StoreError, match="'another', not 'tiny'"):
        server.follow()
    assert server.follow() is None
    write_page(folder, EDITED)
    name = builder(folder, TinyModel()).open(versions).version
    flipped(cache / "versions" / str(name) / "vectors.npy")
    with pytest.raises(StoreError, match="damaged"):
        server.follow()
    assert server.follow() is None


def test_each_knowledge_folder_has_its_own_cache(tmp_path: Path) -> None:
    assert default_folder(tmp_path / "one") != default_folder(tmp_path / "two")


def test_milvus_holds_the_vectors_and_forgets_old_versions(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("milvus_lite", reason="pip install -r requirements-milvus.txt")
    backend = MilvusBackend(str(tmp_path / "milvus.db"))
    versions = VersionFolder(tmp_path / "cache", backend.discard)
    for number in range(KEEP + 1):
        write_page(folder, {**ENTRIES, "Hoeveel?": f"Het zijn er {number}."})
        index = builder(folder, TinyModel(), backend).open(versions)
    again = builder(folder, TinyModel(), backend).open(versions)
    assert again.version == index.version
    query = np.asarray(index.vectors[:1])
    assert np.array_equal(again.store.search(query, 3)[1], index.store.search(query, 3)[1])
    from pymilvus import MilvusClient

    assert len(MilvusClient(backend.uri).list_collections()) == KEEP
    assert [r.message for r in caplog.records if r.name.startswith("index")] == []
