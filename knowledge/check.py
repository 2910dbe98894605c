"""The linter: everything that is wrong with the editors' files, all at once.

Goes on where the loaders stop at the first error, and finds what they do not mind: the same text
twice, a "Zie ook" that could be a link, a word in the lexicon that does nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.agreement import load_requirements
from knowledge.bank import inspect_bank
from knowledge.draft import slug
from knowledge.errors import KnowledgeError
from knowledge.lexicon import inspect_lexicon
from knowledge.library import Library, inspect_library, page_files
from knowledge.model import Page
from knowledge.parse import inspect_page
from knowledge.rolecheck import load_rolecheck
from knowledge.roles import load_roles
from knowledge.text_file import read_text
from knowledge.yaml_file import inspect_mapping, line_of, strings


@dataclass(frozen=True, slots=True)
class _Placed:
    """A text with its place; two are the same only within one ``scope``."""

    text: str
    path: Path
    line: int | None
    scope: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What it has in common with itself in capitals."""
        return self.scope, self.text.casefold()


def check_folder(folder: Path) -> tuple[KnowledgeError, ...]:
    """Return every finding in a knowledge folder, by file and line.

    ``folder`` holds ``pages/``, and may hold ``questions/``, ``lexicon.yaml``, ``rolecheck.yaml``,
    ``agreement.yaml`` and ``roles.yaml``. While a page cannot be read at all, no other file is
    judged by it.
    """
    pages: dict[Path, Page] = {}
    findings: list[KnowledgeError] = []
    paths = page_files(folder / "pages")
    for path in paths:
        try:
            pages[path], problems = inspect_page(read_text(path), path)
            findings.extend(problems)
        except KnowledgeError as error:
            findings.append(error)
    if len(pages) == len(paths):
        findings.extend(check_pages(pages, folder))
        findings.extend(_lexicon(folder / "lexicon.yaml", pages.values()))
    return tuple(sorted(findings, key=lambda finding: (finding.path, finding.line or 0)))


def check_pages(pages: Mapping[Path, Page], folder: Path) -> Iterator[KnowledgeError]:
    """Yield what is wrong between pages that were read, and between them and the other files."""
    yield from inspect_library(pages)
    yield from _repeated(_questions(pages))
    yield from _repeated(_passages(pages))
    yield from _unlinked(pages)
    questions = folder / "questions"
    library = Library(tuple(pages.values()))
    _, problems = inspect_bank(library, questions)
    yield from problems
    yield from _repeated(_bank(questions))
    yield from _loaded(load_rolecheck, library, folder / "rolecheck.yaml")
    yield from _loaded(load_requirements, library, folder / "agreement.yaml")
    yield from _loaded(load_roles, library, folder / "roles.yaml")


def _repeated(texts: Iterable[_Placed]) -> Iterator[KnowledgeError]:
    seen: dict[tuple[str, str], _Placed] = {}
    for text in texts:
        first = seen.setdefault(text.key, text)
        if first is not text:
            place = f"{first.path.name}:{first.line}"
            yield KnowledgeError(f"stands at {place} already: '{text.text}'", text.path, text.line)


def _questions(pages: Mapping[Path, Page]) -> Iterator[_Placed]:
    for path, page in pages.items():
        for entry in page.entries:
            yield _Placed(entry.question, path, entry.line)


def _passages(pages: Mapping[Path, Page]) -> Iterator[_Placed]:
    for path, page in pages.items():
        for entry in page.entries:
            # Two answers may well have a text in common; one has no need of it twice.
            for passage in entry.passages():
                yield _Placed(passage.text, path, passage.line, f"{path} {entry.id}")


def _unlinked(pages: Mapping[Path, Page]) -> Iterator[KnowledgeError]:
    ids = {slug(e.question): e.id for page in pages.values() for e in page.entries}
    for path, page in pages.items():
        for entry in page.entries:
            for reference in entry.see_also:
                named = ids.get(slug(reference.text.partition(":")[2]))
                if named and reference.target is None:
                    message = f"'Zie ook' names a question; make it a link to '#{named}'"
                    yield KnowledgeError(message, path, reference.line)


def _bank(folder: Path) -> Iterator[_Placed]:
    # What cannot be read ``inspect_bank`` has reported.
    for path in sorted(folder.glob("*.yaml")):
        blocks: dict[str, Any] = {}
        with suppress(KnowledgeError):
            blocks, _ = inspect_mapping(read_text(path), path)
        for name, block in blocks.items():
            with suppress(KnowledgeError):
                yield from (_Placed(text, path, text.line) for text in strings(block, name, path))


def _loaded(
    load: Callable[[Library, Path], object], library: Library, path: Path
) -> Iterator[KnowledgeError]:
    if path.exists():
        try:
            load(library, path)
        except KnowledgeError as error:
            yield error


def _lexicon(path: Path, pages: Iterable[Page]) -> Iterator[KnowledgeError]:
    if not path.exists():
        return
    try:
        lexicon, problems = inspect_lexicon(path)
    except KnowledgeError as error:
        yield error
        return
    yield from problems
    text = "\n".join(page.text for page in pages).lower()
    terms = dict.fromkeys((*lexicon.synonyms.values(), *lexicon.examples.values()))
    for term in terms:
        if term.lower() not in text:
            message = f"no page says '{term}'; a question gains nothing by this term"
            yield KnowledgeError(message, path, line_of(term))
    for variant, term in lexicon.synonyms.items():
        if variant in {other.lower() for other in terms if other != term}:
            message = f"'{variant}' is a term of its own, and would be read as '{term}'"
            yield KnowledgeError(message, path, line_of(variant))
