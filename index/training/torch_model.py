"""The packaged weights as a trainable torch model (cosine to the engine 0.9999)."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import torch
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers
from transformers import BertConfig, BertModel

from index.packaged_file import Floats, PackagedFile

_MAX_TOKENS = 128
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
    """Texts → unit vectors, with the query prompt, as the engine makes them."""

    def __init__(self, packaged: PackagedFile) -> None:
        super().__init__()
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
        self.bert = BertModel(config, add_pooling_layer=False)
        weights = self.bert.state_dict()
        for name in packaged.tensors:
            target = weights[torch_name(name)]
            target.copy_(torch.from_numpy(packaged.values(name)).reshape(target.shape))
        self._special = packaged.special
        self._tokenizer = _tokenizer(packaged)

    def forward(self, texts: Sequence[str]) -> torch.Tensor:
        """Embed questions: float32, (texts, hidden), unit length."""
        start, end, padding, _ = self._special
        encoded = self._tokenizer.encode_batch(
            [f"query: {text}" for text in texts], add_special_tokens=False
        )
        tokens = [[start, *item.ids[:_MAX_TOKENS], end] for item in encoded]
        width = max(map(len, tokens))
        ids = torch.tensor([row + [padding] * (width - len(row)) for row in tokens])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in tokens])
        hidden = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return torch.nn.functional.normalize(mean, dim=-1)

    def tunable(self) -> dict[str, torch.nn.Parameter]:
        """The biases and layer norms, by torch name; all else is frozen."""
        found = {}
        for name, parameter in self.bert.named_parameters():
            parameter.requires_grad = name.endswith(".bias") or "LayerNorm" in name
            if parameter.requires_grad:
                found[name] = parameter
        return found

    def adapter(self, names: Sequence[str]) -> Mapping[str, Floats]:
        """The tunable tensors by their name in the packaged file ``names`` come from."""
        weights = self.bert.state_dict()
        return {
            name: np.asarray(weights[torch_name(name)].numpy(), np.float32).reshape(-1)
            for name in names
            if name.endswith(".b") or "ln." in name
        }


def torch_name(name: str) -> str:
    """The torch parameter of one tensor of the packaged file."""
    if name in _EMBEDDINGS:
        return _EMBEDDINGS[name]
    match = re.fullmatch(r"l(\d+)\.(\w+)\.([wb])", name)
    if match is None:
        raise KeyError(name)
    kind = "weight" if match[3] == "w" else "bias"
    return f"encoder.layer.{match[1]}.{_LAYER[match[2]]}.{kind}"


def _tokenizer(packaged: PackagedFile) -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram(list(packaged.pieces), unk_id=packaged.special[3]))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return tokenizer
