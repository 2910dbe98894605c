"""What people say of themselves: the role they have, or what kind of organisation they are."""

import re

from knowledge.roles import Role
from knowledge.roletree import words

_SELF = r"(?:ik|wij|we|jullie|u)"
_AM = r"(?:ben|bent|zijn|was|waren)"
_BETWEEN = (
    r"(?: (?:zelf|ook|nu|nou|dan|dus|toch|de|een|het|als|hier|eigenlijk|alleen|gewoon|juist))*"
)
_NOT_HIRED = r"(?! (?:of|in\w*|gebruik\w*|heb\w*|zoek\w*|kies|wil|neem))"
_PROCESSOR = re.compile(
    rf"\b(?:{_SELF} {_AM}{_BETWEEN} verwerkers?\b(?! of )"
    rf"|als {_SELF}(?: \w+){{0,5}}? verwerkers? {_AM}\b"
    rf"|als{_BETWEEN} verwerkers?\b{_NOT_HIRED}"
    rf"|(?:en|dus) (?:ben|zijn){_BETWEEN} verwerkers?\b(?! of )"
    r"|dus (?:de |een )?verwerker$"
    r"|(?:mijn|onze) opdrachtgevers?\b"
    r"|voor (?:mijn|onze) klanten\b"
    r"|instructies? van (?:mijn|onze) klant(?:en)?\b"
    rf"|{_SELF} (?:verwerken|verwerk)\b.* (?:in opdracht|voor (?:anderen|klanten))"
    r"|(?:i am|we are|if i am|as) (?:a|the) processor)"
)
_CONTROLLER = re.compile(
    rf"\b(?:{_SELF} {_AM}{_BETWEEN}"
    r" (?:opdrachtgevers?|(?:verwerkings)?verantwoordelijken?)\b(?! of )"
    rf"|als {_SELF}(?: \w+){{0,5}}? (?:opdrachtgever|verwerkingsverantwoordelijke) {_AM}\b"
    rf"|stel dat {_SELF}(?: \w+){{0,3}}? opdrachtgever\b"
    rf"|als{_BETWEEN} (?:opdrachtgever|verwerkingsverantwoordelijke)\b"
    r"|(?:mijn|onze|ons) (?:sub)?(?:verwerkers?|leveranciers?|boekhouder|salaris\w*|hosting\w*)\b"
    rf"|(?:{_SELF} )?(?:schakel(?:en|t)?|huur|huren|besteed|besteden)(?: {_SELF})?\b"
    r".*\b(?:in|uit)\b"
    rf"|als {_SELF}(?: \w+){{0,6}}? (?:uitbesteden|uitbesteed|inschakel(?:en)?|inhu(?:ur|ren))\b"
    r"|(?:my|our) (?:processor|vendor|supplier)|(?:i am|we are|as) (?:a|the) controller)"
)
_DENIED = re.compile(r"\b(?:geen|niet) (?:de )?(?:verwerker|(?:verwerkings)?verantwoordelijke)\b")
_PARTY = re.compile(
    r"verwerk|verantwoordelijke\b|leveranc|uitbest|inschak|inhur|ingehuurd|opdracht|klant|bureau"
    r"|bedrijf|kantoor|dienstverlen|hosting|ander|extern|overeenkomst|contract|processor|controller"
)
_NAMED = re.compile(
    r"\b(?:(?:sub)?verwerkers?|(?:verwerkings)?verantwoordelijken?|opdrachtgevers?|leveranciers?"
    r"|(?:sub)?processors?|controllers?)\b"
)
_OTHERS = re.compile(
    r"\b(?:die|dat|wat) van (?:de|het|mijn|onze|ons|een|die)\b|\bthose of (?:the|my)\b"
    r"|\b(?:andersom|omgekeerd|the other way (?:round|around))\b"
)
_STATEMENT = re.compile(r"[^.!?;\n]+[.!?;]*")
_DESCRIBES = re.compile(
    rf"^(?:{_SELF} (?:{_AM}|werk\w*|doe\w*|maak|maken|lever\w*|verzorg\w*|bezorg\w*|rijd\w*"
    r"|vervoer\w*|verwerk\w*|bied\w*|beheer\w*|run|runnen|heb|hebben)|i am|we are|we run)\b"
)
_DESCRIPTION_WORDS = 15
_QUESTION_WORDS = 12
_FIRST_PERSON = re.compile(r"\b(?:ik|wij|we|mij|ons|onze|mijn|i|my|our)\b")


def stated_role(text: str) -> Role | None:
    """Return the role that the text states of its author; None when it states none."""
    said = words(text)
    if _DENIED.search(said):
        return None
    processor, controller = _PROCESSOR.search(said), _CONTROLLER.search(said)
    if bool(processor) == bool(controller):
        return None
    return "verwerker" if processor else "verwerkingsverantwoordelijke"


def names_nobody(text: str) -> bool:
    """Is this a short question that leaves open who is who: no party, no agreement in it?"""
    said = words(text)
    return len(said.split()) <= _QUESTION_WORDS and not _PARTY.search(said)


def names_party(text: str) -> bool:
    """Does the text speak of a processor or a controller by that name?"""
    return bool(_NAMED.search(words(text)))


def asks_of_others(text: str) -> bool:
    """Does the text ask for the other party's: "en die van mijn leverancier?", "en andersom?"."""
    return bool(_OTHERS.search(words(text)))


def description(text: str) -> str:
    """Return the first sentence that tells who its author is: "Wij bezorgen pakketten."

    Empty where there is none.
    """
    for sentence in _STATEMENT.findall(text):
        said = words(sentence)
        is_short = len(said.split()) <= _DESCRIPTION_WORDS
        if is_short and _DESCRIBES.match(said) and not sentence.rstrip().endswith("?"):
            return str(sentence.strip())
    return ""


def is_of_author(text: str) -> bool:
    """Is the text about its author: does it say "ik", "onze" or the like?"""
    return bool(_FIRST_PERSON.search(words(text)))
