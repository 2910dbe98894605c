"""The packaged weights as a trainable torch model (cosine to the engine 0.9999).

The lower layers stay as they are, so what they make of a text is computed once; the upper ones
learn, matrices and all, in the engine's own four bits.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers
from torch.nn.utils.rnn import pad_sequence
from transformers import BertConfig, BertModel

from index.packaged_file import PackagedFile
from index.training.four_bits import packed, train_in_four_bits

_MAX_TOKENS = 96
_BATCH = 64
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


class TorchE5(torch.nn.Module):
    """Questions → unit vectors, as the engine makes them; layers from ``frozen`` on can learn."""

    def __init__(self, packaged: PackagedFile, frozen: int) -> None:
        super().__init__()
        self._packaged = packaged
        self._tokenizer = _tokenizer(packaged)
        self.bert = _bert(packaged).requires_grad_(False)
        self.upper = self.bert.encoder.layer[frozen:].requires_grad_(True)
        self._lower = self.bert.encoder.layer[:frozen]
        self._matrices = {}
        for name in packaged.tensors:
            layer = re.match(r"l(\d+)\.", name)
            if layer and int(layer[1]) >= frozen and not packaged.tensors[name].is_plain:
                path = torch_name(name).removesuffix(".weight")
                linear = cast("torch.nn.Linear", self.bert.get_submodule(path))
                train_in_four_bits(linear, packaged, name)
                self._matrices[name] = linear

    def read(self, texts: Sequence[str]) -> list[torch.Tensor]:
        """Return what the frozen layers make of each text: (tokens, hidden)."""
        self.eval()
        tokens = self._tokens(texts)
        found: dict[int, torch.Tensor] = {}
        with torch.no_grad():
            for rows in batches([len(row) for row in tokens], _BATCH):
                states, mask = _padded([tokens[row] for row in rows])
                states = self.bert.embeddings(input_ids=states)
                states = _through(self._lower, states, mask)
                for row, state, length in zip(rows, states, mask.sum(1).tolist(), strict=True):
                    found[row] = state[: int(length)].clone()
        return [found[row] for row in range(len(texts))]

    def forward(self, states: Sequence[torch.Tensor]) -> torch.Tensor:
        """Finish what ``read`` began: float32, (texts, hidden), unit length."""
        hidden, mask = _padded(states)
        hidden = _through(self.upper, hidden, mask)
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return torch.nn.functional.normalize(mean, dim=-1)

    def embed(self, states: Sequence[torch.Tensor]) -> torch.Tensor:
        """Like ``forward``, for many texts, without training."""
        self.eval()
        found = torch.zeros(len(states), states[0].shape[1])
        with torch.no_grad():
            for rows in batches([len(state) for state in states], _BATCH):
                found[rows] = self([states[row] for row in rows])
        return found

    def adapter(self) -> Mapping[str, npt.NDArray[Any]]:
        """What was learned, by tensor name: matrices as packed bytes, all else as float32."""
        learned: dict[str, npt.NDArray[Any]] = {}
        for name, tensor in self._packaged.tensors.items():
            if name in self._matrices:
                learned[name] = packed(self._matrices[name], self._packaged, name)
            elif tensor.is_plain and self.bert.get_parameter(torch_name(name)).requires_grad:
                values = self.bert.get_parameter(torch_name(name)).detach().numpy()
                learned[name] = np.asarray(values, np.float32).reshape(-1)
        return learned

    def _tokens(self, texts: Sequence[str]) -> list[torch.Tensor]:
        start, end, _, _ = self._packaged.special
        encoded = self._tokenizer.encode_batch(
            [f"query: {text}" for text in texts], add_special_tokens=False
        )
        return [torch.tensor([start, *item.ids[:_MAX_TOKENS], end]) for item in encoded]


def batches(lengths: Sequence[int], size: int) -> Iterator[list[int]]:
    """Cut rows into batches of like length, so that little is padded."""
    order = sorted(range(len(lengths)), key=lambda row: lengths[row])
    yield from (order[start : start + size] for start in range(0, len(order), size))


def torch_name(name: str) -> str:
    """The torch parameter of one tensor of the packaged file."""
    if name in _EMBEDDINGS:
        return _EMBEDDINGS[name]
    match = re.fullmatch(r"l(\d+)\.(\w+)\.([wb])", name)
    if match is None:
        raise KeyError(name)
    kind = "weight" if match[3] == "w" else "bias"
    return f"encoder.layer.{match[1]}.{_LAYER[match[2]]}.{kind}"


def _bert(packaged: PackagedFile) -> BertModel:
    shape = packaged.shape
    config = BertConfig(
        vocab_size=shape["vocabulary"],
        hidden_size=shape["hidden"],
        num_hidden_layers=shape["layers"],
        num_attention_heads=shape["heads"],
        intermediate_size=shape["feed_forward"],
        max_position_embeddings=shape["positions"],
        type_vocab_size=shape["types"],
        layer_norm_eps=packaged.layer_norm_eps,
    )
    bert = BertModel(config, add_pooling_layer=False)
    weights = bert.state_dict()
    for name in packaged.tensors:
        target = weights[torch_name(name)]
        target.copy_(torch.from_numpy(packaged.values(name)).reshape(target.shape))
    return bert


def _padded(rows: Sequence[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    # What stands in the padding does not matter: the mask leaves it out.
    mask = pad_sequence([torch.ones(len(row)) for row in rows], batch_first=True)
    return pad_sequence(list(rows), batch_first=True), mask


def _through(layers: torch.nn.Module, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    hide = (1 - mask)[:, None, None, :] * torch.finfo(torch.float32).min
    for layer in layers.children():
        out = layer(hidden, hide)
        hidden = out[0] if isinstance(out, tuple) else out
    return hidden


def _tokenizer(packaged: PackagedFile) -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram(list(packaged.pieces), unk_id=packaged.special[3]))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return tokenizer
