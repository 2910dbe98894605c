"""The rest of a conversation: greetings, thanks, who are you. Fixed replies, no retrieval."""

import re

from assistant import phrases

# The first pattern that fits decides, so that "dank u, dag!" is thanked.
_REPLIES = (
    (
        r"(medewerker|helpdesk|iemand|mens|persoon) (\w+ ){0,3}(spreken|bellen|praten)"
        r"|(spreken|bellen|praten) (\w+ ){0,3}(medewerker|iemand|mens|persoon)"
        r"|doorverbind\w*|talk to (a|some)\w*",
        phrases.PERSON,
    ),
    (
        r"(wie|wat) (ben|bent) (je|jij|u)|mens|robot|bot|chatbot|computer|ai|echt persoon"
        r"|wat (kun|kan|kunt) (je|jij|u)|waarmee|who are you|are you (human|a)",
        phrases.WHO,
    ),
    (
        r"ok|oke|oké|okay|duidelijk|helder|begrepen|thnx|tnx"
        r"|bedankt|dank|dankje|dankjewel|dankuwel|thanks|thx|thank you|merci|super|top|fijn|prima"
        r"|mooi|handig",
        phrases.THANKS,
    ),
    (r"doei|dag hoor|tot (ziens|later)|bye|goodbye|fijne (dag|avond|weekend)", phrases.GOODBYE),
    (
        r"dom|domme|stom|stomme|slecht|waardeloos|nutteloos|idioot|sukkel|rot\w*|kut\w*"
        r"|stupid|useless",
        phrases.INSULT,
    ),
    (
        r"hallo|hoi|hey|hi|hee|hello|goede(morgen|middag|navond|ndag)|goeie\w*|dag|moi",
        phrases.GREETING,
    ),
)
_SHORT = 4
_PATTERNS = tuple(
    (re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), reply) for pattern, reply in _REPLIES
)


def is_smalltalk(text: str) -> bool:
    """Is this a short text with a word of greeting, thanks or the like?"""
    return len(text.split()) <= _SHORT and any(pattern.search(text) for pattern, _ in _PATTERNS)


def reply(text: str) -> str:
    """Return the fixed reply that fits; a general one where no pattern does."""
    return next(
        (answer for pattern, answer in _PATTERNS if pattern.search(text)), phrases.SMALLTALK
    )
