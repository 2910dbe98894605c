"""``python -m assistant``: one question, or a stream of them; ``verify`` and ``agreement``."""

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from assistant.agreement_text import report_text
from assistant.assistant import Assistant
from assistant.audit import read_receipt, verify
from assistant.documents.reading import read_document
from assistant.errors import AskError, DocumentError
from assistant.request import read_request
from assistant.start import open_agreement_check, open_assistant
from index.errors import IndexRoomError
from index.opening import MODEL_VARIABLE
from knowledge.errors import KnowledgeError
from knowledge.library import load_library

USAGE_ERROR = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 when every question was answered, 2 when something was wrong.

    ``verify`` ends with 1 when a quote no longer stands in the knowledge.
    """
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments and arguments[0] in _COMMANDS:
        return _COMMANDS[arguments[0]](arguments[1:])
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.jsonl == bool(options.question):
        parser.error("give one question, or --jsonl with questions on standard input")
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    try:
        assistant = open_assistant(options.model)
    except (KnowledgeError, IndexRoomError) as error:
        print(error, file=sys.stderr)
        return USAGE_ERROR
    if options.jsonl:
        return _stream(assistant, sys.stdin, explain=options.explain)
    answer = assistant.ask(options.question, explain=options.explain)
    if options.json:
        print(json.dumps(answer.to_json(), ensure_ascii=False, indent=2))
    else:
        print(answer.text)
        if answer.explanation:
            print(json.dumps(answer.explanation, ensure_ascii=False, indent=2))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m assistant",
        description="Answer a Dutch question about controllers and processors, with the source.",
    )
    parser.add_argument("question", nargs="?", help="the question, between quotes")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--jsonl",
        action="store_true",
        help='read {"id", "question", "history"?} lines on standard input, answer one a line',
    )
    parser.add_argument("--explain", action="store_true", help="show why this answer was chosen")
    parser.add_argument(
        "--model", help=f"a SentenceTransformer's name or folder (or set {MODEL_VARIABLE})"
    )
    return parser


def _stream(assistant: Assistant, lines: TextIO, *, explain: bool) -> int:
    status = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            request = read_request(json.loads(line))
        except (json.JSONDecodeError, AskError) as error:
            print(f"line {number}: {error}", file=sys.stderr)
            # One answer a line, so that a reader can still pair answers with questions.
            print(json.dumps({"error": f"line {number}: {error}"}), flush=True)
            status = USAGE_ERROR
            continue
        answer = assistant.ask(request.question, request.history, explain=explain)
        body = replace(answer, id=request.id).to_json()
        print(json.dumps(body, ensure_ascii=False), flush=True)
    return status


def _verify(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m assistant verify",
        description="Prove that what an answer quoted still stands in the knowledge.",
    )
    parser.add_argument("receipt", help="a file with a receipt or an answer; - reads it here")
    name = parser.parse_args(arguments).receipt
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        receipt = read_receipt(json.loads(text))
        library = load_library()
    except (OSError, ValueError, KnowledgeError) as error:
        print(f"{name}: {error}", file=sys.stderr)
        return USAGE_ERROR
    same = receipt.knowledge == library.version
    print(f"knowledge {receipt.knowledge[:12]}: {'the same now' if same else 'other now'}")
    findings = verify(receipt, library)
    for finding in findings:
        span = finding.span
        print(f"[{span.number}] {span.section_id} {span.start}-{span.end}: {finding.standing}")
        if finding.now:
            print(f"    the section now reads: {finding.now}")
    return int(any(finding.standing == "changed" for finding in findings))


def _agreement(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m assistant agreement",
        description="Show a processor agreement beside what the guidance says must be in it.",
    )
    parser.add_argument("file", type=Path, help=".docx, .pdf with text, .txt or .md")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--model", help="a SentenceTransformer's name or folder")
    options = parser.parse_args(arguments)
    try:
        paragraphs = read_document(options.file.name, options.file.read_bytes())
        check = open_agreement_check(load_library(), options.model)
    except (DocumentError, IndexRoomError, KnowledgeError, OSError) as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return USAGE_ERROR
    report = check.check(paragraphs)
    if options.json:
        print(json.dumps(report.to_json(), ensure_ascii=False, indent=2))
    else:
        print(report_text(report))
    return 0


_COMMANDS = {"verify": _verify, "agreement": _agreement}

if __name__ == "__main__":
    sys.exit(main())
