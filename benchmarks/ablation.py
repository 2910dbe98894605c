"""``python -m benchmarks.ablation``: what each part of the ranking is worth, on the dev set.

Each row leaves one part out of the shipped system. The blend is not fitted again, except where one
view stands alone, so a row shows what the part does here, not the best that could be had without.
"""

from dataclasses import replace

import numpy as np

from assistant.assistant import Assistant
from assistant.start import assemble
from benchmarks.table import print_head, print_row
from eval.dataset import SHIPPED, load_questions
from eval.runner import run_questions
from index.build import Builder, KnowledgeIndex, default_folder
from index.encoder import Encoder, load_encoder
from index.ranker import Ranker
from index.ranker_file import ADAPTER, TRAINED, load_ranker
from index.retriever import Retriever
from index.stores.choice import choose_store
from index.versions import VersionFolder
from knowledge.folder import load_knowledge
from knowledge.lexicon import Lexicon
from knowledge.library import Library


def main() -> None:
    knowledge = load_knowledge()
    encoder = load_encoder(adapter=TRAINED / ADAPTER)
    ranker = load_ranker()
    backend = choose_store(None)
    builder = Builder(knowledge, knowledge.bank.without(ranker.targets), encoder, backend)
    index = builder.open(VersionFolder(default_folder(), backend.discard))
    library = knowledge.library
    questions = load_questions(SHIPPED / "dev.jsonl", library).questions
    print_head("left out")
    for name, assistant in _variants(library, knowledge.lexicon, index, encoder, ranker).items():
        print_row(name, run_questions(assistant, questions))


def _variants(
    library: Library, lexicon: Lexicon, index: KnowledgeIndex, encoder: Encoder, ranker: Ranker
) -> dict[str, Assistant]:
    def over(ranker: Ranker, lexicon: Lexicon = lexicon) -> Assistant:
        return assemble(Retriever(library, lexicon, index, encoder, ranker))

    def words(share: float) -> Ranker:
        return replace(ranker, calibration=replace(ranker.calibration, words=share))

    return {
        "nothing": over(ranker),
        "words view": over(words(0.0)),
        "vector view": over(words(1.0)),
        "entries' shares divided out": over(replace(ranker, prior=np.zeros_like(ranker.prior))),
        "lexicon": over(ranker, Lexicon({}, {})),
    }


if __name__ == "__main__":
    main()
