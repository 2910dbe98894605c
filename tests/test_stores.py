"""One contract for every vector store: each FAISS index type, milvus-lite, Milvus by address."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from conftest import free_port

from index.encoder import Vectors
from index.errors import StoreError
from index.stores.choice import STORE_VARIABLE, choose_store
from index.stores.faiss_store import FaissBackend
from index.stores.interface import NO_ROW, Backend, VectorStore
from index.stores.milvus_store import MilvusBackend

COUNT = 3_000
DIMENSIONS = 32
SMALL = 100


def unit(vectors: "np.typing.NDArray[np.float64]") -> Vectors:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def clustered(count: int, seed: int = 0) -> Vectors:
    random = np.random.default_rng(seed)
    centers = random.standard_normal((50, DIMENSIONS))
    return unit(centers[random.integers(0, 50, count)] + random.normal(0, 0.3, (count, DIMENSIONS)))


VECTORS = clustered(COUNT)
QUERIES = unit(VECTORS[::100] + np.random.default_rng(1).normal(0, 0.05, (30, DIMENSIONS)))


def wait_until_listening(port: int, process: "subprocess.Popen[bytes]") -> None:
    while process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"the Milvus server stopped with status {process.returncode}")


@dataclass(frozen=True)
class Case:
    backend: Backend
    store: VectorStore


@pytest.fixture(scope="module")
def milvus_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pytest.importorskip("milvus_lite", reason="pip install -r requirements-milvus.txt")
    port = free_port()
    folder = tmp_path_factory.mktemp("server")
    command = ["server", "--data-dir", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    program = [sys.executable, "-c", "from milvus_lite.cmdline import main; main()", *command]
    process = subprocess.Popen(program)
    wait_until_listening(port, process)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(timeout=30)


@pytest.fixture(scope="module", params=["flat", "graph", "compressed", "file", "address"])
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    backend: Backend
    if request.param == "file":
        pytest.importorskip("milvus_lite", reason="pip install -r requirements-milvus.txt")
        backend = MilvusBackend(str(tmp_path_factory.mktemp("milvus") / "vectors.db"))
    elif request.param == "address":
        backend = MilvusBackend(request.getfixturevalue("milvus_address"))
    else:
        limits = {"flat": (COUNT, COUNT), "graph": (1, COUNT), "compressed": (1, 1)}
        backend = FaissBackend(*limits[request.param])
    return Case(backend, backend.build(VECTORS))


def exact(queries: Vectors, count: int) -> "np.typing.NDArray[np.int64]":
    return np.argsort(-(queries @ VECTORS.T), axis=1, kind="stable")[:, :count]


def test_finds_what_exact_search_finds(case: Case) -> None:
    scores, rows = case.store.search(QUERIES, 10)
    assert rows.shape == scores.shape == (len(QUERIES), 10)
    wanted = exact(QUERIES, 10)
    found = [len({*a} & {*b}) for a, b in zip(rows.tolist(), wanted.tolist(), strict=True)]
    assert sum(found) >= 0.95 * wanted.size


def test_scores_are_inner_products_best_first(case: Case) -> None:
    scores, rows = case.store.search(QUERIES, 10)
    assert np.allclose(scores, np.einsum("qd,qkd->qk", QUERIES, VECTORS[rows]), atol=1e-5)
    assert (np.diff(scores, axis=1) <= 1e-6).all()


def test_answers_alike_from_many_threads(case: Case) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda q: case.store.search(q[None], 5)[1][0].tolist(), QUERIES))
    assert found == [case.store.search(q[None], 5)[1][0].tolist() for q in QUERIES]


def test_saved_and_loaded_it_answers_the_same(case: Case, tmp_path: Path) -> None:
    case.store.save(tmp_path)
    loaded = case.backend.load(tmp_path, VECTORS)
    (scores, rows), (again, same) = case.store.search(QUERIES, 7), loaded.search(QUERIES, 7)
    assert np.array_equal(rows, same)
    assert np.allclose(scores, again, atol=1e-6)


def test_gives_no_row_where_none_is_left(case: Case) -> None:
    store = case.backend.build(VECTORS[:SMALL])
    scores, rows = store.search(QUERIES[:2], SMALL + 3)
    assert sorted(rows[0, :SMALL].tolist()) == list(range(SMALL))
    assert (rows[:, SMALL:] == NO_ROW).all()
    assert scores.shape == (2, SMALL + 3)


def test_building_twice_changes_nothing(case: Case, tmp_path: Path) -> None:
    again = case.backend.build(VECTORS)
    assert np.array_equal(again.search(QUERIES, 5)[1], case.store.search(QUERIES, 5)[1])
    again.save(tmp_path)
    assert case.backend.load(tmp_path, VECTORS)


def test_refuses_a_folder_without_its_files(case: Case, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=str(tmp_path)):
        case.backend.load(tmp_path, VECTORS)


def test_refuses_another_number_of_vectors(case: Case, tmp_path: Path) -> None:
    case.store.save(tmp_path)
    with pytest.raises(StoreError, match=f"{COUNT} vectors.* not {COUNT - 1}"):
        case.backend.load(tmp_path, VECTORS[:-1])


def test_discarded_collection_goes_when_no_other_version_uses_it(
    milvus_address: str, tmp_path: Path
) -> None:
    backend = MilvusBackend(milvus_address)
    vectors = clustered(10, seed=5)
    store = backend.build(vectors)
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
        store.save(folder)
    backend.discard(folders[0])
    assert backend.load(folders[1], vectors)
    (folders[0] / "milvus.json").unlink()
    backend.discard(folders[1])
    with pytest.raises(StoreError, match="holds 0 vectors"):
        backend.load(folders[1], vectors)


def test_half_filled_collection_is_filled_up(milvus_address: str) -> None:
    backend = MilvusBackend(milvus_address)
    vectors = clustered(20, seed=6)
    store = backend.build(vectors)
    store._client.delete(store._collection, ids=list(range(5)))
    assert store.count() == 15
    assert backend.build(vectors).count() == 20


def test_names_the_address_when_milvus_is_not_there() -> None:
    pytest.importorskip("pymilvus", reason="pip install -r requirements-milvus.txt")
    address = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(StoreError, match=address):
        MilvusBackend(address).build(VECTORS)


def test_setting_chooses_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(STORE_VARIABLE, raising=False)
    assert choose_store() == FaissBackend()
    monkeypatch.setenv(STORE_VARIABLE, "milvus:http://milvus.example:19530")
    assert choose_store() == MilvusBackend("http://milvus.example:19530")
    assert choose_store("faiss") == FaissBackend()
    for wrong in ("milvus", "milvus:", "pgvector", "faiss:x"):
        with pytest.raises(StoreError, match="not known"):
            choose_store(wrong)


def test_pymilvus_is_imported_only_when_chosen() -> None:
    program = (
        "import sys; from index.stores.choice import choose_store; choose_store();"
        "sys.exit('pymilvus' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
