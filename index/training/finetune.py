"""Tunes the embedding model's upper layers so that questions gather by the section they ask for.

A cosine classifier with one prototype a target is learned together with the layers; the
prototypes are what the ranker compares a question with afterwards. The loss counts the target and,
half as much, its group (the entry), so that a neighbour in the right entry costs less than one in
another. Deterministic by seed.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch.nn.functional import cross_entropy, nll_loss, normalize
from tqdm import tqdm

from index.packaged_file import Floats, PackagedFile
from index.training.torch_model import TorchE5, batches


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to tune; chosen on the development questions (docs/ranking.md)."""

    frozen: int = 6
    epochs: int = 4
    batch: int = 32
    matrix_rate: float = 4e-4
    bias_rate: float = 1e-3
    prototype_rate: float = 5e-3
    temperature: float = 0.05
    smoothing: float = 0.05
    group_weight: float = 0.5
    seed: int = 7


@dataclass(frozen=True, slots=True)
class Tuned:
    """What tuning found: the adapter's tensors, the center and prototypes of the targets."""

    adapter: Mapping[str, npt.NDArray[Any]]
    center: Floats
    prototypes: Floats


def finetune(
    packaged: PackagedFile,
    texts: Sequence[str],
    labels: Sequence[int],
    groups: Sequence[int],
    recipe: Recipe,
) -> Tuned:
    """Tune on questions, their targets' numbers and each target's group (0 … n-1, each present)."""
    torch.manual_seed(recipe.seed)
    torch.use_deterministic_algorithms(True)
    model = TorchE5(packaged, recipe.frozen)
    states = model.read(texts)
    wanted = torch.tensor(labels)
    group = torch.tensor(groups)
    before = model.embed(states)
    center = before.mean(0)
    means = [before[wanted == label].mean(0) - center for label in range(len(groups))]
    prototypes = torch.nn.Parameter(normalize(torch.stack(means), dim=-1))
    learned = [*model.upper.parameters(), prototypes]
    optimizer = _optimizer(model, prototypes, recipe)
    steps = recipe.epochs * math.ceil(len(texts) / recipe.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
    for rows in tqdm(_steps([len(s) for s in states], recipe), "Adapter", steps, unit=" batch"):
        vectors = model.train()([states[row] for row in rows])
        cosines = normalize(vectors - center, dim=-1) @ normalize(prototypes, dim=-1).T
        loss = _loss(cosines / recipe.temperature, wanted[rows], group, recipe)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        schedule.step()
    return Tuned(
        model.adapter(),
        np.asarray(center, np.float32),
        np.asarray(normalize(prototypes.detach(), dim=-1), np.float32),
    )


def _optimizer(
    model: TorchE5, prototypes: torch.nn.Parameter, recipe: Recipe
) -> torch.optim.Optimizer:
    matrices = [p for name, p in model.upper.named_parameters() if name.endswith("original")]
    biases = [p for name, p in model.upper.named_parameters() if not name.endswith("original")]
    return torch.optim.AdamW(
        [
            {"params": matrices, "lr": recipe.matrix_rate},
            {"params": biases, "lr": recipe.bias_rate},
            {"params": [prototypes], "lr": recipe.prototype_rate},
        ],
        weight_decay=0.0,
    )


def _steps(lengths: Sequence[int], recipe: Recipe) -> Iterator[list[int]]:
    """Every epoch's batches in random order; each holds questions of like length."""
    for _ in range(recipe.epochs):
        shuffled = torch.randperm(len(lengths)).tolist()
        found = [
            [shuffled[row] for row in rows]
            for rows in batches([lengths[row] for row in shuffled], recipe.batch)
        ]
        yield from (found[number] for number in torch.randperm(len(found)).tolist())


def _loss(
    logits: torch.Tensor, wanted: torch.Tensor, group: torch.Tensor, recipe: Recipe
) -> torch.Tensor:
    member = torch.nn.functional.one_hot(group).to(logits.dtype)
    by_group = torch.log(torch.softmax(logits, dim=1) @ member + 1e-9)
    target = cross_entropy(logits, wanted, label_smoothing=recipe.smoothing)
    return target + recipe.group_weight * nll_loss(by_group, group[wanted])


def _rate(step: int, steps: int) -> float:
    # A tenth of the steps to warm up, then down to nothing in a straight line.
    return min(1.0, (step + 1) / (0.1 * steps)) * max(0.0, 1 - step / steps)
