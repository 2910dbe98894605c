"""The packaged weights as a folder that any sentence-transformers user can load.

For the peers, so that all systems compare by the same embedding: the model as it is packaged,
not tuned. Its torch vectors have a cosine of 0.9999 to the engine's.
"""

from pathlib import Path

from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import PreTrainedTokenizerFast

from index.packaged_file import PackagedFile, packaged_path, read_packaged
from index.training.torch_model import TorchE5

QUERY, PASSAGE = "query: ", "passage: "


def write_torch_folder(folder: Path) -> None:
    """Write weights, tokenizer and pooling."""
    packaged = read_packaged(packaged_path())
    parts = folder / "parts"
    TorchE5(packaged, packaged.shape["layers"]).bert.save_pretrained(parts)
    _tokenizer(packaged).save_pretrained(parts)
    transformer = Transformer(str(parts))
    pooling = Pooling(packaged.shape["hidden"], pooling_mode="mean")
    modules = [transformer, pooling, Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder / "model"))


def _tokenizer(packaged: PackagedFile) -> PreTrainedTokenizerFast:
    start, end, padding, unknown = packaged.special
    names = {row: packaged.pieces[row][0] for row in packaged.special}
    tokenizer = Tokenizer(models.Unigram(list(packaged.pieces), unk_id=unknown))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Strip()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{names[start]} $A {names[end]}",
        special_tokens=[(names[start], start), (names[end], end)],
    )
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        bos_token=names[start],
        eos_token=names[end],
        pad_token=names[padding],
        unk_token=names[unknown],
        model_max_length=packaged.shape["positions"],
    )
