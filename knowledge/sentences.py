"""Cut Dutch guidance into statements that can be quoted on their own.

A statement is a sentence, with exceptions that keep its meaning whole: a rhetorical question
("Doen zij dat niet?") stays with the sentence that replies to it, "Ja." and "Nee." with the one
they introduce, and a sentence that leans on the one before it ("Of door …", "Maar alleen als …",
"Zoals …") with that one.
"""

import re

from knowledge.model import Sentence

# A full stop after one of these does not end a sentence.
_ABBREVIATIONS = ("etc", "art", "bijv", "bv", "nr", "blz", "o.a", "d.w.z", "m.b.t", "i.v.m", "incl")
_END = re.compile(r"[.?!]+[)'’\"”]*(?=\s|$)")
_LEANING = re.compile(
    r"(?:Of|En|Maar(?! let op)|Bijvoorbeeld|Zoals|Tenzij|Denk aan|Ongeacht|"
    r"Ook wanneer|Ook als|Ook al|Deze)\b"
)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) offsets of every plain sentence in ``text``, in order."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        before = text[start : match.start()]
        word = before.rsplit(None, 1)[-1].lower().lstrip("(") if before.strip() else ""
        following = text[match.end() :].lstrip()
        if match.group().startswith(".") and (word in _ABBREVIATIONS or following[:1].islower()):
            continue
        spans.append((start, match.end()))
        start = match.end() + len(text[match.end() :]) - len(following)
    if text[start:].strip():
        spans.append((start, len(text.rstrip())))
    return spans


def split_statements(text: str, offset: int = 0) -> tuple[Sentence, ...]:
    """Return the statements of one passage; offsets are shifted by ``offset``.

    The statements cover the passage's words without overlap, in order.
    """
    groups: list[tuple[int, int]] = []
    for start, end in sentence_spans(text):
        if groups and (_is_open(text[slice(*groups[-1])]) or _LEANING.match(text[start:end])):
            groups[-1] = (groups[-1][0], end)
        else:
            groups.append((start, end))
    return tuple(Sentence(text[a:b], offset + a, offset + b) for a, b in groups)


def _is_open(statement: str) -> bool:
    return statement.endswith("?") or statement in ("Ja.", "Nee.")
