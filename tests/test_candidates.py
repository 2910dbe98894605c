"""A large library's shortlist holds the right entry, by meaning or by words, from any store."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from small import ENTRIES, TinyModel, builder, opening, tiny_encoder, write_outside, write_page

from assistant.request import Turn
from assistant.start import over
from index.build import LARGE, KnowledgeIndex
from index.candidates import LIMIT, Candidates
from index.errors import StoreError
from index.hits import SearchResult
from index.lexical import LexicalIndex
from index.ranker_file import load_ranker
from index.retriever import Retriever
from index.stores.milvus_store import MilvusBackend
from index.versions import VersionFolder
from knowledge.folder import copy_knowledge, load_knowledge

THINGS = "fiets boot trein auto tram ballon slee kano bus vlot step ladder".split()
COLOURS = "rood groen blauw geel paars wit zwart oranje grijs bruin roze".split()
PLACES = "utrecht leiden delft gouda zwolle assen breda tilburg venlo ede meppel sneek".split()
TRAINED = 10  # entries of the shipped page, which are always ranked
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
    folder = tmp_path_factory.mktemp("large") / "knowledge"
    copy_knowledge(load_knowledge(), folder)
    write_outside(folder)
    write_page(
        folder, large_entries() | {"Wat is een zwijntjesjager?": "Een zwijntjesjager steelt."}
    )
    return folder


@pytest.fixture(scope="module")
def index(folder: Path) -> KnowledgeIndex:
    """Built, and opened again from disk."""
    versions = VersionFolder(folder.parent / "cache")
    builder(folder, TinyModel()).open(versions)
    return builder(folder, TinyModel()).open(versions)


def found(index: KnowledgeIndex, question: str) -> list[str]:
    assert index.words is not None
    vector = tiny_encoder(TinyModel()).queries([question])[0]
    return Candidates(index, index.words).find(vector, question)


def retriever(folder: Path, index: KnowledgeIndex) -> Retriever:
    knowledge = load_knowledge(folder)
    encoder = tiny_encoder(TinyModel())
    return Retriever(knowledge.library, knowledge.lexicon, index, encoder, load_ranker())


def ids(result: SearchResult) -> list[str]:
    return [hit.entry.id for hit in result.hits]


def test_a_small_librarys_entries_are_all_ranked(tmp_path: Path) -> None:
    write_page(tmp_path)
    small = builder(tmp_path, TinyModel()).open(VersionFolder(tmp_path / "cache"))
    assert small.words is None
    assert len(retriever(tmp_path, small).search("wat dan ook").hits) == len(ENTRIES)


def test_shortlist_is_short_and_holds_the_right_entry(index: KnowledgeIndex) -> None:
    assert sum(item.kind == "passage" for item in index.items) >= LARGE
    for question in list(large_entries())[::97]:
        shortlist = found(index, question)
        (wanted,) = {item.target for item in index.items if item.text == question}
        assert wanted in shortlist[:5]
        assert len(shortlist) <= LIMIT
        assert len(set(shortlist)) == len(shortlist)


def test_large_library_is_ranked_as_in_full(folder: Path, index: KnowledgeIndex) -> None:
    asked = list(large_entries())[::97]
    in_full = retriever(folder, replace(index, words=None)).search_all(asked)
    for full, short in zip(in_full, retriever(folder, index).search_all(asked), strict=True):
        assert len(short.hits) <= LIMIT + TRAINED < len(full.hits)
        assert short.hits[:3] == full.hits[:3]
        assert short.inside == full.inside


def test_readings_of_one_question_find_the_same_entries(
    folder: Path, index: KnowledgeIndex
) -> None:
    readings = ["En een rode fiets?", "Wat kost de bruine kano van anna in sneek?"]
    large = retriever(folder, index)
    one, other = large.search_all(readings, together=True)
    assert sorted(ids(one)) == sorted(ids(other))
    assert [ids(large.search(reading))[0] for reading in readings] == [ids(one)[0], ids(other)[0]]


def test_entries_that_training_knows_are_always_ranked(folder: Path, index: KnowledgeIndex) -> None:
    shipped = {entry.id for entry in load_knowledge().library.entries()}
    assert len(shipped) == TRAINED
    assert shipped <= {*ids(retriever(folder, index).search("Wat kost de rode fiets van anna?"))}


def test_follow_up_in_a_large_library_is_answered(folder: Path) -> None:
    assistant = over(opening(folder, folder.parent / "assistant").open())
    first = assistant.ask("Wat kost de gele slee van anna in delft?")
    turns = (
        Turn("user", "Wat kost de gele slee van anna in delft?"),
        Turn("assistant", first.text),
    )
    assert assistant.ask("En in sneek?", turns).text


def test_rare_word_is_found_by_itself(index: KnowledgeIndex) -> None:
    assert "wat-is-een-zwijntjesjager" in found(index, "zwijntjesjagers?")[:2]


def test_words_that_nothing_holds_find_by_meaning_alone(index: KnowledgeIndex) -> None:
    assert index.words is not None
    assert index.words.search("qqq §§ 🙂", 5).tolist() == []
    assert len(found(index, "qqq")) == LIMIT


def test_same_results_from_milvus(folder: Path, index: KnowledgeIndex, tmp_path: Path) -> None:
    pytest.importorskip("milvus_lite", reason="pip install -r requirements-milvus.txt")
    backend = MilvusBackend(str(tmp_path / "milvus.db"))
    other = builder(folder, TinyModel(), backend).open(VersionFolder(tmp_path / "cache"))
    asked = list(large_entries())[::211]
    wanted = retriever(folder, index).search_all(asked)
    assert retriever(folder, other).search_all(asked) == wanted


def test_words_are_ranked_and_survive_the_disk(tmp_path: Path) -> None:
    texts = ["De verwerker meldt het datalek.", "Een boot drijft.", "Datalekken en verwerkers."]
    words = LexicalIndex.build(texts)
    assert words.search("datalek", 5).tolist() in ([0, 2], [2, 0])
    assert words.search("datalek", 1).size == 1
    words.save(tmp_path)
    assert np.array_equal(LexicalIndex.load(tmp_path).search("boten drijven", 5), [1])
    with pytest.raises(StoreError, match="BM25 cannot read"):
        LexicalIndex.load(tmp_path / "elsewhere")
