"""``python -m benchmarks.shortlist [ENTRIES]``: does the shortlist of a large library pay?

Puts generated entries beside the guidance, asks the in-scope questions of the development set,
and prints for ranking in full and by shortlist how often the right entry comes first and what a
question costs, the encoder's share apart.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.generated import passages, questions
from eval.dataset import SHIPPED, Question, load_questions
from index.build import Builder
from index.opening import open_encoder
from index.ranker_file import load_ranker
from index.retriever import Retriever
from index.stores.choice import choose_store
from index.versions import VersionFolder
from knowledge.folder import KNOWLEDGE, Knowledge, copy_knowledge, load_knowledge
from knowledge.sentences import split_statements

HEAD = ("ranking", "entries", "hit@1", "p50 ms", "bare encoder p50 ms")
_PAGE = """---
title: Proef
publisher: AP
url: https://example.nl/proef
language: nl
taken_in: 2026-11-24
edition: een proef
---

# Proef

## Groep
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.shortlist", description=__doc__)
    parser.add_argument("entries", nargs="?", type=int, default=2_000)
    count = parser.parse_args().entries
    found = load_questions(SHIPPED / "dev.jsonl", load_knowledge().library).questions
    asked = [question for question in found if question.kind == "in"]
    with tempfile.TemporaryDirectory() as folder:
        knowledge = _enlarged(Path(folder) / "knowledge", count)
        ranker, encoder = load_ranker(), open_encoder()
        bank = knowledge.bank.without(ranker.targets)
        versions = VersionFolder(Path(folder) / "cache")
        index = Builder(knowledge, bank, encoder, choose_store("faiss")).open(versions)
        print(f"| {' | '.join(HEAD)} |\n|{' --- |' * len(HEAD)}")
        for name, used in (("in full", replace(index, words=None)), ("shortlist", index)):
            library, lexicon = knowledge.library, knowledge.lexicon
            retriever = Retriever(library, lexicon, used, encoder, ranker)
            cells = [f"{value:.3g}" for value in _measured(retriever, asked)]
            entries = sum(1 for _ in library.entries())
            print(f"| {name} | {entries:,} | {' | '.join(cells)} |", flush=True)


def _measured(retriever: Retriever, asked: Sequence[Question]) -> tuple[float, float, float]:
    """The share of right first entries; a search's and the bare encoder's median milliseconds."""
    times, hits = [], 0
    for question in asked:
        start = time.perf_counter()
        retriever.encoder.queries([question.question])
        between = time.perf_counter()
        result = retriever.search(question.question)
        times.append((time.perf_counter() - between, between - start))
        hits += result.hits[0].entry.id in question.entries
    searching, embedding = 1_000 * np.median(times, axis=0)
    return hits / len(asked), float(searching), float(embedding)


def _enlarged(folder: Path, count: int) -> Knowledge:
    copy_knowledge(load_knowledge(KNOWLEDGE), folder)
    asked = dict.fromkeys(questions(3 * count))
    # One sentence each, so that they are embedded within minutes.
    texts = (split_statements(text)[0].text for text in passages(count))
    body = "".join(
        f"\n### {question}\n\n{text}\n"
        for question, text in zip(list(asked)[:count], texts, strict=True)
    )
    (folder / "pages" / "proef.md").write_text(_PAGE + body, encoding="utf-8")
    return load_knowledge(folder)


if __name__ == "__main__":
    main()
