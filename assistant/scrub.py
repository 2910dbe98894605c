"""Personal data in a text: find it, to warn, or take it out, to keep a question safely.

Found for certain: e-mail addresses, telephone numbers, BSNs (eleven-check), IBANs (mod 97) and
names in the forms in which people give them. ``scrub`` goes further, since a lost company name
harms nobody and a kept name does: it also takes out every long number and every pair of
capitalised words that is no term of this field.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.names import given_names, possible_names

Kind = Literal["email", "iban", "phone", "bsn", "name", "number"]

_SAFE: dict[Kind, str] = {
    "email": "[e-mailadres]",
    "iban": "[rekeningnummer]",
    "phone": "[telefoonnummer]",
    "bsn": "[BSN]",
    "name": "[naam]",
    "number": "[nummer]",
}
_EMAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]++@[\w-]++(?:\.[\w-]++)*")
_IBAN = re.compile(r"(?<![^\W_])[a-z]{2}\d{2}(?:[ .-]?[a-z0-9]){11,30}", re.IGNORECASE)
_GAP = r"[ .\-/()]{0,3}"
_PHONE = re.compile(
    rf"(?<![\w+])(?:(?:\+|00)31{_GAP}(?:\(?0\)?{_GAP})?[1-9](?:{_GAP}\d){{8}}"
    rf"|(?:\+|00)(?!31)[1-9](?:{_GAP}\d){{7,13}}|\(?0[1-9](?:{_GAP}\d){{8}})(?!\d)"
)
_BSN = re.compile(r"(?<!\d)(?:\d(?:[ .-]?\d){8}|\d{8})(?!\d)")
_LONG = re.compile(r"(?<!\d)\d(?:[ .\-/]?\d){6,}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of personal data: ``text[start:end]``."""

    kind: Kind
    start: int
    end: int


def find_personal_data(text: str) -> tuple[Finding, ...]:
    """Return what is certainly personal, in reading order, without overlap."""
    found = list(_numbers(text))
    blank = _blanked(text, found)
    found.extend(_places(blank, given_names(blank)))
    return tuple(sorted(found, key=lambda finding: finding.start))


def scrub(text: str, names: Sequence[str] = ()) -> str:
    """Return the text with all that is or may be personal replaced by its kind: "[naam]".

    ``names`` go too, however they are capitalised.
    """
    found = list(find_personal_data(text))
    for more in (lambda _: names, possible_names):
        blank = _blanked(text, found)
        found.extend(_places(blank, more(blank)))
    long = _LONG.finditer(_blanked(text, found))
    found.extend(Finding("number", *match.span()) for match in long)
    for finding in sorted(found, key=lambda finding: -finding.start):
        text = text[: finding.start] + _SAFE[finding.kind] + text[finding.end :]
    return text


def _numbers(text: str) -> Iterator[Finding]:
    patterns: tuple[tuple[Kind, re.Pattern[str]], ...] = (
        ("email", _EMAIL),
        ("iban", _IBAN),
        ("phone", _PHONE),
        ("bsn", _BSN),
    )
    for kind, pattern in patterns:
        sizes = ((m.start(), _size(kind, m[0])) for m in pattern.finditer(text))
        found = [Finding(kind, start, start + size) for start, size in sizes if size]
        text = _blanked(text, found)
        yield from found


def _size(kind: Kind, text: str) -> int:
    """How many characters of a match are the thing itself; 0 when its check fails."""
    if kind == "bsn":
        return len(text) if _passes_eleven(re.sub(r"\D", "", text)) else 0
    if kind == "iban":
        # The words after it can look like more of it: the longest part that passes counts.
        sizes = range(len(text), 14, -1)
        return next((n for n in sizes if text[n - 1].isalnum() and _passes_97(text[:n])), 0)
    return len(text)


def _passes_eleven(digits: str) -> bool:
    nine = [int(digit) for digit in digits.zfill(9)]
    weighed = sum(weight * digit for weight, digit in zip(range(9, 1, -1), nine, strict=False))
    return any(nine) and (weighed - nine[-1]) % 11 == 0


def _passes_97(text: str) -> bool:
    plain = re.sub(r"[ .-]", "", text)
    return int("".join(str(int(char, 36)) for char in plain[4:] + plain[:4])) % 97 == 1


def _places(text: str, names: Iterable[str]) -> Iterator[Finding]:
    for name in sorted({name.strip() for name in names if name.strip()}, key=len, reverse=True):
        words = r"\s+".join(map(re.escape, name.split()))
        pattern = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
        found = [Finding("name", *match.span()) for match in pattern.finditer(text)]
        text = _blanked(text, found)
        yield from found


def _blanked(text: str, found: Iterable[Finding]) -> str:
    for f in found:
        text = text[: f.start] + "\0" * (f.end - f.start) + text[f.end :]
    return text
