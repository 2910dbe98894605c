"""Requests for what the assistant does not do: judge somebody's own case, or let a person call."""

import re

_ADVICE = re.compile(
    r"\b(?:juridisch advies|rechtszaak|schadevergoeding (?:eisen|claimen|vragen)"
    r"|heb(?: ik|ben wij|ben we) (?:een zaak|gelijk)"
    r"|(?:sta|staan) (?:ik|wij|we) in (?:mijn|ons) recht"
    r"|(?:mijn|ons|onze|dit|deze|het|de) (?:\w+ )?"
    r"(?:contract|\w*overeenkomst|vwo|dpa|dossier|zaak|situatie)"
    r"(?:,? \w+){0,8} (?:beoordelen|nakijken|controleren|toetsen|checken|bekijken|lezen|kijken"
    r"|doornemen)"
    r"|(?:beoordeel|controleer|check|bekijk) (?:mijn|ons|onze|dit|deze)|legal advice"
    r"|(?:review|check|judge) (?:my|our|this) (?:contract|agreement))\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:(?:iemand|medewerker|persoon|mens|collega|adviseur|jurist)\b.* "
    r"(?:spreken|praten|bellen|mailen|bereiken)"
    r"|(?:bel|mail) (?:mij|me)\b|(?:mij|me) (?:\w+ ){0,2}(?:terug)?(?:bellen|mailen)"
    r"|(?:speak|talk) to (?:a|some) ?(?:person|human|one|body)|call me)\b",
    re.IGNORECASE,
)


def asks_advice(text: str) -> bool:
    """Return True for "kunt u mijn contract beoordelen", "heb ik een zaak" and the like."""
    return bool(_ADVICE.search(text))


def asks_person(text: str) -> bool:
    """Return True for "kan ik een medewerker spreken", "bel mij terug" and the like."""
    return bool(_PERSON.search(text))
