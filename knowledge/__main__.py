"""``python -m knowledge``: take pages in, check the editors' files, compare two editions, draw the
role check."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from knowledge.check import check_folder, check_pages
from knowledge.diagram import diagram
from knowledge.diff import Change, compare
from knowledge.errors import KnowledgeError
from knowledge.library import PAGES, load_library
from knowledge.parse import parse_page
from knowledge.rolecheck import load_rolecheck
from knowledge.takein.edition import Edition, is_written, take_in, write_editions
from knowledge.takein.summary import summarise

OK, FINDINGS, FAILED = 0, 1, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 when all is well, 1 with findings, 2 when it could not be done."""
    options = _parser().parse_args(argv)
    try:
        if options.command == "add":
            return _add(options)
        if options.command == "check":
            return _check(options.folder)
        if options.command == "rolecheck":
            return _rolecheck()
        return _diff(options.old, options.new)
    except KnowledgeError as error:
        print(error, file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m knowledge", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    add = commands.add_parser("add", help="turn saved pages into pages of the guidance")
    add.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help=".html, .txt, .docx, .pdf or .md"
    )
    add.add_argument("--title", help="the page's title; without it, what the file says")
    add.add_argument("--url", help="the page's address; without it, what the file says")
    add.add_argument("--publisher", help="who says it; without it, Autoriteit Persoonsgegevens")
    add.add_argument("--edition", help="which edition it is, in Dutch, after 'Dit is …'")
    add.add_argument("--dry-run", action="store_true", help="write nothing")
    check = commands.add_parser("check", help="find everything that is wrong with the files")
    for command in (add, check):
        command.add_argument(
            "--folder", type=Path, default=PAGES.parent, help="where pages/ and questions/ stand"
        )
    commands.add_parser("rolecheck", help="print the role check as a Mermaid diagram")
    diff = commands.add_parser("diff", help="say what changed between two editions of a page")
    diff.add_argument("old", type=Path, metavar="OLD")
    diff.add_argument("new", type=Path, metavar="NEW")
    return parser


def _rolecheck() -> int:
    print(diagram(load_rolecheck(load_library())), end="")
    return OK


def _add(options: argparse.Namespace) -> int:
    names = ("title", "url", "publisher", "edition")
    asked = {name: value for name in names if (value := getattr(options, name))}
    if len(options.files) > 1 and (options.title or options.url):
        print("--title and --url go with one FILE; every file is a page", file=sys.stderr)
        return FAILED
    folder = options.folder / "pages"
    pages = {path: parse_page(path) for path in sorted(folder.glob("*.md"))}
    editions: list[Edition] = []
    for file in options.files:
        edition = take_in(file, asked, pages, folder, date.today())
        if any(other.path == edition.path for other in editions):
            raise KnowledgeError(f"makes the same page as another FILE: {edition.path}", file)
        pages[edition.path] = edition.page
        editions.append(edition)
        print("\n".join(summarise(edition)))
    findings = tuple(check_pages(dict(sorted(pages.items())), options.folder))
    if options.dry_run:
        print("dry run: nothing was written")
    else:
        for edition in editions:
            print(f"{'nothing to write' if is_written(edition) else 'written'}: {edition.path}")
        write_editions(editions)
    return _report(findings)


def _check(folder: Path) -> int:
    findings = check_folder(folder)
    if not findings:
        print(f"nothing is wrong in {folder}")
    return _report(findings)


def _report(findings: Sequence[KnowledgeError]) -> int:
    for finding in findings:
        print(finding)
    if findings:
        print(f"{len(findings)} finding{'s' if len(findings) > 1 else ''}")
    return FINDINGS if findings else OK


def _diff(old: Path, new: Path) -> int:
    changes = compare(parse_page(old), parse_page(new))
    print("\n".join(line for change in changes for line in _lines(change)) or "nothing changed")
    return FINDINGS if changes else OK


def _lines(change: Change) -> Iterator[str]:
    yield f"{change.kind}: {change.question}"
    for sign, lines in (("-", change.removed), ("+", change.added)):
        for line in lines:
            place = f"[{line.heading}] " if line.heading else ""
            yield f"  {sign} {place}{line.text}"


if __name__ == "__main__":
    sys.exit(main())
