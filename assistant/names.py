"""People's names in a Dutch text: those given in so many words, and what else may be one."""

import re
from collections.abc import Iterator

_PARTICLES = r"(?:(?:[Vv]an|[Dd]er?|[Dd]en|[Tt]e[nr]?|'t|el|al|bin|la|le|von|und)\s+)*"
_CAPITAL = r"(?:[^\W\d_a-zß-öø-ÿ]\.\s?)*(?![a-zß-öø-ÿ])[^\W\d_][\w'’-]+"
_ANY = r"(?:[^\W\d_]\.\s?)*[^\W\d_][\w'’-]*"
_NAME = rf"{_PARTICLES}{_CAPITAL}(?:\s+{_PARTICLES}{_CAPITAL})*"
_FULL_NAME = rf"{_CAPITAL}(?:\s+{_PARTICLES}{_CAPITAL})+"
_NO_NAME = (
    r"(?!(?:en|of|ik|wij|we|maar|want|niet|door|te|in|op|bij|met|bekend|gelekt|verplicht|"
    r"een|geen|nog|al|ook|and|not|i|van|voor|aan|uit|die|dat|is|heb|werk|woon)\b)"
)
# In this form a name is one in small letters too.
_OWN = re.compile(
    r"\b(?i:mijn\s+naam\s+is|ik\s+heet|my\s+name\s+is|naam\s*:)\s+"
    rf"(?P<name>{_NAME}|{_NO_NAME}{_PARTICLES}{_ANY}(?:\s+{_PARTICLES}{_NO_NAME}{_ANY})?)"
)
_OTHERS = re.compile(
    r"\b(?i:(?:zijn|haar|hun)\s+naam\s+is|(?:hij|zij|die)\s+heet|mevrouw|mevr\.?|mw\.|meneer|"
    rf"dhr\.?|de\s+heer)\s+(?P<name>{_NAME})"
)
_INTRODUCED = re.compile(rf"\b(?i:ik\s+ben|dit\s+is|i\s+am)\s+(?P<name>{_FULL_NAME})")
_SIGNED = re.compile(
    rf"\b(?i:groet(?:en|jes)?|hoogachtend|regards)\b[,.!]?\s+(?P<name>{_NAME})\s*[.!]?\s*$"
)
_PAIR = re.compile(rf"(?<!\w)(?P<name>{_FULL_NAME})")
_OPENERS = frozenset(
    "mag mogen moet moeten is zijn ben bent kan kunnen kunt wat wie waar wanneer waarom hoe welke "
    "heeft heb hebben wil zal als dit dat de het een en of ik wij wel met van voor bij door mijn "
    "onze ons uw geldt valt beste geachte hallo hoi dag".split()
)
_TERMS = frozenset(
    "autoriteit persoonsgegevens algemene verordening gegevensbescherming functionaris europese "
    "unie verenigde staten verwerker verwerkingsverantwoordelijke verwerkersovereenkomst avg ap fg "
    "bsn gdpr iban track trace data protection officer processor controller".split()
)


def given_names(text: str) -> Iterator[str]:
    """Names given in a form that leaves no doubt ("mijn naam is …", "mevrouw …", a closing)."""
    for pattern in (_OWN, _OTHERS, _INTRODUCED, _SIGNED):
        yield from (m["name"] for m in pattern.finditer(text) if not _is_term(m["name"]))


def possible_names(text: str) -> Iterator[str]:
    """Every run of capitalised words that holds more than this field's own terms."""
    for match in _PAIR.finditer(text):
        first, _, rest = match["name"].partition(" ")
        name = rest.strip() if first.lower() in _OPENERS else match["name"]
        if not _is_term(name):
            yield name


def _is_term(name: str) -> bool:
    return all(word.lower() in _TERMS | _OPENERS for word in name.split())
