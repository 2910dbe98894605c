"""``python -m eval``: ask question sets, and judge, compare and pass on what came back."""

import json
import logging
import sys
import traceback
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval import table
from eval.compare import changes
from eval.dataset import SHIPPED, QuestionSet, load_questions
from eval.dialogue_file import load_dialogues, shipped_dialogues
from eval.draft import read_export, write_draft
from eval.errors import EvalError, NotComparableError
from eval.export import export_run
from eval.gate import judge
from eval.paired import differences
from eval.parser import build_parser
from eval.runs import Run, check_comparable, load_run, load_scores, new_run, save_baseline, save_run
from index.errors import IndexRoomError
from knowledge.errors import KnowledgeError
from knowledge.library import Library, load_library

PASS = 0
REGRESSION = 1
UNUSABLE = 2
NOT_COMPARABLE = 3
SETS = ("dev", "test")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = build_parser().parse_args(argv)
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    try:
        return _COMMANDS[options.command](options)
    except NotComparableError as error:
        print(error, file=sys.stderr)
        return NOT_COMPARABLE
    except (EvalError, KnowledgeError, IndexRoomError) as error:
        print(error, file=sys.stderr)
        return UNUSABLE


def _run(options: Namespace) -> int:
    from eval.runner import sampled

    library = load_library()
    paths = [options.questions] if options.questions else [_shipped(name) for name in SETS]
    sets = [sampled(load_questions(p, library), options.limit, options.seed) for p in paths]
    for questions in sets:
        _say(table.set_text(questions))
    results = []
    for questions, run in zip(sets, _asked(sets, library, options), strict=True):
        path = save_run(run)
        if options.json:
            results.append({"saved": str(path), **table.run_json(run, questions, options.seed)})
        else:
            print(f"{table.run_text(run, options.seed)}\nsaved as {path}\n")
    if options.json:
        print(json.dumps({"runs": results}, ensure_ascii=False, indent=2, allow_nan=False))
    return PASS


def _report(options: Namespace) -> int:
    from eval.report import write_report

    path = options.run.with_suffix(".html")
    write_report(load_run(options.run), load_library(), path)
    print(path)
    return PASS


def _compare(options: Namespace) -> int:
    before, after = load_run(options.before), load_run(options.after)
    check_comparable(before.scored(), after.scored())
    print(table.difference_text(differences(before.scored(), after.scored())))
    print(table.changes_text(changes(before, after)))
    return PASS


def _gate(options: Namespace) -> int:
    baseline = load_scores(options.baseline)
    if options.run:
        run = load_scores(options.run)
    else:
        library = load_library()
        questions = load_questions(_shipped(baseline.about["set"]), library)
        run = next(_asked([questions], library, options)).scored()
    check_comparable(baseline, run)
    verdict = judge(differences(baseline, run, options.seed))
    print(table.verdict_text(verdict, baseline, run))
    return PASS if verdict.passes else REGRESSION


def _baseline(options: Namespace) -> int:
    save_baseline(load_run(options.run), options.file)
    print(options.file)
    return PASS


def _export(options: Namespace) -> int:
    for path in export_run(load_run(options.run), load_library(), options.folder):
        print(path)
    return PASS


def _draft(options: Namespace) -> int:
    out = options.out or options.file.with_name(f"{options.file.stem}-te-labelen.csv")
    drafts, bad = read_export(options.file)
    _say(table.remarks_text(bad, "left out"))
    write_draft(drafts, out)
    print(f"{len(drafts)} questions to label in {out}")
    return PASS


def _dialogues(options: Namespace) -> int:
    from eval.dialogues import play, share_right
    from eval.systems import open_system

    library = load_library()
    files = {path: load_dialogues(path, library) for path in shipped_dialogues(options.set)}
    assistant = open_system(options.system, library, options.model).assistant
    for path, dialogues in files.items():
        played = [play(assistant, dialogue) for dialogue in dialogues]
        print(table.dialogues_text(path.stem, played, share_right(played, options.seed)))
    return PASS


def _agreements(options: Namespace) -> int:
    from assistant.start import open_agreement_check
    from eval.agreements import SHIPPED as AGREEMENTS
    from eval.agreements import judge, load_cases, scores, scores_text
    from knowledge.agreement import load_requirements

    library = load_library()
    requirements = load_requirements(library)
    cases = load_cases(AGREEMENTS / f"{options.set}.jsonl", requirements)
    judged = judge(open_agreement_check(library, options.model), cases)
    print(scores_text(options.set, scores(judged, requirements), judged))
    return PASS


_COMMANDS = {
    "run": _run,
    "report": _report,
    "compare": _compare,
    "gate": _gate,
    "baseline": _baseline,
    "export": _export,
    "draft": _draft,
    "dialogues": _dialogues,
    "agreements": _agreements,
}


def _asked(sets: Sequence[QuestionSet], library: Library, options: Namespace) -> Iterator[Run]:
    # The model and all that it needs are imported here alone.
    from eval.runner import run_questions
    from eval.systems import open_system

    system = open_system(options.system, library, options.model)
    for questions in sets:
        records = run_questions(system.assistant, questions.questions, options.seed)
        yield new_run(
            questions,
            records,
            system=system.name,
            model=system.model,
            settings=system.settings,
            knowledge=library.version,
            seed=options.seed,
        )


def _shipped(name: str) -> Path:
    return SHIPPED / f"{name}.jsonl"


def _say(text: str) -> None:
    if text:
        print(text, file=sys.stderr)


if __name__ == "__main__":
    try:
        status = main()
    except Exception:  # Python's own exit code for a crash is 1, which CI reads as a regression.
        traceback.print_exc()
        status = UNUSABLE
    sys.exit(status)
