"""A large library's shortlist holds the right section, by meaning or by words, from any store."""

from pathlib import Path

import numpy as np
import pytest
from small import ENTRIES, TinyModel, builder, tiny_encoder, write_page

from index.build import LARGE, KnowledgeIndex
from index.candidates import LIMIT, Candidates
from index.errors import StoreError
from index.lexical import LexicalIndex
from index.stores.milvus_store import MilvusBackend
from index.versions import VersionFolder

THINGS = "fiets boot trein auto tram ballon slee kano bus vlot step ladder".split()
COLOURS = "rood groen blauw geel paars wit zwart oranje grijs bruin roze".split()
PLACES = "utrecht leiden delft gouda zwolle assen breda tilburg venlo ede meppel sneek".split()
NAMES = "anna bram cees daan eva fien guus hans".split()


def large_entries() -> dict[str, str]:
    """One question for every combination; its answer says the same in other words."""
    return {
        f"Wat kost de {colour} {thing} van {name} in {place}?": (
            f"In {place} betaalt {name} voor een {thing}, {colour} van kleur, een vast bedrag."
        )
        for thing in THINGS
        for colour in COLOURS
        for place in PLACES
        for name in NAMES[: 6 if thing == "fiets" else 1]
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    write_page(
        folder, large_entries() | {"Wat is een zwijntjesjager?": "Een zwijntjesjager steelt."}
    )
    return folder


@pytest.fixture(scope="module")
def index(folder: Path) -> KnowledgeIndex:
    """Built, and opened again from disk."""
    versions = VersionFolder(folder / "cache")
    builder(folder, TinyModel()).open(versions)
    return builder(folder, TinyModel()).open(versions)


def found(candidates: Candidates, question: str) -> tuple[str, ...]:
    return candidates.find(tiny_encoder(TinyModel()).queries([question])[0], question)


def test_a_small_librarys_sections_are_all_candidates(tmp_path: Path) -> None:
    write_page(tmp_path)
    small = builder(tmp_path, TinyModel()).open(VersionFolder(tmp_path / "cache"))
    assert small.words is None
    assert len(found(Candidates(small), "wat dan ook")) == len(ENTRIES)


def test_shortlist_is_short_and_holds_the_right_section(index: KnowledgeIndex) -> None:
    assert sum(item.kind == "passage" for item in index.items) >= LARGE
    candidates = Candidates(index)
    for question in list(large_entries())[::97]:
        shortlist = found(candidates, question)
        (wanted,) = {item.target for item in index.items if item.text == question}
        assert wanted in shortlist[:5]
        assert len(shortlist) <= LIMIT
        assert len(set(shortlist)) == len(shortlist)


def test_rare_word_is_found_by_itself(index: KnowledgeIndex) -> None:
    assert "wat-is-een-zwijntjesjager" in found(Candidates(index), "zwijntjesjagers?")[:2]


def test_words_that_nothing_holds_find_by_meaning_alone(index: KnowledgeIndex) -> None:
    assert index.words is not None
    assert index.words.search("qqq §§ 🙂", 5).tolist() == []
    assert len(found(Candidates(index), "qqq")) == LIMIT


def test_same_shortlist_from_milvus(folder: Path, index: KnowledgeIndex, tmp_path: Path) -> None:
    pytest.importorskip("milvus_lite", reason="pip install -r requirements-milvus.txt")
    backend = MilvusBackend(str(tmp_path / "milvus.db"))
    other = builder(folder, TinyModel(), backend).open(VersionFolder(tmp_path / "cache"))
    for question in list(large_entries())[::211]:
        assert found(Candidates(other), question) == found(Candidates(index), question)


def test_words_are_ranked_and_survive_the_disk(tmp_path: Path) -> None:
    texts = ["De verwerker meldt het datalek.", "Een boot drijft.", "Datalekken en verwerkers."]
    words = LexicalIndex.build(texts)
    assert words.search("datalek", 5).tolist() in ([0, 2], [2, 0])
    assert words.search("datalek", 1).size == 1
    words.save(tmp_path)
    assert np.array_equal(LexicalIndex.load(tmp_path).search("boten drijven", 5), [1])
    with pytest.raises(StoreError, match="BM25 cannot read"):
        LexicalIndex.load(tmp_path / "elsewhere")
