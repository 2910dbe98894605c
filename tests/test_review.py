"""The helpdesk's review: behind its token, without a script, and with files to commit."""

import json
import re
from pathlib import Path

import pytest
import yaml
from conftest import Client
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from assistant.request import clean
from assistant.web.feedback_store import FeedbackStore, Note
from assistant.web.review_session import SECONDS, Sessions
from assistant.web.settings import SettingsError, load_settings
from eval.dataset import load_questions
from eval.draft import read_export
from index.likeness import alike
from knowledge.bank import OUTSIDE_FILE, QUESTIONS, load_bank
from knowledge.bank_edit import with_questions
from knowledge.library import Library

TOKEN = "-".join(("een", "lang", "wachtwoord"))
SECTION = "inhoud-verwerkersovereenkomst/subverwerkers"
QUESTION = 'Wie betaalt de "schade" van een onderaannemer?'


@pytest.fixture
def store(tmp_path: Path) -> FeedbackStore:
    store = FeedbackStore(tmp_path / "feedback.sqlite", 90)
    store.add(Note(QUESTION, "down", "incomplete", "Ik mis het artikel", SECTION))
    store.add(Note("Hoe lang mag ik camerabeelden bewaren?", "unanswered"))
    store.add(Note("bewaartermijn camerabeelden", "unanswered"))
    store.add(Note("Wat is een verwerker?", "up"))
    return store


@pytest.fixture
def settings(tmp_path: Path, store: FeedbackStore) -> dict[str, object]:
    return {"feedback": {"file": tmp_path / "feedback.sqlite", "token": TOKEN}}


def log_in(web: TestClient) -> str:
    page = web.post("/beheer/inloggen", data={"token": TOKEN})
    assert page.status_code == 200
    return page.text


def decide(web: TestClient, store: FeedbackStore, question: str, use: str, target: str) -> None:
    note_id = next(kept.id for kept in store.notes() if kept.note.question == question)
    fields = {"note": str(note_id), "use": use, "target": target}
    assert web.post("/beheer/besluit", data=fields).status_code == 200


def test_there_is_no_review_page_without_a_token(client: Client, tmp_path: Path) -> None:
    with client(feedback={"file": tmp_path / "feedback.sqlite"}) as web:
        assert web.get("/beheer").status_code == 404


def test_a_token_needs_a_database_and_length() -> None:
    for wrong in ({"token": TOKEN}, {"token": "kort", "file": Path("x.sqlite")}):
        with pytest.raises(SettingsError, match="AVG_ASSISTENT_FEEDBACK") as caught:
            load_settings(feedback=wrong)
        assert str(wrong["token"]) not in str(caught.value)


def test_nothing_is_shown_or_done_without_the_token(
    client: Client, settings: dict[str, object], store: FeedbackStore
) -> None:
    with client(**settings) as web:
        assert QUESTION.split(maxsplit=1)[0] not in web.get("/beheer").text.split("<main")[1]
        for path in ("besluit", "opruimen", "uitloggen"):
            assert (
                web.post(f"/beheer/{path}", data={"note": "1", "use": "forget"}).status_code == 403
            )
        assert web.get("/beheer/export/concept.jsonl").status_code == 403
        wrong = web.post("/beheer/inloggen", data={"token": "fout"})
        assert "Dit wachtwoord klopt niet" in wrong.text
    assert len(store.notes()) == 4


def test_guessing_is_slowed_down(client: Client, settings: dict[str, object]) -> None:
    with client(**settings) as web:
        tried = [web.post("/beheer/inloggen", data={"token": str(n)}) for n in range(12)]
        assert tried[-1].status_code == 429
        assert web.get("/beheer", headers={"Authorization": "Bearer x"}).status_code == 429


def test_another_site_cannot_send_a_form(
    client: Client, settings: dict[str, object], store: FeedbackStore
) -> None:
    with client(**settings) as web:
        log_in(web)
        headers = {"Sec-Fetch-Site": "cross-site"}
        answer = web.post("/beheer/opruimen", headers=headers)
        assert answer.status_code == 403
        cookie = web.post("/beheer/inloggen", data={"token": TOKEN}, follow_redirects=False)
        assert re.search(r"HttpOnly.*SameSite=strict", cookie.headers["set-cookie"])


def test_the_page_cannot_be_framed_or_kept(client: Client, settings: dict[str, object]) -> None:
    with client(frame_ancestors="https://www.example.nl", **settings) as web:
        log_in(web)
        headers = web.get("/beheer").headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "script-src" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"


def test_lists_what_went_wrong_with_like_questions_together(
    client: Client, settings: dict[str, object]
) -> None:
    with client(**settings) as web:
        page = log_in(web)
    assert "2 vragen die op elkaar lijken" in page
    assert "Duim omlaag: er ontbreekt iets" in page
    assert "Wat is een verwerker?" not in page.split("Om vast te leggen")[0]
    assert f'value="{SECTION}" selected' in page


def test_a_click_makes_a_bank_line_or_an_evaluation_row(
    client: Client,
    settings: dict[str, object],
    store: FeedbackStore,
    library: Library,
    tmp_path: Path,
) -> None:
    with client(**settings) as web:
        log_in(web)
        decide(web, store, QUESTION, "bank", SECTION)
        decide(web, store, "bewaartermijn camerabeelden", "bank", "near")
        decide(web, store, "Hoe lang mag ik camerabeelden bewaren?", "eval", "near")
        bank = tmp_path / "bank"
        bank.mkdir()
        page = library.entry(SECTION.split("/", maxsplit=1)[0]).page_id
        for name in (f"{page}.yaml", OUTSIDE_FILE):
            (bank / name).write_text(web.get(f"/beheer/export/{name}").text, encoding="utf-8")
        rows = tmp_path / "rows.jsonl"
        rows.write_text(web.get("/beheer/export/evaluatie.jsonl").text, encoding="utf-8")
        draft = tmp_path / "draft.jsonl"
        draft.write_text(web.get("/beheer/export/concept.jsonl").text, encoding="utf-8")
    before, after = load_bank(library), load_bank(library, bank)
    new = {(q.text, q.target) for q in (*after.inside, *after.outside)}
    new -= {(q.text, q.target) for q in (*before.inside, *before.outside)}
    assert new == {(QUESTION, SECTION), ("bewaartermijn camerabeelden", "near")}
    assert [q.kind for q in load_questions(rows, library).questions] == ["near"]
    assert [d.question for d in read_export(draft)[0]] == ["Wat is een verwerker?"]


def test_an_inside_question_becomes_a_row_with_its_entry_and_section(
    client: Client, settings: dict[str, object], store: FeedbackStore
) -> None:
    with client(**settings) as web:
        log_in(web)
        decide(web, store, QUESTION, "eval", SECTION)
        headers = {"Authorization": f"Bearer {TOKEN}"}
        web.cookies.clear()
        row = json.loads(web.get("/beheer/export/evaluatie.jsonl", headers=headers).text)
    assert row["entries"] == ["inhoud-verwerkersovereenkomst"]
    assert row["sections"] == [SECTION]


def test_a_decision_can_be_taken_back_and_what_is_done_cleared(
    client: Client, settings: dict[str, object], store: FeedbackStore
) -> None:
    with client(**settings) as web:
        log_in(web)
        decide(web, store, QUESTION, "bank", SECTION)
        decide(web, store, QUESTION, "", "")
        assert {kept.use for kept in store.notes()} == {""}
        decide(web, store, QUESTION, "eval", SECTION)
        decide(web, store, "Wat is een verwerker?", "forget", "")
        web.post("/beheer/opruimen")
    assert len(store.notes()) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"note": "x", "use": "bank", "target": "near"},
        {"note": "1", "use": "bank", "target": "bestaat-niet"},
        {"note": "1", "use": "drop table", "target": "near"},
        {"note": "9" * 40, "use": "bank", "target": ""},
    ],
)
def test_a_form_that_is_not_ours_changes_nothing(
    client: Client, settings: dict[str, object], store: FeedbackStore, fields: dict[str, str]
) -> None:
    with client(**settings) as web:
        log_in(web)
        assert web.post("/beheer/besluit", data=fields).status_code == 422
    assert {kept.use for kept in store.notes()} == {""}


@pytest.mark.parametrize("name", ["../app.py", "evaluatie.jsonl", "..%2f..%2fapp.py", ""])
def test_only_files_that_there_are_can_be_exported(
    client: Client, settings: dict[str, object], name: str
) -> None:
    with client(**settings) as web:
        log_in(web)
        assert web.get(f"/beheer/export/{name}").status_code == 404


def test_a_session_ends_and_cannot_be_made_up() -> None:
    now = 1_000.0
    sessions = Sessions(TOKEN, lambda: now)
    cookie = sessions.cookie()
    assert sessions.holds(cookie)
    assert not Sessions("een-ander-wachtwoord", lambda: now).holds(cookie)
    for wrong in ("", ".", "9999999999.", cookie + "0", "é.é", f"x{cookie}"):
        assert not sessions.holds(wrong)
    now += SECONDS + 1
    assert not sessions.holds(cookie)


@given(st.lists(st.text(max_size=40), max_size=12))
def test_every_question_stands_in_one_group(texts: list[str]) -> None:
    groups = alike(texts)
    assert sorted(number for group in groups for number in group) == list(range(len(texts)))


@given(
    st.dictionaries(
        st.sampled_from([SECTION, "logistieke-dienstverlener"]),
        st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=3),
    )
)
def test_any_question_can_be_written_into_the_bank(questions: dict[str, list[str]]) -> None:
    cleaned = {t: [q for q in map(clean, qs) if q] for t, qs in questions.items()}
    text = (QUESTIONS / "verantwoordelijke-en-verwerker.yaml").read_text(encoding="utf-8")[-3000:]
    start = text[text.index("\n- ") :]
    bank = yaml.safe_load(with_questions(f"logistieke-dienstverlener:{start}", cleaned))
    held = [question for asked in bank.values() for question in asked]
    for question in (q for asked in cleaned.values() for q in asked):
        assert held.count(" ".join(question.split())) == 1
