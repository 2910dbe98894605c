"""How a message leans on what went before it, told by its words alone.

A request about the last answer ("kan dat korter?") consists of words for one thing that can be
asked of it, and of words that carry no meaning of their own; any other word makes it a question.
"""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.stated import stated_role
from knowledge.roletree import words

Form = Literal["item", "why", "source", "example", "whole", "short"]
Lean = Literal["empty", "leaning"]


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """``keys`` name what is asked for; ``around`` may stand beside them."""

    keys: frozenset[str]
    around: frozenset[str]

    def fits(self, said: frozenset[str]) -> bool:
        return bool(said & self.keys) and said <= self.keys | self.around | _EMPTY | _ASKING


def _vocabulary(keys: str, around: str) -> _Vocabulary:
    return _Vocabulary(frozenset(keys.split()), frozenset(around.split()))


# Words without a meaning of their own, in Dutch and English.
_EMPTY = frozenset(
    "de het een dat dit die deze daar daarvan daarvoor daarmee daarbij daarover daarin hier "
    "hiervan hiervoor hiermee hierbij hierover er erbij ervan ervoor erover ermee u je jij jullie "
    "ik me mij mijn we wij ons onze uw hij zij ze hem hen hun zijn kun kan kunt kunnen mag mogen "
    "wil wilt willen zou zouden moet moeten zal zullen graag eens even nog wat iets maar en ook "
    "dan nu nou toch liever gewoon zelf van voor in op met te om is was waren ben bent wordt "
    "worden word heb hebt heeft hebben doe doet doen gaat gaan geldt zo dus of als wie wanneer "
    "hoe welke wel niet geen ja nee alleen altijd nooit allebei beide ander andere anders aub "
    "alsjeblieft alstublieft please can could you i we he she they it me my our the a an and but "
    "so that this those these of for to in on with is are was be do does did have has must should "
    "may want would like what who when how which if not then also".split()
)
_ROLES = _EMPTY | set("verwerker verwerkers verantwoordelijke opdrachtgever processor".split())
_ROLES |= {"verwerkingsverantwoordelijke", "controller"}
# Words of asking for something.
_ASKING = frozenset(
    "geef geven hou houd houden maak maken laat laten zien vertel vertellen zeg zeggen noem noemen "
    "stuur toon tonen lees lezen nodig give show tell make keep".split()
)
_ORDINALS = (
    ("eerste", "first"),
    ("tweede", "second"),
    ("derde", "third"),
    ("vierde", "fourth"),
    ("vijfde", "fifth"),
    ("zesde", "sixth"),
    ("zevende", "seventh"),
    ("achtste", "eighth"),
    ("negende", "ninth"),
    ("tiende", "tenth"),
)
_NUMBERS = {name: number for number, names in enumerate(_ORDINALS, 1) for name in names}
_NUMBERS |= {str(number): number for number in range(1, 30)} | {"laatste": -1, "last": -1}
_ABOUT_ITEM = frozenset(
    "punt onderdeel onderwerp nummer nr optie keuze vraag leg uit vertel vertellen meer over weten "
    "toelichten toelichting uitleggen eis regel situatie bullet bedoel lees explain tell about one "
    "point item".split()
)
# Words that may stand around the name of an item.
NO_MEANING = _EMPTY | _ABOUT_ITEM
# The first that fits decides.
_FORMS: tuple[tuple[Form, _Vocabulary], ...] = (
    (
        "why",
        _vocabulary(
            "waarom hoezo vanwaar reden why",
            "komt hoort eigenlijk precies leg legt uit so because",
        ),
    ),
    (
        "source",
        _vocabulary(
            "bron bronnen bronvermelding vindplaats link linkje url website webpagina pagina "
            "vandaan source sources",
            "waar staat haal haalt komt vind vinden nalezen precies precieze exacte hoort bij "
            "where come from",
        ),
    ),
    (
        "example",
        _vocabulary(
            "voorbeeld voorbeelden voorbeeldje bijvoorbeeld zoals example examples",
            "concreet paar",
        ),
    ),
    (
        "whole",
        _vocabulary(
            "hele heel helemaal geheel volledig volledige alles alle complete compleet rest "
            "uitgebreid uitgebreider langer meer verder whole full complete entire everything more",
            "antwoord tekst stuk artikel verhaal uitleg weten ga punten onderdelen see read answer "
            "text story",
        ),
    ),
    (
        "short",
        _vocabulary(
            "korter kort kortere samenvatten samengevat samenvatting bondig bondiger beknopt "
            "beknopter shorter short summary summarise summarize",
            "zin één woorden regel antwoord versie uitleggen answer sentence one",
        ),
    ),
)
_TOO = {"te kort": "langer", "te lang": "korter", "too short": "more", "too long": "shorter"}
_WHERE = re.compile(
    r"(?:en )?(?:waar (?:staat|vind ik|lees ik|haal (?:je|u)) (?:dat|dit|het)|wie zegt dat"
    r"|hoe (?:weet|kom) (?:je|u) (?:dat|daarbij|daaraan)|waar baseer(?:t)? (?:je|u) (?:dat|dit) op"
    r"|where does it say (?:that|so)"
    r"|(?:according to whom|says who))(?: (?:precies|allemaal|dan|eigenlijk|zo))*"
)
_OPENS = re.compile(r"^(?:en|maar|dus|of|ook|dan|stel|and|but|so|or|what if|what about)\b")
_POINTS = re.compile(
    r"\b(?:dat|die|dit|deze|daar\w*|hier\w*|er(?:aan|bij|in|mee|om|op|over|toe|uit|van|voor)"
    r"|hij|zij|ze|hem|hen|dan|het|that|it|they|them)\b"
)
_SHORT = 3
_POINTING = 12


def form_of(text: str) -> tuple[Form, int] | None:
    """Return what a text asks of the last answer; the number counts list items, -1 for the last."""
    said = words(text)
    for phrase, meaning in _TOO.items():
        said = said.replace(phrase, meaning)
    found = frozenset(said.split())
    numbers = found & _NUMBERS.keys()
    if len(numbers) == 1 and found - numbers <= NO_MEANING:
        return "item", _NUMBERS[min(numbers)]
    if _WHERE.fullmatch(said):
        return "source", 0
    return next(((form, 0) for form, vocabulary in _FORMS if vocabulary.fits(found)), None)


def opens_as_followup(text: str) -> bool:
    """Does the text open with "en", "maar" or the like?"""
    return bool(_OPENS.match(words(text)))


def lean(text: str) -> Lean | None:
    """Return whether a text leans on what went before; None when it can be a question of its own.

    It leans when it opens with "en", is short, points back, or tells the asker's role and nothing
    else: "en de beveiliging?", "moet hij dat melden?", "ik ben de verwerker". It is empty when no
    word of it tells a subject: "mag dat ook?".
    """
    said = words(text)
    count = len(said.split())
    if _EMPTY.issuperset(said.split()):
        return "empty"
    if count <= _SHORT or _OPENS.match(said) or (count <= _POINTING and _POINTS.search(said)):
        return "leaning"
    return "leaning" if stated_role(text) and _ROLES.issuperset(said.split()) else None
