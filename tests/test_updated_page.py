"""The page tells when the guidance was updated, and what changed."""

from dataclasses import replace
from datetime import date

from assistant.answer import Answer, Citation
from assistant.web.render import Renderer
from assistant.web.settings import load_settings
from knowledge.library import Library, load_library

PAGE = load_library().pages[0]
UPDATED = replace(PAGE, updated=date(2027, 1, 2), changes=("Nieuw: Mag <b>dit</b>?",))


def test_edition_line_tells_when_the_page_was_updated_and_what_changed() -> None:
    before, _ = Renderer(Library((UPDATED,)), load_settings()).frame(compact=False)
    assert "Overgenomen op 24 november 2026. Bijgewerkt op 2 januari 2027. Dit is een" in before
    assert "<li>Nieuw: Mag &lt;b&gt;dit&lt;/b&gt;?</li>" in before


def test_page_that_was_never_updated_says_nothing_of_it() -> None:
    before, _ = Renderer(Library((PAGE,)), load_settings()).frame(compact=False)
    assert "Overgenomen op 24 november 2026. Dit is een" in before
    assert "Bijgewerkt" not in before
    assert "veranderd" not in before


def test_source_panel_tells_it_too() -> None:
    entry = UPDATED.entries[0]
    sentence = entry.lead.passages[0].sentences[0]
    citation = Citation(
        number=1,
        entry_id=entry.id,
        question=entry.question,
        section_id=entry.lead.id,
        section="",
        quote=sentence.text,
        url=UPDATED.url,
        source=UPDATED.title,
        page_id=UPDATED.id,
        start=sentence.start,
        end=sentence.end,
    )
    answer = Answer("answer", 1.0, f"{sentence.text} [1]", (citation,))
    turn = Renderer(Library((UPDATED,)), load_settings()).turn("Vraag?", answer)
    assert "Overgenomen op 24 november 2026. Bijgewerkt op 2 januari 2027." in turn
