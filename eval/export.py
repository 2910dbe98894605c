"""A run for other tools: TREC run and qrels, and a BEIR folder with texts, questions and labels."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import quote

from eval.errors import RunError
from eval.records import of_kind
from eval.runs import Run
from knowledge.library import Library


def export_run(run: Run, library: Library, folder: Path) -> tuple[Path, ...]:
    """Write ``run.trec``, ``qrels.trec``, ``corpus.jsonl``, ``queries.jsonl``, ``qrels/test.tsv``.

    In-scope questions have labels; all questions are queries. White space and "%" in a question's
    id become percent codes, since these formats are cut at white space. Raises RunError.
    """
    inside = of_kind(run.records, "in")
    labels = [(_name(r.question.id), entry) for r in inside for entry in r.question.entries]
    ranked = [
        f"{_name(r.question.id)} Q0 {entry} {rank} {-rank} {run.about['system']}"
        for r in run.records
        for rank, (entry, _) in enumerate(r.ranking, 1)
    ]
    files: dict[str, Iterable[str]] = {
        "run.trec": ranked,
        "qrels.trec": [f"{query} 0 {entry} 1" for query, entry in labels],
        "corpus.jsonl": (
            _json(_id=e.id, title=e.question, text="\n\n".join(p.text for p in e.passages()))
            for e in library.entries()
        ),
        "queries.jsonl": (
            _json(_id=_name(r.question.id), text=r.question.question) for r in run.records
        ),
        "qrels/test.tsv": ["query-id\tcorpus-id\tscore", *(f"{q}\t{e}\t1" for q, e in labels)],
    }
    return tuple(_write(folder / name, lines) for name, lines in files.items())


def _json(**fields: str) -> str:
    row: Mapping[str, str] = fields
    return json.dumps(row)


def _name(question_id: str) -> str:
    return re.sub(r"[\s%]", lambda found: quote(found[0]), question_id)


def _write(path: Path, lines: Iterable[str]) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as error:
        raise RunError(f"'{path}' cannot be written: {error.strerror}") from error
    return path
