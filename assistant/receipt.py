"""The receipt of an answer: which knowledge, model and settings gave it, and what it quoted.

Nothing in it changes between two runs (no time, no number of its own), so the same question on the
same version gives the same bytes.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """One citation's place in the page's plain text, and the SHA-256 of its quote."""

    number: int
    page_id: str
    entry_id: str
    section_id: str
    start: int
    end: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """All hashes are SHA-256 in hexadecimal.

    ``knowledge`` is the library's version; ``model`` names the weights; ``settings`` hashes all
    else that decides an answer; ``question`` hashes the question as it was read: cleaned, and
    without the personal data in it.
    """

    knowledge: str
    model: str
    settings: str
    question: str
    quotes: tuple[QuotedSpan, ...]
