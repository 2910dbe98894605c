"""The question sets stand apart: no question of one is all but a question of another."""

from itertools import combinations

import numpy as np
import pytest
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from eval.dataset import SHIPPED, load_questions
from index.encoder import load_encoder
from knowledge.bank import load_bank
from knowledge.library import Library
from knowledge.roletree import words

# Normalised edit similarity and cosine of the untuned model, from which two questions are one.
MAX_SIMILARITY = 0.85
MAX_COSINE = 0.985


@pytest.fixture(scope="module")
def sets(library: Library) -> dict[str, list[str]]:
    bank = load_bank(library)
    found = {"bank": [question.text for question in (*bank.inside, *bank.outside)]}
    for name in ("dev", "test"):
        questions = load_questions(SHIPPED / f"{name}.jsonl", library).questions
        found[name] = [question.question for question in questions]
    return found


def test_no_two_questions_of_two_sets_are_nearly_spelled_alike(sets: dict[str, list[str]]) -> None:
    plain = {name: [words(text) for text in texts] for name, texts in sets.items()}
    for one, other in combinations(sets, 2):
        alike = cdist(plain[one], plain[other], scorer=Levenshtein.normalized_similarity)
        places = zip(*np.nonzero(alike >= MAX_SIMILARITY), strict=True)
        assert [(sets[one][a], sets[other][b]) for a, b in places] == []


def test_no_two_questions_of_two_sets_mean_all_but_the_same(sets: dict[str, list[str]]) -> None:
    encoder = load_encoder()
    vectors = {name: encoder.queries(texts) for name, texts in sets.items()}
    for one, other in combinations(sets, 2):
        places = zip(*np.nonzero(vectors[one] @ vectors[other].T >= MAX_COSINE), strict=True)
        assert [(sets[one][a], sets[other][b]) for a, b in places] == []


def test_each_set_is_as_large_as_promised(library: Library) -> None:
    for name in ("dev", "test"):
        questions = load_questions(SHIPPED / f"{name}.jsonl", library)
        assert questions.bad_rows == ()
        inside = [q for q in questions.questions if q.kind == "in"]
        assert len(inside) >= 300
        assert len(questions.questions) - len(inside) >= 200
        assert all(q.phrases for q in inside)


def test_the_bank_asks_often_enough_for_every_entry_and_section(library: Library) -> None:
    asked = [question.target for question in load_bank(library).inside]
    for entry in library.entries():
        assert sum(target.split("/")[0] == entry.id for target in asked) >= 30
        for section in entry.sections:
            assert not section.passages or asked.count(section.id) >= 8
