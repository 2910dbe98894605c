"""A small knowledge folder and a tiny model: real files, real index, no second of loading."""

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

import numpy as np

from index.build import Builder
from index.encoder import Encoder, Vectors
from index.opening import Opening
from index.ranker_file import load_ranker
from index.stores.faiss_store import FaissBackend
from index.stores.interface import Backend
from index.versions import VersionFolder
from knowledge.bank import OUTSIDE_FILE, OUTSIDE_KINDS
from knowledge.folder import load_knowledge
from knowledge.text_file import write_text

DIMENSIONS = 64
_HEAD = """---
title: Titel
publisher: AP
url: https://example.nl/pagina
language: nl
taken_in: 2026-11-24
edition: een proef
---

# Titel

## Groep
"""
ENTRIES = {
    "Wat is een fiets?": "Een fiets heeft twee wielen. Een bakfiets heeft een bak.",
    "Wat is een boot?": "Een boot drijft op het water.",
    "Wat is een trein?": "Een trein rijdt op het spoor. Een trein heeft een machinist.",
}


def write_page(folder: Path, entries: dict[str, str] = ENTRIES) -> None:
    """Write one page, and the files that go with it, to a knowledge folder."""
    body = "".join(f"\n### {question}\n\n{answer}\n" for question, answer in entries.items())
    write_text(folder / "pages" / "pagina.md", _HEAD + body)
    if not (folder / "lexicon.yaml").exists():
        write_text(folder / "lexicon.yaml", "synoniemen: {}\nvoorbeelden: {}\n")
        write_outside(folder)


def write_outside(folder: Path) -> None:
    """Write a bank with one question of each outside kind and no other."""
    shutil.rmtree(folder / "questions", ignore_errors=True)
    outside = "".join(f"{kind}:\n- Iets over {kind}?\n" for kind in OUTSIDE_KINDS)
    write_text(folder / "questions" / OUTSIDE_FILE, outside)


@dataclass
class TinyModel:
    """Sums a fixed random vector a word; keeps what it was given."""

    seen: list[str] = field(default_factory=list)

    def encode_query(self, texts: Sequence[str], **_: Any) -> Vectors:
        return self._encode(texts)

    def encode_document(self, texts: Sequence[str], **_: Any) -> Vectors:
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        self.seen.extend(texts)
        return np.stack([np.sum([_word(w) for w in text.lower().split()], 0) for text in texts])


@cache
def _word(word: str) -> Vectors:
    seed = int.from_bytes(hashlib.sha256(word.strip("?.").encode()).digest()[:4], "little")
    return np.random.default_rng(seed).standard_normal(DIMENSIONS).astype(np.float32)


def tiny_encoder(model: TinyModel, name: str = "tiny") -> Encoder:
    return Encoder(name, DIMENSIONS, cast(Any, model))


def builder(folder: Path, model: TinyModel, backend: Backend | None = None) -> Builder:
    knowledge = load_knowledge(folder)
    return Builder(knowledge, knowledge.bank, tiny_encoder(model), backend or FaissBackend())


def opening(folder: Path, cache: Path, name: str = "tiny") -> Opening:
    """An opening as a server has it, over the tiny model by some name."""
    encoder = tiny_encoder(TinyModel(), name)
    return Opening(folder, VersionFolder(cache), FaissBackend(), encoder, load_ranker())
