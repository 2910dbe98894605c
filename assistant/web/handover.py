"""When a visitor gets the helpdesk's own contact beside an answer."""

import re

from assistant.answer import Answer
from assistant.web.setting_groups import Contact

_PERSON = re.compile(
    r"\b(?:medewerkers?|helpdesk|klantenservice|echt (?:mens|persoon)|doorverbind\w*|terugbellen"
    r"|(?:iemand|mens|persoon|collega) (?:\w+ ){0,3}(?:spreken|bellen|mailen|praten|vragen)"
    r"|(?:spreken|bellen|mailen|praten|chatten) (?:\w+ ){0,3}(?:iemand|mens|persoon|u|jullie)"
    r"|contact (?:\w+ ){0,3}(?:opnemen|krijgen)|talk to (?:a|some)\w*)\b",
    re.IGNORECASE,
)


def needs_contact(question: str, answer: Answer, contact: Contact) -> bool:
    """True without an answer, with a doubtful one, and for who asks for a person."""
    if not contact:
        return False
    doubtful = answer.kind == "answer" and answer.confidence < contact.confidence
    return answer.kind == "no_answer" or doubtful or bool(_PERSON.search(question))
