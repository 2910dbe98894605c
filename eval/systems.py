"""The systems that can be evaluated: ours, and the baselines behind the same assistant.

Only this file of the room loads models.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from assistant.assistant import Assistant
from assistant.decision import Thresholds
from assistant.start import assemble
from eval.dataset import SHIPPED, QuestionSet, load_questions
from index.opening import open_retriever
from index.retriever import Searcher
from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class System:
    """An assistant under evaluation, with what a saved run tells of it."""

    name: str
    model: str
    settings: Mapping[str, float]
    assistant: Assistant


def open_system(name: str, library: Library, model: str | None = None) -> System:
    """Load one of ``parser.SYSTEMS``; a baseline gets its bound from the shipped development set.

    Raises KnowledgeError, IndexRoomError and QuestionSetError where one of them cannot be used.
    """
    if name == "ours":
        searcher: Searcher = open_retriever(model)
        bounds = Thresholds()
    else:
        searcher = _baseline(name, library, model)
        bounds = one_bound(searcher, load_questions(SHIPPED / "dev.jsonl", library))
    return System(name, searcher.model, asdict(bounds), assemble(searcher, bounds))


def one_bound(searcher: Searcher, development: QuestionSet) -> Thresholds:
    """The bound on confidence that best parts in-scope questions from all others.

    Best is the largest coverage minus share wrongly answered (Youden's J). One section is quoted,
    never two.
    """
    results = searcher.search_all([q.question for q in development.questions])
    pairs = [
        (r.inside, q.kind == "in") for r, q in zip(results, development.questions, strict=True)
    ]
    inside = [sure for sure, is_inside in pairs if is_inside]
    outside = [sure for sure, is_inside in pairs if not is_inside]

    def parted(bound: float) -> float:
        covered = sum(sure >= bound for sure in inside) / max(len(inside), 1)
        return covered - sum(sure >= bound for sure in outside) / max(len(outside), 1)

    bound = max(sorted({sure for sure, _ in pairs}), key=parted)
    return Thresholds(inside=bound, rival=2.0, section=2.0)


def _baseline(name: str, library: Library, model: str | None) -> Searcher:
    from eval.baselines import BM25Scorer, DenseScorer, FusionScorer, PassageSearcher

    if name == "bm25":
        return PassageSearcher(library, BM25Scorer(library))
    from index.encoder import DEFAULT_MODEL, load_encoder

    dense = DenseScorer(library, load_encoder(model or DEFAULT_MODEL))
    if name == "dense":
        return PassageSearcher(library, dense)
    return PassageSearcher(library, FusionScorer(BM25Scorer(library), dense))
