"""The agreement check: the editors' data, how a text is cut, and what is found in it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small import TinyModel, tiny_encoder

from assistant.__main__ import main
from assistant.agreement import AgreementCheck, PartResult, Report
from assistant.clauses import CLAUSE_CHARACTERS, UNIT_CHARACTERS, Clause, split_clauses
from assistant.documents.reading import read_text
from assistant.phrases import AGREEMENT_DISCLAIMER, AGREEMENT_FEW
from assistant.start import open_agreement_check
from eval.agreements import SHIPPED, judge, load_cases, scores
from eval.errors import AgreementSetError
from index.clause_scorer import ClauseScorer
from index.clause_vectors import clause_vectors
from index.clauses import SHORTLIST
from index.encoder import Encoder
from index.opening import open_encoder
from knowledge.agreement import load_requirements
from knowledge.errors import KnowledgeError
from knowledge.library import load_library

LIBRARY = load_library()
REQUIREMENTS = load_requirements(LIBRARY)
AGREEMENT = """Verwerkersovereenkomst

Artikel 1 Geheimhouding
1.1 Het personeel van Verwerker is tot geheimhouding verplicht. De kosten zijn inbegrepen.

Artikel 2 Subverwerkers
2.1 Verwerker mag zonder toestemming van Verantwoordelijke subverwerkers inschakelen.

Artikel 3 Audits
3.1 Verantwoordelijke mag een audit laten uitvoeren en Verwerker werkt daaraan mee.
"""
SMALL = """\
onderwerpen:
- id: geheimhouding
  naam: Geheimhoudingsplicht
  sectie: inhoud-verwerkersovereenkomst/geheimhoudingsplicht
  onderdelen:
  - id: geheimhouding
    naam: Geheimhouding
    citaat: hebben een geheimhoudingsplicht
    aanwezig:
    - Het personeel zwijgt.
    in-strijd:
    - Het personeel hoeft niet te zwijgen.
samen:
- dekt: [geheimhouding]
  clausules:
  - Iedereen zwijgt.
overig:
- De prijs is vast.
"""


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return open_encoder()


@pytest.fixture(scope="session")
def check(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> AgreementCheck:
    cache = tmp_path_factory.mktemp("clauses")
    return AgreementCheck(ClauseScorer(REQUIREMENTS, encoder, cache), LIBRARY)


def parts_of(report: Report) -> dict[str, PartResult]:
    return {part.id: part for subject in report.subjects for part in subject.parts}


def test_follows_the_sections_of_the_guidance_in_their_order() -> None:
    entry = LIBRARY.entry("inhoud-verwerkersovereenkomst")
    headed = [section.id for section in entry.sections if section.kind == "heading"]
    assert [subject.parts[0].cite.section_id for subject in REQUIREMENTS.subjects] == headed
    text = LIBRARY.page(entry.page_id).text
    assert all(text[p.cite.start : p.cite.end] == p.cite.quote for p in REQUIREMENTS.parts)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("hebben een geheim", "hebben geen geheim", "does not stand so in"),
        ("/geheimhoudingsplicht", "/elders", "is no section"),
        ("    citaat: hebben een geheimhoudingsplicht\n", "", "'citaat:' is missing"),
        ("    aanwezig:", "    aanwezich:", "'aanwezig:' is missing"),
        ("dekt: [geheimhouding]", "dekt: [zwijgen]", "'zwijgen' is not the id of a part"),
        ("Iedereen zwijgt.", "Het personeel zwijgt.", "stands here twice"),
        ("overig:", "anders:", "'overig:' is missing"),
        ("    - Het personeel zwijgt.", "    - 3", "must hold a list of texts"),
    ],
)
def test_refuses_data_that_cannot_be_used(tmp_path: Path, old: str, new: str, said: str) -> None:
    path = tmp_path / "agreement.yaml"
    assert old in SMALL
    path.write_text(SMALL.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=said):
        load_requirements(LIBRARY, path)


def test_a_heading_and_a_list_belong_to_their_clause() -> None:
    paragraphs = (
        "Verwerkersovereenkomst",
        "Artikel 2 Gegevens",
        "2.1 Het gaat om:",
        "- namen;",
        "- adressen.",
        "2.2 Verwerker houdt ze geheim.",
        "Bijlage 1",
        "Doel | de salarissen uitbetalen",
        "Handtekening",
    )
    heading = "Artikel 2 Gegevens"
    assert split_clauses(paragraphs) == (
        Clause("", "Verwerkersovereenkomst"),
        Clause(heading, "2.1 Het gaat om:\n- namen;\n- adressen."),
        Clause(heading, "2.2 Verwerker houdt ze geheim."),
        Clause("Bijlage 1", "Doel: de salarissen uitbetalen"),
        Clause("", "Handtekening"),
    )


@given(st.lists(st.text(max_size=300), max_size=8))
@settings(max_examples=50)
def test_any_text_is_cut_without_losing_a_letter(paragraphs: list[str]) -> None:
    clauses = split_clauses(paragraphs)
    for clause in clauses:
        assert clause.units()
        assert all(0 < len(unit) <= UNIT_CHARACTERS for unit in clause.units())
    kept = "".join(clause.heading + clause.text for clause in clauses)
    wanted = {c for p in paragraphs for c in p if c.isalpha() and c.isascii()}
    assert wanted <= set(kept)
    assert all(len(clause.text) <= CLAUSE_CHARACTERS + 300 for clause in clauses)


def test_finds_what_is_there_what_opposes_and_what_is_not(check: AgreementCheck) -> None:
    report = check.check(read_text(AGREEMENT))
    parts = parts_of(report)
    kept = parts["geheimhouding"]
    assert kept.status == "found"
    assert kept.heading == "Artikel 1 Geheimhouding"
    assert kept.sentence == "Het personeel van Verwerker is tot geheimhouding verplicht."
    assert kept.sentence in kept.passage
    assert parts["toestemming"].status == "contrary"
    assert parts["audits"].status == "found"
    assert parts["datalekken"].status == "missing"
    assert (parts["datalekken"].heading, parts["datalekken"].passage) == ("", "")
    statuses = {subject.id: subject.status for subject in report.subjects}
    assert statuses["geheimhouding"] == "found"
    assert statuses["subverwerkers"] == "contrary"
    assert statuses["audits"] == "partly"
    assert statuses["verwijderen"] == "missing"


def test_the_same_agreement_gives_the_same_report(check: AgreementCheck) -> None:
    paragraphs = read_text(AGREEMENT)
    first = json.dumps(check.check(paragraphs).to_json())
    assert json.dumps(check.check(paragraphs).to_json()) == first
    assert json.loads(first)["disclaimer"] == AGREEMENT_DISCLAIMER


def test_says_so_when_hardly_anything_is_found(check: AgreementCheck) -> None:
    report = check.check(("De bakker bakt elke ochtend brood en verkoopt het in zijn winkel.",))
    assert report.note == AGREEMENT_FEW
    assert all(part.status == "missing" for part in parts_of(report).values())


def test_a_part_that_no_clause_contradicts_is_never_contrary(check: AgreementCheck) -> None:
    contradicted = {name for e in REQUIREMENTS.examples for name in e.contradicts}
    text = "De duur van de verwerking en de categorieën van betrokkenen zijn niet bepaald."
    for part in parts_of(check.check((text,))).values():
        assert part.status != "contrary" or part.id in contradicted


def test_embeds_no_more_of_a_long_agreement_than_of_a_short_one(tmp_path: Path) -> None:
    model = TinyModel()
    scorer = ClauseScorer(REQUIREMENTS, tiny_encoder(model), tmp_path)
    check = AgreementCheck(scorer, LIBRARY)
    check.check(("Verwerker beveiligt de gegevens.",))
    model.seen.clear()
    check.check([f"{i} Verwerker verwerkt gegevens voor doel {i}." for i in range(3_000)])
    assert 0 < len(model.seen) <= SHORTLIST * len(REQUIREMENTS.parts)


def test_embeds_a_clause_once_and_a_new_one_alone(tmp_path: Path) -> None:
    model = TinyModel()
    clause_vectors(["eerste", "tweede"], tiny_encoder(model), tmp_path)
    assert model.seen == ["eerste", "tweede"]
    model.seen.clear()
    vectors = clause_vectors(["tweede", "derde"], tiny_encoder(model), tmp_path)
    assert model.seen == ["derde"]
    assert vectors.shape == (2, tiny_encoder(model).dimensions)
    model.seen.clear()
    clause_vectors(["tweede"], tiny_encoder(model, "another"), tmp_path)
    assert model.seen == ["tweede"]


def test_the_shipped_vectors_are_those_of_the_shipped_clauses(
    encoder: Encoder, tmp_path: Path
) -> None:
    clause_vectors([example.text for example in REQUIREMENTS.examples], encoder, tmp_path)
    assert not (tmp_path / "current").exists(), "make them again: python -m index train"


def test_finds_most_parts_of_the_test_set(check: AgreementCheck) -> None:
    cases = load_cases(SHIPPED / "test.jsonl", REQUIREMENTS)
    agreements = [case for case in cases if case.group == "agreements"]
    assert len(agreements) >= 10
    for score in scores(judge(check, agreements), REQUIREMENTS)[:3]:
        assert score.precision is not None
        assert score.recall is not None
        assert score.precision > 0.75, score
        assert score.recall > 0.85, score


@pytest.mark.parametrize(
    "row",
    [
        '{"id": "a", "text": "x", "part": "onbekend", "status": "present"}',
        '{"id": "a", "text": "x", "part": "audits", "status": "onbekend"}',
        '{"id": "a", "text": "x"}',
        "[]",
    ],
)
def test_refuses_a_set_that_cannot_be_used(tmp_path: Path, row: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(row, encoding="utf-8")
    with pytest.raises(AgreementSetError, match="line 1"):
        load_cases(path, REQUIREMENTS)


@pytest.fixture
def command(
    check: AgreementCheck, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    monkeypatch.setattr("assistant.__main__.open_agreement_check", lambda *_: check)

    def run(*arguments: str) -> tuple[int, str]:
        status = main(["agreement", *arguments])
        said = capsys.readouterr()
        return status, said.out or said.err

    return run


def test_command_prints_the_report(command: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    path = tmp_path / "overeenkomst.md"
    path.write_text(AGREEMENT, encoding="utf-8")
    status, text = command(str(path))
    assert status == 0
    assert "Uw toestemming vooraf: lijkt in strijd" in text
    status, body = command(str(path), "--json")
    assert status == 0
    assert json.loads(body)["subjects"][0]["id"] == "beschrijving"


def test_command_says_what_is_wrong(
    command: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    (tmp_path / "leeg.txt").write_text("")
    for name, said in (("leeg.txt", "geen overeenkomst"), ("weg.txt", "No such file")):
        status, text = command(str(tmp_path / name))
        assert status == 2
        assert said in text


def test_opens_without_an_index() -> None:
    assert isinstance(open_agreement_check(LIBRARY), AgreementCheck)
