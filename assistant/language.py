"""Is a question English? Common words decide; enough for one short note."""

import re

_ENGLISH = frozenset(
    "the a an is are do does did i we you they my our your who what when where which how why "
    "must should need have has can may of to for with from by and or if not as this that it "
    "their be data processor controller agreement am".split()
)
_DUTCH = frozenset(
    "de het een is ik wij we u je zij mijn ons uw wie wat wanneer waar welke hoe waarom moet "
    "moeten mag mogen heb heeft kan van naar voor met door en of als niet dit dat zijn ben bij "
    "om te op aan".split()
)


def is_english(text: str) -> bool:
    """Return True when English words outnumber Dutch ones and there are at least two."""
    words = re.findall(r"[a-z]+", text.lower())
    english = sum(word in _ENGLISH for word in words)
    return english >= 2 and english > sum(word in _DUTCH for word in words)
