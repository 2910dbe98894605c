"""Personal data is found where it stands, and none is left after scrubbing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.scrub import find_personal_data, scrub


def found(text: str) -> list[tuple[str, str]]:
    return [(f.kind, text[f.start : f.end]) for f in find_personal_data(text)]


@pytest.mark.parametrize(
    ("text", "kind", "data"),
    [
        ("Mail naar jan.jansen@voorbeeld.nl.", "email", "jan.jansen@voorbeeld.nl"),
        ("Stuur het naar FG+avg@gemeente.example!", "email", "FG+avg@gemeente.example"),
        ("Bel 06-12345678 even", "phone", "06-12345678"),
        ("Bel (070) 888 85 00", "phone", "(070) 888 85 00"),
        ("Bel +31 (0)6 1234 5678", "phone", "+31 (0)6 1234 5678"),
        ("Bel 0031612345678", "phone", "0031612345678"),
        ("Bel +32 2 274 48 00 (België)", "phone", "+32 2 274 48 00"),
        ("Zijn BSN is 111222333.", "bsn", "111222333"),
        ("BSN 1112.22.333?", "bsn", "1112.22.333"),
        ("bsn:123456782", "bsn", "123456782"),
        ("Rekening NL91 ABNA 0417 1643 00 is gelekt", "iban", "NL91 ABNA 0417 1643 00"),
        ("nl91abna0417164300", "iban", "nl91abna0417164300"),
        ("Mijn naam is Jan Jansen en ik vraag", "name", "Jan Jansen"),
        ("mijn naam is jan de vries en ik vraag", "name", "jan de vries"),
        ("Ik heet Fatima el Amrani.", "name", "Fatima el Amrani"),
        ("Ik ben Jan van der Berg van de school", "name", "Jan van der Berg"),
        ("Mevrouw De Vries vraagt om inzage", "name", "De Vries"),
        ("Mag dat?\n\nMet vriendelijke groet,\nÖzlem", "name", "Özlem"),
    ],
)
def test_finds_personal_data(text: str, kind: str, data: str) -> None:
    assert found(text) == [(kind, data)]
    assert data not in scrub(text)


@pytest.mark.parametrize(
    "text",
    [
        "Moet ik binnen 72 uur melden, volgens artikel 33 lid 1 AVG?",
        "Is 123456789 een BSN?",
        "Ik ben FG bij een gemeente met 120.000 inwoners.",
        "Ik ben verwerker. Mag ik een subverwerker inschakelen?",
        "Mijn naam is verplicht in het formulier",
        "Valt Google Analytics eronder?",
        "Geldt dit sinds 25-05-2018 voor alle @mentions?",
        "NL12 is geen rekening, NL91ABNA0417164301 ook niet",
        "Wat is de Algemene Verordening Gegevensbescherming?",
    ],
)
def test_leaves_ordinary_questions_alone(text: str) -> None:
    assert find_personal_data(text) == ()


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Mag Sanne Bakker dit inzien?", "Mag [naam] dit inzien?"),
        ("Klantnummer 123456789 is weg", "Klantnummer [nummer] is weg"),
        (
            "Wat zegt de Autoriteit Persoonsgegevens over Track & Trace?",
            "Wat zegt de Autoriteit Persoonsgegevens over Track & Trace?",
        ),
        ("Ik heet Piet. Waarom zegt piet dat?", "Ik heet [naam]. Waarom zegt [naam] dat?"),
    ],
)
def test_scrub_also_takes_out_what_may_be_personal(text: str, safe: str) -> None:
    assert scrub(text) == safe


def test_scrub_takes_out_the_names_it_is_given() -> None:
    assert scrub("wat wil quispel nou?", ["Quispel", " "]) == "wat wil [naam] nou?"


@st.composite
def bsns(draw: st.DrawFn) -> str:
    digits = draw(st.lists(st.integers(0, 9), min_size=8, max_size=8).filter(any))
    last = sum(w * d for w, d in zip(range(9, 1, -1), digits, strict=True)) % 11
    if last == 10:
        digits[7] = (digits[7] + 1) % 10
        last = sum(w * d for w, d in zip(range(9, 1, -1), digits, strict=True)) % 11
    return "".join(map(str, digits)) + str(last % 10)


names = st.from_regex(r"[A-Z][a-z]{2,9} [A-Z][a-z]{2,9}", fullmatch=True)
personal = st.one_of(
    bsns(),
    st.from_regex(r"[a-z]{1,9}[.][a-z]{1,9}@[a-z]{2,9}[.](nl|com|eu)", fullmatch=True),
    st.from_regex(r"06[ -]?[1-9][0-9]{7}", fullmatch=True),
    names.map("Ik heet {}".format),
)


@given(st.text(max_size=60), personal, st.text(max_size=60))
def test_scrub_leaves_no_personal_data(before: str, data: str, after: str) -> None:
    safe = scrub(f"{before}\n{data}\n{after}")
    assert data.removeprefix("Ik heet ") not in safe


@given(st.text(max_size=400))
def test_findings_stand_in_order_and_apart(text: str) -> None:
    place = 0
    for finding in find_personal_data(text):
        assert place <= finding.start < finding.end <= len(text)
        place = finding.end


@pytest.mark.parametrize(
    "piece", ["a", "1", "0", "a.", "1 ", "Aa ", "Aa van ", "@", "a@", "NL12 ", "+31"]
)
def test_long_input_takes_no_long_time(piece: str) -> None:
    scrub(piece * (20_000 // len(piece)))
