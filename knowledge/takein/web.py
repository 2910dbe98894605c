"""A saved web page → blocks, through selectolax: its main part, headings, lists, accordions."""

import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from knowledge.takein.block import (
    Block,
    Dropped,
    Extract,
    marked,
    reads_as_heading,
    reads_as_question,
)
from knowledge.takein.runs import BREAK, lines_of

_MAIN = ("main", "[role=main]", "article")
_NO_WORDS = "script style noscript template svg canvas iframe object select textarea".split()
_OUTSIDE = ("nav", "footer", "aside")
_OUTSIDE_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary"}
# Words for a screen reader alone: "opent in nieuw tabblad".
_UNSEEN = re.compile(r"(?:^|[\s_-])(?:sr-only|visually-?hidden|element-invisible)(?:$|[\s_-])")
_INLINE = set(
    "a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q s samp small span "
    "strong sub sup time u var wbr picture".split()
)
_BOLD = {"b", "strong"}
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HEADING_BREAKS = ", ".join(f"{tag} br" for tag in (*_HEADINGS, "summary", "dt", "button"))
# Below every heading that a page marks as one.
_BOLD_LEVEL = 90


def extract_web(text: str) -> Extract:
    """Read the page's main part; what stands outside it is furniture."""
    tree = LexborHTMLParser(text)
    tree.strip_tags(_NO_WORDS, recursive=True)
    for line_break in tree.css(_HEADING_BREAKS):
        line_break.replace_with(" ")
    body = tree.body
    if body is None:
        return Extract(())
    # Several of a kind are no main part, but a list of articles.
    alone = (found[0] for found in map(tree.css, _MAIN) if len(found) == 1)
    main = next((node for node in alone if _words(node)), body)
    reader = _Reader()
    reader.read(main)
    reader.end_block()
    outside = _count(body) - _count(main)
    notes = (f"{outside} words outside the page's main part were left out",) if outside else ()
    return Extract(tuple(reader.blocks), _about(tree), tuple(reader.dropped), notes)


def _about(tree: LexborHTMLParser) -> dict[str, str]:
    heading, title = tree.css_first("h1"), tree.css_first("title")
    canonical = tree.css_first("link[rel=canonical]")
    found = {
        "title": _words(heading) if heading else _words(title).split(" | ")[0] if title else "",
        "url": (canonical.attributes.get("href") or "") if canonical else "",
    }
    return {name: value for name, value in found.items() if value}


def _words(node: LexborNode) -> str:
    return " ".join(node.text().split())


def _count(node: LexborNode) -> int:
    return len(node.text(separator=" ").split())


class _Reader:
    """Walks the tree in reading order and closes a block at every block-level element."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.dropped: list[Dropped] = []
        # What is said so far in the block that is open: texts, each with whether it is bold.
        self._runs: list[tuple[str, bool]] = []
        self._bold = False
        # The level of the last heading outside an accordion, the highest that is left inside one,
        # and the ids of the panels that buttons open.
        self._level = 1
        self._highest = 1
        self._panels: set[str] = set()
        # The item that is open, and whether it still has no words.
        self._item = ""
        self._item_is_new = False

    def read(self, node: LexborNode) -> None:
        """Read everything inside a node."""
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                self._runs.append((child.text_content or "", self._bold))
            elif tag == "br":
                self._runs.append((BREAK, self._bold))
            elif _is_outside(child):
                self._drop(child)
            elif tag in _HEADINGS:
                self.end_block()
                self._level = max(_HEADINGS.index(tag) + 1, self._highest)
                self._heading(_words(child), self._level)
            elif _opens(child):
                self.end_block()
                self._panels.add(child.attributes.get("aria-controls") or "")
                self._heading(_words(child), self._level + 1)
            elif tag == "button":
                self._drop(child)
            elif tag in _INLINE:
                self._read_inline(child)
            else:
                self._read_block(child)

    def end_block(self) -> None:
        """Close the block that is open and keep it, if it says anything."""
        for text, bold in lines_of(self._runs):
            block = Block("paragraph", text)
            if self._item == "question" and self._item_is_new and reads_as_question(text):
                self._heading(text, self._level + 1)
            elif self._item and self._item_is_new:
                self.blocks.append(replace(block, kind="point" if self._item == "ol" else "bullet"))
            elif self._item:
                self.blocks.append(replace(block, inside=True))
            elif bold and reads_as_heading(text):
                self._heading(text, _BOLD_LEVEL)
            else:
                self.blocks.append(marked(block))
            self._item_is_new = False
        self._runs = []

    def _read_inline(self, node: LexborNode) -> None:
        before = self._bold
        self._bold = before or node.tag in _BOLD
        self.read(node)
        self._bold = before

    def _read_block(self, node: LexborNode) -> None:
        self.end_block()
        before = self._level, self._highest, self._item, self._item_is_new
        accordion = node.tag in ("details", "dd") or node.attributes.get("id") in self._panels
        if node.tag == "li":
            listed = "ol" if node.parent and node.parent.tag == "ol" else "ul"
            accordion = _is_accordion_item(node)
            self._item, self._item_is_new = "question" if accordion else listed, True
        if accordion:
            self._highest = self._level + 2
        self.read(node)
        self.end_block()
        if node.tag == "li":
            _, _, self._item, self._item_is_new = before
        if accordion:
            self._level, self._highest, _, _ = before

    def _heading(self, text: str, level: int) -> None:
        if text:
            self.blocks.append(Block("heading", text, level))
        # What follows a heading in a list is a text of its own.
        self._item = ""

    def _drop(self, node: LexborNode) -> None:
        words = _words(node)
        if words:
            self.dropped.append(Dropped(words, f"<{node.tag}>"))


def _is_outside(node: LexborNode) -> bool:
    attributes = node.attributes
    return (
        node.tag in _OUTSIDE
        or attributes.get("role") in _OUTSIDE_ROLES
        # A site's header, not the one of an article.
        or (node.tag == "header" and node.css_first("h1") is None)
        or bool(_UNSEEN.search(attributes.get("class") or ""))
    )


def _opens(node: LexborNode) -> bool:
    """Whether a node is the question of an accordion: a click on it shows the answer."""
    if node.tag in ("summary", "dt"):
        return True
    opens = "aria-expanded" in node.attributes or "aria-controls" in node.attributes
    return opens and node.tag in ("a", "button") and reads_as_question(_words(node))


def _is_accordion_item(item: LexborNode) -> bool:
    """Whether a list item is a question with its answer: words, and then a part of the page."""
    asked = ""
    for child in item.iter(include_text=True):
        if child.tag in ("div", "section", "article"):
            return reads_as_question(asked) and bool(_words(child))
        asked = " ".join(f"{asked} {child.text()}".split())
    return False
