"""Writes receipts, and proves from one that its quotes still stand in the knowledge."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal

from assistant.answer import Answer, Citation
from assistant.errors import ReceiptError
from assistant.receipt import QuotedSpan, Receipt
from knowledge.library import Library
from knowledge.model import Page

Standing = Literal["stands", "moved", "changed"]


@dataclass(frozen=True, slots=True)
class Basis:
    """What every receipt of one assistant says; see ``Receipt``."""

    knowledge: str
    model: str
    settings: str

    def receipt(self, question: str, answer: Answer) -> Receipt:
        """Write the receipt of the answer to a question that was read."""
        quotes = tuple(_span(citation) for citation in answer.citations)
        return Receipt(self.knowledge, self.model, self.settings, digest(question), quotes)


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of one quote; ``now`` is its section's present text where it changed."""

    span: QuotedSpan
    standing: Standing
    now: str = ""


def digest(text: str) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_receipt(body: object) -> Receipt:
    """Read a receipt, or the one inside an answer's JSON; ReceiptError names what is wrong."""
    whole = body if isinstance(body, Mapping) else {}
    body = whole.get("receipt", body)
    if not isinstance(body, Mapping):
        raise ReceiptError("this is no receipt: one JSON object was expected")
    quotes = body.get("quotes")
    if not isinstance(quotes, Sequence) or isinstance(quotes, str):
        raise ReceiptError("'quotes' must be a list")
    spans = tuple(QuotedSpan(**_checked(quote, QuotedSpan)) for quote in quotes)
    _compare(spans, whole.get("citations"))
    return Receipt(**_checked({**body, "quotes": spans}, Receipt))


def verify(receipt: Receipt, library: Library) -> tuple[Finding, ...]:
    """Look up every quote: at its place, elsewhere on its page, or changed."""
    pages = {page.id: page for page in library.pages}
    return tuple(_look_up(span, pages.get(span.page_id)) for span in receipt.quotes)


def _span(citation: Citation) -> QuotedSpan:
    names = (field.name for field in fields(QuotedSpan) if field.name != "sha256")
    return QuotedSpan(
        **{name: getattr(citation, name) for name in names}, sha256=digest(citation.quote)
    )


def _checked(body: object, shape: type[QuotedSpan | Receipt]) -> dict[str, Any]:
    if not isinstance(body, Mapping):
        raise ReceiptError("every quote must be an object")
    values: dict[str, Any] = {}
    for field in fields(shape):
        value = body.get(field.name)
        wanted = {"number": int, "start": int, "end": int, "quotes": tuple}.get(field.name, str)
        if not isinstance(value, wanted):
            raise ReceiptError(f"'{field.name}' is missing or is no {wanted.__name__}")
        values[field.name] = value
    return values


def _compare(spans: Sequence[QuotedSpan], quoted: object) -> None:
    sums = {span.number: span.sha256 for span in spans}
    for citation in quoted if isinstance(quoted, list) else ():
        quote, number = citation.get("quote"), citation.get("number")
        if not isinstance(quote, str) or sums.get(number) != digest(quote):
            raise ReceiptError(f"the quote of citation {number} is not the one on the receipt")


def _look_up(span: QuotedSpan, page: Page | None) -> Finding:
    if page is None:
        return Finding(span, "changed")
    if digest(_text_at(page, span.start, span.end)) == span.sha256:
        return Finding(span, "stands")
    length = span.end - span.start
    places = [p.start for e in page.entries for p in e.passages()]
    places += [s.start for e in page.entries for p in e.passages() for s in p.sentences]
    if any(digest(_text_at(page, at, at + length)) == span.sha256 for at in places):
        return Finding(span, "moved")
    sections = (section for entry in page.entries for section in entry.sections)
    now = next((section.text for section in sections if section.id == span.section_id), "")
    return Finding(span, "changed", now)


def _text_at(page: Page, start: int, end: int) -> str:
    """The passages' own characters between two places, as a citation quotes them."""
    passages = (passage for entry in page.entries for passage in entry.passages())
    parts = (p.text[max(start - p.start, 0) : end - p.start] for p in passages if p.start < end)
    return "\n\n".join(part for part in parts if part)
