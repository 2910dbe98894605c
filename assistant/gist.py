"""What a message asks: without the personal data in it, and without the courtesies around it."""

import re

from assistant.request import MAX_CHARACTERS, clean
from assistant.scrub import find_personal_data
from assistant.smalltalk import is_courtesy

# Stands where personal data stood: a word of no meaning to the search.
HIDDEN = "…"
_PART = re.compile(r"[^.!?,;:]*[.!?,;:]*\s*")
# A part of a sentence with no more words than this besides the data says nothing without it.
_AROUND_DATA = 5


def without_personal_data(text: str) -> str:
    """Return the text with ``HIDDEN`` in place of each piece of personal data."""
    for finding in reversed(find_personal_data(text)):
        text = f"{text[: finding.start]}{HIDDEN}{text[finding.end :]}"
    return text


def as_read(question: str) -> str:
    """Return the question as it is read: cleaned, and without the personal data in it.

    What is longer than ``MAX_CHARACTERS`` is not read, and only cleaned.
    """
    text = clean(question)
    return text if len(text) > MAX_CHARACTERS else without_personal_data(text)


def gist(text: str) -> str:
    """Return the parts that ask or tell something; the whole text where no part does."""
    parts = [part for part in _PART.findall(text) if part.strip(f" .!?,;:{HIDDEN}")]
    kept = [part for part in parts if not (is_courtesy(part) or _only_data(part))]
    return "".join(kept).strip() or text


def _only_data(part: str) -> bool:
    return HIDDEN in part and len(part.replace(HIDDEN, " ").split()) <= _AROUND_DATA
