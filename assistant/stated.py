"""The role that somebody states: "ik ben verwerker", "onze verwerker", "mijn opdrachtgever"."""

import re

from knowledge.roles import Role
from knowledge.roletree import words

_SELF = r"(?:ik|wij|we|jullie|u)"
_BETWEEN = r"(?:\s(?:zelf|ook|nu|dan|dus|toch|de|een|als|hier|eigenlijk|alleen|gewoon))*"
_PROCESSOR = re.compile(
    rf"\b(?:{_SELF} (?:ben|bent|zijn){_BETWEEN} verwerkers?\b(?! of )"
    rf"|als (?:{_SELF}\b)?{_BETWEEN} ?verwerker\b(?!s?overeenkomst)"
    r"|(?:mijn|onze) (?:opdrachtgevers?|klanten|klant)\b"
    rf"|{_SELF} (?:verwerken|verwerk)\b.* (?:in opdracht|voor (?:anderen|klanten))"
    r"|i am (?:a|the) processor|as a processor|we are (?:a|the) processor)"
)
_CONTROLLER = re.compile(
    rf"\b(?:{_SELF} (?:ben|bent|zijn){_BETWEEN} (?:verwerkings)?verantwoordelijken?\b(?! of )"
    rf"|als{_BETWEEN} (?:verwerkings)?verantwoordelijke\b"
    r"|(?:mijn|onze|ons) (?:sub)?(?:verwerkers?|leveranciers?|boekhouder|salaris\w*|hosting\w*)\b"
    rf"|{_SELF} (?:schakel(?:en|t)?|huur|huren|besteed|besteden)\b.*\b(?:in|uit)\b"
    r"|my processor|our processor|our vendor|as a controller|i am the controller)"
)
_DENIED = re.compile(r"\b(?:geen|niet) (?:de )?(?:verwerker|(?:verwerkings)?verantwoordelijke)\b")


_PARTY = re.compile(
    r"verwerk|verantwoordelijke\b|leveranc|uitbest|inschak|inhur|ingehuurd|opdracht|klant|bureau"
    r"|bedrijf|kantoor|dienstverlen|hosting|ander|extern|overeenkomst|contract|processor|controller"
)


def names_nobody(text: str) -> bool:
    """Does the text leave open who is who: no party, no outsourcing, no agreement in it?"""
    return not _PARTY.search(words(text))


def stated_role(text: str) -> Role | None:
    """Return the role that the text states of its author; None when it states none."""
    said = words(text)
    if _DENIED.search(said):
        return None
    processor, controller = _PROCESSOR.search(said), _CONTROLLER.search(said)
    if bool(processor) == bool(controller):
        return None
    return "verwerker" if processor else "verwerkingsverantwoordelijke"
