"""Tunes the embedding model's biases and layer norms so that questions gather by section.

A cosine classifier with one prototype a target is learned together with the adapter; the
prototypes are what the ranker compares a question with afterwards. Deterministic by seed.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn.functional import cross_entropy, normalize
from tqdm import trange

from index.packaged_file import Floats, PackagedFile
from index.training.torch_model import TorchE5


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to tune; chosen on the development questions (docs/ranking.md)."""

    epochs: int = 6
    batch: int = 32
    adapter_rate: float = 2e-3
    prototype_rate: float = 5e-3
    temperature: float = 0.05
    smoothing: float = 0.05
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Tuned:
    """What tuning found: the adapter's tensors, the center and prototypes of the targets."""

    adapter: Mapping[str, Floats]
    center: Floats
    prototypes: Floats


def finetune(
    packaged: PackagedFile,
    texts: Sequence[str],
    labels: Sequence[int],
    recipe: Recipe,
) -> Tuned:
    """Tune on questions and their targets' numbers (0 … n-1, each present)."""
    torch.manual_seed(recipe.seed)
    torch.use_deterministic_algorithms(True)
    model = TorchE5(packaged)
    parameters = list(model.tunable().values())
    wanted = torch.tensor(labels)
    before = _embed(model, texts)
    center = before.mean(0)
    means = [before[wanted == label].mean(0) - center for label in range(int(wanted.max()) + 1)]
    prototypes = torch.nn.Parameter(normalize(torch.stack(means), dim=-1))
    optimizer = torch.optim.AdamW(
        [
            {"params": parameters, "lr": recipe.adapter_rate},
            {"params": [prototypes], "lr": recipe.prototype_rate},
        ],
        weight_decay=0.0,
    )
    steps = recipe.epochs * math.ceil(len(texts) / recipe.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    model.train()
    for _ in trange(recipe.epochs, desc="Adapter", unit=" epoch"):
        for rows in torch.randperm(len(texts)).split(recipe.batch):  # type: ignore[no-untyped-call]
            vectors = model([texts[row] for row in rows.tolist()])
            cosines = normalize(vectors - center, dim=-1) @ normalize(prototypes, dim=-1).T
            loss = cross_entropy(
                cosines / recipe.temperature, wanted[rows], label_smoothing=recipe.smoothing
            )
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            schedule.step()
    return Tuned(
        model.adapter(list(packaged.tensors)),
        np.asarray(center, np.float32),
        np.asarray(normalize(prototypes.detach(), dim=-1), np.float32),
    )


def _embed(model: TorchE5, texts: Sequence[str]) -> torch.Tensor:
    model.eval()
    with torch.no_grad():
        parts = [model(texts[start : start + 64]) for start in range(0, len(texts), 64)]
    return torch.cat(parts)


def _rate(step: int, steps: int) -> float:
    # A tenth of the steps to warm up, then down to nothing in a straight line.
    return min(1.0, (step + 1) / (0.1 * steps)) * max(0.0, 1 - step / steps)
