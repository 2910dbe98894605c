"""How a question leans on what went before it, told by its form alone."""

import re
from typing import Literal

from knowledge.roletree import words

Form = Literal["short", "whole", "source", "why", "item"]

SHORT_WORDS = 3
_ORDINALS = (
    "eerste",
    "tweede",
    "derde",
    "vierde",
    "vijfde",
    "zesde",
    "zevende",
    "achtste",
    "negende",
    "tiende",
)
_POLITE = r"(?:(?:kun|kan|kunt|mag|wil) (?:je|u|ik|het|dat|dit)|graag|en|maar|alsjeblieft)"
_FORMS: tuple[tuple[Form, str], ...] = (
    (
        "short",
        rf"(?:{_POLITE} )*(?:dat |het |dit |me |mij )*(?:wat |iets |nog )*"
        r"(?:korter|kort|in het kort|samengevat|samenvatten|in een zin|bondiger)"
        r"(?: (?:graag|zeggen|samenvatten|uitleggen))*|shorter|in short",
    ),
    (
        "whole",
        rf"(?:{_POLITE} )*(?:laat |toon |geef )?(?:dat |het |dit |me |mij |de )*"
        r"(?:helemaal|hele antwoord|hele tekst|volledig|volledige tekst|volledige antwoord|alles"
        r"|rest|meer|uitgebreid(?:er)?)(?: (?:zien|laten zien|tonen|lezen|geven|graag|weten))*"
        r"|(?:show (?:me )?(?:all|everything|the whole answer))",
    ),
    (
        "source",
        r"(?:en )?(?:wat is |welke |waar is )?(?:de |je |uw )?bron"
        r"(?: is dat| hoort daarbij| is het)?"
        r"|waar (?:staat|vind ik|haal (?:je|u)|komt) (?:dat|dit)(?: vandaan| precies)*"
        r"|wie zegt dat|hoe (?:weet|kom) (?:je|u) (?:dat|daarbij)"
        r"|(?:which|what) source is (?:that|it)",
    ),
    (
        "why",
        r"(?:en |maar )?(?:waarom|hoezo|hoe komt dat|wat is de reden)"
        r"(?: (?:is|moet|mag|geldt|dan|dat|zo|eigenlijk|niet|wel|daarvan|hiervan))*"
        r"|why(?: is that)?",
    ),
    (
        "item",
        r"(?:en |vertel |leg |geef |zeg )?(?:me |mij )?(?:meer |iets )?(?:over |bij |van )?"
        rf"(?:(?:het|de|dat|die|nummer|punt|nr) )*(?P<item>{'|'.join(_ORDINALS)}|laatste|\d{{1,2}})"
        r"(?: (?:punt|onderwerp|uit|vraag|optie|graag))*",
    ),
)
_PATTERNS = tuple((form, re.compile(pattern)) for form, pattern in _FORMS)
_OPENS = re.compile(r"^(?:en|maar|dus|of|ook|dan|and|but|so|what about)\b")
_POINTS = re.compile(
    r"\b(?:dat|die|dit|deze|daar\w*|hier\w*|hij|zij|hem|ze|er|dan|het|that|it|they)\b"
)
_POINTING_LENGTH = 8


def form_of(text: str) -> tuple[Form, int] | None:
    """Return what a text asks of the last answer; the number counts list items, -1 for the last."""
    said = words(text)
    for form, pattern in _PATTERNS:
        match = pattern.fullmatch(said)
        if match:
            return form, _number(match["item"]) if form == "item" else 0
    return None


def opens_as_followup(text: str) -> bool:
    """Does the text open with "en", "maar" or the like?"""
    return bool(_OPENS.match(words(text)))


def leans(text: str) -> bool:
    """Can this hardly be a question of its own? It opens with "en", points back, or is tiny."""
    said = words(text)
    count = len(said.split())
    if count <= SHORT_WORDS or _OPENS.match(said):
        return True
    return count <= _POINTING_LENGTH and bool(_POINTS.search(said))


def _number(item: str) -> int:
    if item == "laatste":
        return -1
    return int(item) if item.isdecimal() else _ORDINALS.index(item) + 1
