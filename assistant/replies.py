"""Reads a short reply to a question of the assistant's own: yes, no, don't know, or a number."""

import re
from typing import Literal

from knowledge.roletree import words

Reply = Literal["yes", "no", "unsure", "unclear"]

MAX_WORDS = 12
_UNSURE = re.compile(
    r"(?:ik |wij |we |dat |nee |sorry |nou )*"
    r"(?:weet(?: ik| wij| we)?(?: het| dat)?(?: echt| nog| zo| ook| eigenlijk)* niet"
    r"(?: zeker| precies)?"
    r"|weten(?: wij| we)?(?: het| dat)?(?: nog)? niet(?: zeker| precies)?"
    r"|zou het(?: echt)? niet weten|geen (?:flauw )?idee|onbekend|onduidelijk|onzeker|twijfel"
    r"|niet zeker|misschien|idk|dont know|i dont know)(?: hoor| eigenlijk| dus)*"
)
_NO = re.compile(
    r"(?:nee+|neen|nope|no|nooit|niet|geenszins|(?:volgens (?:mij|ons)|(?:dat )?klopt|dat is|zeker"
    r"|absoluut|natuurlijk|uiteraard|(?:ik |wij |we )?denk(?:en)?(?: ik)?(?: het| van)?)"
    r" (?:niet|nee))\b"
)
_YES = re.compile(
    r"(?:ja+|jawel|jazeker|jep|yes|yep|klopt|dat klopt|inderdaad|zeker|precies|correct|juist"
    r"|natuurlijk|uiteraard|absoluut|volgens (?:mij|ons) wel"
    r"|(?:ik |wij |we )?denk(?:en)?(?: ik)?(?: het| van)? (?:wel|ja))\b"
)
_HEDGED = re.compile(
    r"\b(?:maar|soms|deels|gedeeltelijk|misschien|tenzij|weet|hangt|afhankelijk|behalve|ligt|alleen"
    r"|nee|ja)\b"
)
_ASKING = re.compile(
    r"\b(?:wie|wat|wanneer|waar\w*|hoe\w*|welke?|(?:moet|mag|kan) (?:ik|wij|we))\b"
)
_NUMBER = re.compile(r"(?:(?:optie|antwoord|nummer|nr|keuze) )?(\d{1,2})")


def read_reply(text: str) -> Reply | None:
    """Return what a short reply says; None when it is a question, or something else."""
    said = words(text)
    if _UNSURE.fullmatch(said):
        return "unsure"
    if "?" in text or len(said.split()) > MAX_WORDS:
        return None
    no = _NO.match(said)
    match = no or _YES.match(said)
    rest = said[match.end() :] if match else ""
    if match is None or _ASKING.search(rest):
        return None
    if _HEDGED.search(rest) or (not no and re.search(r"\b(?:niet|geen|nooit)\b", rest)):
        return "unclear"
    return "no" if no else "yes"


def read_number(text: str) -> int | None:
    """Return the number that a reply consists of ("2", "optie 2"); None for anything else."""
    match = _NUMBER.fullmatch(words(text))
    return int(match[1]) if match else None
