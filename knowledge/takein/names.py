"""Ids for a new edition: what is unchanged keeps its own, what is new gets one that is free."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from knowledge.draft import slug
from knowledge.model import Entry, Page, Section
from knowledge.takein.block import Block, key
from knowledge.takein.guess import QUESTION

# Two texts are wordings of one item when they have this share in common.
_ALIKE = 0.6
_INTRODUCTION = "inleiding"


def set_names(blocks: Sequence[Block], old: Page | None, taken: Iterable[str]) -> list[Block]:
    """Name every question, section and point, and every item of a list whose items have names.

    ``old`` is the edition that is replaced; ``taken`` holds the entry ids of other pages.
    """
    introduction, *answers = _split(blocks)
    entries = {key(entry.question): entry for entry in old.entries} if old else {}
    kept = {entries[key(head.text)].id for head, *_ in answers if key(head.text) in entries}
    used = {*taken, _INTRODUCTION}
    named = list(introduction)
    for question, *parts in answers:
        entry = entries.pop(key(question.text), None)
        wanted = question.name or (entry.id if entry else "") or slug(question.text)
        name = _free(wanted or "vraag", used if entry else used | kept)
        used.add(name)
        named += [replace(question, name=name), *_name_parts(parts, entry)]
    return named


def _split(blocks: Sequence[Block]) -> list[list[Block]]:
    """The introduction, and then each question with all that follows it."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if block.kind == "heading" and block.level == QUESTION:
            parts.append([])
        parts[-1].append(block)
    return parts


def _name_parts(parts: Sequence[Block], entry: Entry | None) -> list[Block]:
    names = _kept_names(parts, entry)
    used = set(names.values())
    lists = _lists(parts)
    for number, block in enumerate(parts):
        in_named_list = any(number in items and names.keys() & items for items in lists)
        if number in names or block.inside or (block.kind == "heading" and block.level < QUESTION):
            continue
        if block.kind in ("heading", "point") or (block.kind == "bullet" and in_named_list):
            words = block.text if block.kind != "bullet" else " ".join(block.text.split()[:5])
            names[number] = _free(slug(words) or "deel", used)
            used.add(names[number])
    return [replace(block, name=names.get(i, "")) for i, block in enumerate(parts)]


def _kept_names(parts: Sequence[Block], entry: Entry | None) -> dict[int, str]:
    """The names that the source gives, or that the old edition of this entry gave."""
    names = {number: block.name for number, block in enumerate(parts) if block.name}
    left = list(entry.sections[1:]) if entry else []
    for alike in (1.0, _ALIKE):
        for number, block in enumerate(parts):
            if number in names:
                continue
            section = next((s for s in left if _same(block, s, alike)), None)
            if section and entry:
                names[number] = section.id.removeprefix(f"{entry.id}/")
                left.remove(section)
    return names


def _same(block: Block, section: Section, alike: float) -> bool:
    """Whether a section is this block's: by its heading, or for an item by its text."""
    if block.kind != section.kind or block.inside:
        return False
    if section.kind != "bullet":
        return bool(section.heading) and key(block.text) == key(section.heading)
    old, new = key(section.passages[0].text), key(block.text)
    return old == new or (alike < 1 and SequenceMatcher(None, old, new).ratio() >= alike)


def _lists(parts: Sequence[Block]) -> list[set[int]]:
    """The places of items between two headings or points, for each such stretch."""
    lists: list[set[int]] = [set()]
    for number, block in enumerate(parts):
        if block.kind in ("heading", "point"):
            lists.append(set())
        elif block.kind == "bullet" and not block.inside:
            lists[-1].add(number)
    return lists


def _free(wanted: str, used: set[str]) -> str:
    number, name = 1, wanted
    while name in used:
        number += 1
        name = f"{wanted}-{number}"
    return name
