"""Four-bit matrices that can be trained: what is learned is what the engine will compute.

A matrix is kept in full precision while it learns and is rounded to its block's sixteen values in
every forward pass; the gradient passes through the rounding (straight-through estimator, Bengio
et al. 2013). The blocks' scales stay the packaged ones.
"""

from typing import cast

import numpy as np
import numpy.typing as npt
import torch
from torch.nn.utils import parametrize

from index.packaged_file import BLOCK, PackagedFile

_LOWEST, _HIGHEST = -8, 7


class FourBits(torch.nn.Module):
    """Rounds a matrix to multiples of ``scales``, one for each ``BLOCK`` weights of a row."""

    def __init__(self, scales: torch.Tensor) -> None:
        super().__init__()
        # A block of zeros has no scale; any other number keeps it zero.
        self.scales = torch.where(scales == 0, torch.ones_like(scales), scales)

    def forward(self, weights: torch.Tensor) -> torch.Tensor:
        """Return the rounded matrix; its gradient is the unrounded one's."""
        rounded = (self.steps(weights) * self.scales).reshape(weights.shape)
        return weights + (rounded - weights).detach()

    def steps(self, weights: torch.Tensor) -> torch.Tensor:
        """Return how many scales each weight is, -8 to 7: (blocks, ``BLOCK``)."""
        blocks = weights.reshape(-1, BLOCK)
        return torch.clamp(torch.round(blocks / self.scales), _LOWEST, _HIGHEST)


def train_in_four_bits(linear: torch.nn.Linear, packaged: PackagedFile, name: str) -> None:
    """Let a layer's matrix learn under the scales of the packaged tensor ``name``."""
    scales = torch.from_numpy(packaged.scales(name))
    parametrize.register_parametrization(linear, "weight", FourBits(scales))


def packed(linear: torch.nn.Linear, packaged: PackagedFile, name: str) -> npt.NDArray[np.uint8]:
    """Return the layer's matrix in the packaged file's layout, as bytes."""
    holder = linear.get_submodule("parametrizations.weight")
    rounding = cast("FourBits", holder.get_submodule("0"))
    steps = rounding.steps(holder.get_parameter("original").detach()).numpy() - _LOWEST
    half = BLOCK // 2
    blocks = packaged.blocks(name).copy()
    blocks[:, 2:] = steps[:, :half] + 16 * steps[:, half:]
    return blocks.reshape(-1)
