"""Is every sentence of an answer the guidance's own, or one of the fixed phrases?"""

import re
from collections.abc import Iterator
from itertools import chain

from assistant import phrases
from assistant.answer import Answer
from knowledge.library import Library
from knowledge.rolecheck import load_rolecheck
from knowledge.roletree import Outcome, RoleTree, Step

_LINK = re.compile(r"\[([^\[\]]+)\]\([^)]*\)")
# A line under "Bron": publisher and title, the question, and the heading where there is one.
_SOURCE = re.compile(r"-? *([^:“]+): “(.+)”(?: \((.+)\))?")
_NUMBER = re.compile(r"\[\d+\]")


class Verbatim:
    """Knows one library's words and every fixed phrase."""

    def __init__(self, library: Library) -> None:
        self._known = " ".join([*(page.text for page in library.pages), *_about(library)])
        fixed = {_plain(phrase) for phrase in _fixed(load_rolecheck(library)) if phrase}
        self._fixed = sorted(fixed, key=len, reverse=True)

    def foreign(self, answer: Answer) -> list[str]:
        """Return the pieces of an answer that are neither."""
        found = []
        for line in _plain(answer.text).splitlines():
            source = _SOURCE.fullmatch(line)
            if source:
                found += [part for part in source.groups("") if part not in self._known]
                continue
            rest = line
            for phrase in self._fixed:
                rest = rest.replace(phrase, "\n")
            pieces = (piece.strip(" -“”()*:.,") for piece in rest.split("\n"))
            found += [piece for piece in pieces if piece and not _stands(piece, self._known)]
        return found


def _stands(piece: str, known: str) -> bool:
    if piece in known:
        return True
    # A section is quoted with its opening first: what is left of a passage is its sentences.
    ends = [m.end() for m in re.finditer(r"[.?!)”’]+(?= |$)", piece)]
    return any(piece[:end] in known and _stands(piece[end:].strip(), known) for end in ends[::-1])


def _plain(markdown: str) -> str:
    text = _NUMBER.sub("", _LINK.sub(r"\1", markdown.replace("\\", "")))
    return re.sub(r"[ \t]+", " ", text.replace("**", "").replace("*", ""))


def _about(library: Library) -> Iterator[str]:
    for page in library.pages:
        yield from (page.publisher, page.title, f"{page.publisher}, {page.title}", page.edition)
        yield from (entry.group for entry in page.entries)
        yield from (entry.question for entry in page.entries)


def _fixed(tree: RoleTree) -> Iterator[str]:
    for name in dir(phrases):
        value = getattr(phrases, name)
        if name.isupper():
            yield from value.values() if isinstance(value, dict) else (value,)
    for node in tree.nodes():
        if isinstance(node, Step):
            yield from chain((node.question, node.hint), (o.label for o in node.options))
        elif isinstance(node, Outcome):
            yield from (node.title, node.hint)
