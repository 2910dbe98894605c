"""Is this a request to judge somebody's own case? The assistant quotes guidance, it does not."""

import re

_ADVICE = re.compile(
    r"\b(?:juridisch advies|rechtszaak|heb ik (?:een zaak|gelijk)|sta ik in mijn recht"
    r"|(?:mijn|ons|onze|dit|deze|het|de) (?:\w+ )?"
    r"(?:contract|overeenkomst|vwo|dpa|dossier|zaak|situatie)"
    r" (?:\w+ ){0,3}(?:beoordelen|nakijken|controleren|toetsen|checken|bekijken|lezen)"
    r"|(?:beoordeel|controleer|check|bekijk) (?:mijn|ons|onze|dit|deze)|legal advice)\b",
    re.IGNORECASE,
)


def asks_advice(text: str) -> bool:
    """Return True for "kunt u mijn contract beoordelen", "heb ik een zaak" and the like."""
    return bool(_ADVICE.search(text))
