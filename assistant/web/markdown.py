"""An answer's Markdown as HTML: HTML off, links to the web only, citations that open their source.

The page shows sources, choices and the disclaimer as its own controls, so the blocks that only
repeat them are left out here. Everything else is shown as the assistant wrote it.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from assistant import phrases
from assistant.answer import Answer

_CITATION = re.compile(r"\[(\d{1,3})\]")
_SHOWN_OTHERWISE = (phrases.DISCLAIMER, phrases.ROLECHECK_COMMANDS, phrases.PERHAPS)
_NEW_TAB = '<span class="sr-only"> (opent in een nieuw tabblad)</span>'


class _Markdown(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802  markdown-it's own name
        return url.lower().startswith(("https://", "http://"))


_parser = _Markdown("commonmark", {"html": False}).disable(["image", "html_block", "html_inline"])


def answer_html(answer: Answer, anchors: dict[int, str]) -> Markup:
    """Render ``answer.text``; ``anchors`` gives the element that each citation's number opens."""
    blocks = _without_controls(_blocks(_parser.parse(answer.text)), _offered(answer))
    tokens = [token for block in map(_in_its_language, blocks) for token in block]
    for token in tokens:
        if token.type == "inline" and token.children:
            token.children = list(_finished(token.children, anchors))
    return Markup(_parser.renderer.render(tokens, _parser.options, {}))  # noqa: S704  HTML is off


def whole_html(text: str) -> Markup:
    """Render an answer's Markdown with nothing left out, for a page without controls of its own."""
    return Markup(_parser.render(text))  # noqa: S704  HTML is off


def plain_text(answer: Answer) -> str:
    """The answer's words without Markdown or citation numbers, a blank line between two blocks."""
    blocks = _without_controls(_blocks(_parser.parse(answer.text)), _offered(answer))
    return "\n\n".join(_CITATION.sub("", text).strip() for text in map(_text, blocks) if text)


def _offered(answer: Answer) -> tuple[set[str], ...]:
    """What the page offers as buttons: the related questions, and the choices."""
    return {item.question for item in answer.related}, {item.label for item in answer.choices}


def _in_its_language(block: list[Token]) -> list[Token]:
    if _text(block) in (phrases.ENGLISH_NOTE, phrases.ENGLISH_NO_ANSWER):
        block[0].attrSet("lang", "en")
    return block


def _blocks(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    block: list[Token] = []
    depth = 0
    for token in tokens:
        block.append(token)
        depth += token.nesting
        if depth == 0:
            yield block
            block = []


def _without_controls(
    blocks: Iterator[list[Token]], offered: tuple[set[str], ...]
) -> Iterator[list[Token]]:
    after_label = False
    for block in blocks:
        is_list = block[0].type in ("bullet_list_open", "ordered_list_open")
        items = set(_text(block).split("\n"))
        repeats = is_list and (after_label or any(items <= labels for labels in offered))
        after_label = _text(block) in (phrases.SOURCE, phrases.SOURCES)
        if not (repeats or after_label or _text(block) in _SHOWN_OTHERWISE):
            yield block


def _text(block: Sequence[Token]) -> str:
    inline = (token.children or () for token in block if token.type == "inline")
    return "\n".join("".join(child.content for child in children) for children in inline)


def _finished(children: Sequence[Token], anchors: dict[int, str]) -> Iterator[Token]:
    for token in children:
        if token.type == "text":
            yield from _with_citations(token.content, anchors)
            continue
        if token.type == "link_close":
            yield _html(_NEW_TAB)
        if token.type == "link_open":
            token.attrSet("rel", "noopener noreferrer")
            token.attrSet("target", "_blank")
        yield token


def _with_citations(text: str, anchors: dict[int, str]) -> Iterator[Token]:
    start = 0
    for match in _CITATION.finditer(text):
        anchor = anchors.get(int(match[1]))
        if anchor is None:
            continue
        yield Token("text", "", 0, content=text[start : match.start()])
        label = (
            f'<a class="cite" href="#{escape(anchor)}" aria-label="Bron {match[1]}">{match[1]}</a>'
        )
        yield _html(label)
        start = match.end()
    yield Token("text", "", 0, content=text[start:])


def _html(content: str) -> Token:
    return Token("html_inline", "", 0, content=content)
