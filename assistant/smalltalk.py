"""The rest of a conversation: greetings, thanks, who are you. Fixed replies, no retrieval."""

import re

from assistant import phrases
from knowledge.roletree import words

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
        r"|wat (kun|kan|kunt) (je|jij|u)|waarmee|who are you|are you (human|a)"
        r"|(ben|bent) (je|jij|u) van",
        phrases.WHO,
    ),
    (
        r"ok|oke|oké|okay|duidelijk|helder|begrepen|snap|begrijp|thnx|tnx"
        r"|bedankt|dank|dankje|dankjewel|dankuwel|thanks|thx|thank you|merci|super|top|fijn|prima"
        r"|mooi|handig|perfect",
        phrases.THANKS,
    ),
    (r"doei|dag hoor|tot (ziens|later)|bye|goodbye|fijne (dag|avond|weekend)", phrases.GOODBYE),
    (
        r"dom|domme|stom|stomme|slecht|waardeloos|waardeloze|nutteloos|idioot|sukkel|onzin"
        r"|flauwekul|belachelijk|rot\w*|kut\w*|stupid|useless|nonsense",
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
_COURTESY = frozenset(
    "hallo hoi hey hee hi hello hai goedemorgen goedemiddag goedenavond goedendag goeiemorgen "
    "goeiemiddag goeienavond goeiendag dag moi beste geachte bedankt dank dankje dankjewel "
    "dankuwel thanks thx thnx tnx thank merci top super fijn fijne prima mooi handig perfect "
    "geweldig ok oke oké okay okee duidelijk helder begrepen snap begrijp doei bye goodbye ziens "
    "groet groeten groetjes jammer sorry".split()
)
_AROUND = frozenset(
    "ik je jij u wij we het dat dit die is was heel erg hartelijk veel zeer hoor nou zo "
    "ja nee maar dan alvast tot later nog weer een de en voor uw jouw hulp info "
    "informatie uitleg antwoord weet genoeg wel al allemaal mevrouw meneer heer dames "
    "heren goede avond middag morgen weekend met vriendelijke zeg you very so much your "
    "help a lot for the that all great clear".split()
)


def has_smalltalk(text: str) -> bool:
    """Does the text hold a word of greeting, thanks or the like?"""
    return any(pattern.search(text) for pattern, _ in _PATTERNS)


def is_smalltalk(text: str) -> bool:
    """Is this a short text with such a word?"""
    return len(text.split()) <= _SHORT and has_smalltalk(text)


def is_courtesy(text: str) -> bool:
    """Is this a greeting, thanks, or a sign of having understood, and nothing else?"""
    said = words(text)
    if said in ("laat maar", "geeft niet", "never mind"):
        return True
    found = set(said.split())
    return bool(found & _COURTESY) and found <= _COURTESY | _AROUND


def reply(text: str) -> str:
    """Return the fixed reply that fits; a general one where no pattern does."""
    return next(
        (answer for pattern, answer in _PATTERNS if pattern.search(text)), phrases.SMALLTALK
    )
