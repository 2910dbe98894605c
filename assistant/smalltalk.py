"""The rest of a conversation: greetings, thanks, who are you. Fixed replies, no retrieval."""

import re

from assistant import phrases

_REPLIES = (
    (r"\b(wie|wat) (ben|bent) (je|jij|u)\b|\b(mens|robot|bot|chatbot|computer|ai|echt persoon)\b"
     r"|wat (kun|kan|kunt) (je|jij|u)|waar(mee| ?voor)|who are you|are you (human|a )", phrases.WHO),
    (r"\b(bedankt|dank|dankjewel|dankuwel|thanks|thx|thank you|merci|super|top|fijn|prima|mooi|handig)\b",
     phrases.THANKS),
    (r"\b(doei|dag hoor|tot ziens|tot later|bye|goodbye|fijne (dag|avond|weekend))\b", phrases.GOODBYE),
    (r"\b(dom|domme|stom|stomme|slecht|waardeloos|nutteloos|idioot|sukkel|rot\w*|kut\w*|stupid|useless)\b",
     phrases.INSULT),
    (r"\b(hallo|hoi|hey|hi|hee|hello|goede(morgen|middag|navond|ndag)|goeie\w*|dag|moi)\b",
     phrases.GREETING),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), reply) for pattern, reply in _REPLIES)


def reply(text: str) -> str:
    """Return the fixed reply that fits; a general one where no pattern does."""
    return next(
        (answer for pattern, answer in _PATTERNS if pattern.search(text)), phrases.SMALLTALK
    )
