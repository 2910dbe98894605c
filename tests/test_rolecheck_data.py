"""The role check's data: what the file may hold, and what is refused with file and line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.diagram import diagram
from knowledge.errors import KnowledgeError
from knowledge.library import load_library
from knowledge.rolecheck import load_rolecheck
from knowledge.roletree import AGREEMENTS, ROLES

LIBRARY = load_library()
TREE = load_rolecheck(LIBRARY)
DOCS = Path(__file__).parent.parent / "docs" / "rolecheck.md"

SMALL = """\
start: eerste
aanbieden-na: [werken-in-opdracht]
voorbehoud: &zin
  sectie: logistieke-dienstverlener
  citaat: Nee. U bent namelijk geen verwerker
stappen:
  eerste:
    vraag: Bezorgt u?
    kort: Bezorgen
    citaten: [*zin]
    antwoorden:
      - {label: Ja, naar: klaar}
      - {label: Nee, naar: tweede}
    weet-niet: tweede
  tweede:
    vraag: Echt niet?
    kort: Echt
    citaten: [*zin]
    antwoorden:
      - {label: Ja, naar: klaar}
      - {label: Nee, naar: klaar}
    weet-niet: klaar
uitkomsten:
  klaar:
    rol: verwerkingsverantwoordelijke
    titel: Klaar.
    overeenkomst: niet-nodig
    waarom: [*zin]
    vervolg: [*zin]
"""


def load(tmp_path: Path, text: str) -> None:
    file = tmp_path / "rolecheck.yaml"
    file.write_text(text, encoding="utf-8")
    load_rolecheck(LIBRARY, file)


def swap(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


def test_small_check_is_accepted(tmp_path: Path) -> None:
    load(tmp_path, SMALL)


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        (swap("start: eerste", "start: nergens"), 1, "'nergens', which is no step"),
        (swap("naar: tweede", "naar: nergens"), 8, "leads to 'nergens'"),
        (swap("weet-niet: klaar", "weet-niet: eerste"), 8, "go round: eerste → tweede → eerste"),
        (
            swap("naar: tweede}\n    weet-niet: tweede", "naar: klaar}\n    weet-niet: klaar"),
            16,
            "no answer leads to 'tweede'",
        ),
        (swap("      - {label: Nee, naar: klaar}\n", ""), 16, "two answers or more"),
        (swap("label: Nee, naar: klaar", "label: JA!, naar: klaar"), 16, "the answer 'ja' twice"),
        (swap("    citaten: [*zin]\n", ""), 8, "'citaten:' is missing"),
        (swap("citaten: [*zin]", "citaten: []"), 8, "needs a quote"),
        (swap("geen verwerker", "een verwerker"), 3, "does not stand so in"),
        (swap("sectie: logistieke-dienstverlener", "sectie: nergens"), 3, "no section"),
        (swap("vraag: Echt niet?", "vraag: bezorgt U"), 16, "says the same as 'eerste'"),
        (swap("  tweede:\n", "  eerste:\n"), 15, "stands here twice"),
        (swap("  klaar:\n", "  tweede:\n"), 25, "of a step and of an outcome"),
        (swap("rol: verwerkingsv", "rol: v"), 25, "is not one of"),
        (swap("overeenkomst: niet-nodig", "overeenkomst: ja"), 25, "is not one of"),
        (swap("    kort: Echt\n", "    kort: Echt\n    hint: niets\n"), 16, "'hint:' is not known"),
        (swap("kort: Echt", "kort: ''"), 16, "'kort' must be a text"),
        (swap("citaten: [*zin]", "citaten: tekst"), 8, "must be a list"),
        (swap("[werken-in-opdracht]", "[nergens]"), 1, "'nergens', which is no entry's id"),
        (swap("stappen:", "stap:"), 1, "'stappen:' is missing"),
        (lambda text: text + "? [a]\n: b\n", 30, "unhashable key"),
        (lambda text: text.split("uitkomsten:")[0] + "uitkomsten: geen\n", 1, "must hold"),
    ],
)
def test_what_cannot_work_is_refused_with_its_line(
    tmp_path: Path, change: Callable[[str], str], line: int, says: str
) -> None:
    with pytest.raises(KnowledgeError) as caught:
        load(tmp_path, change(SMALL))
    assert says in str(caught.value)
    assert caught.value.line == line
    assert str(tmp_path / "rolecheck.yaml") in str(caught.value)


def test_every_role_and_agreement_is_an_outcome() -> None:
    assert {outcome.role for outcome in TREE.outcomes.values()} == set(ROLES)
    assert {outcome.agreement for outcome in TREE.outcomes.values()} == set(AGREEMENTS)


def test_an_agreement_is_only_called_needed_or_not_with_a_quote() -> None:
    for outcome in TREE.outcomes.values():
        assert outcome.advice or outcome.agreement == "onbekend"


def test_quotes_stand_in_the_guidance_at_their_offsets() -> None:
    cites = [c for step in TREE.steps.values() for c in step.cites]
    cites += [c for o in TREE.outcomes.values() for c in (*o.why, *o.advice)]
    for cite in (TREE.caveat, *cites):
        page = LIBRARY.page(LIBRARY.entry(cite.entry_id).page_id)
        assert page.text[cite.start : cite.end] == cite.quote


def test_the_documentation_shows_the_diagram_of_this_data() -> None:
    assert f"```mermaid\n{diagram(TREE)}```" in DOCS.read_text(encoding="utf-8")
