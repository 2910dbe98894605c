"""Settings come from the environment and one file, and are checked before anything starts."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from assistant.web.settings import PREFIX, Settings, SettingsError, load_settings


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("AVG_ASSISTENT_")]:
        monkeypatch.delenv(name)


def write(tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "assistent.toml"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setenv("AVG_ASSISTENT_CONFIG", str(path))
    return path


def test_defaults_keep_to_this_machine_and_keep_nothing() -> None:
    settings = load_settings()
    assert settings.host == "127.0.0.1"
    assert settings.frame_ancestors == settings.cors_origins == ()
    assert settings.feedback.file is None
    assert not settings.contact


def test_file_yields_to_environment_and_that_to_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = """
    port = 1001
    rate_per_minute = 7
    frame_ancestors = ["https://www.example.nl", "https://intranet.example.nl:8443"]

    [contact]
    label = "Privacyhelpdesk"
    phone = "+31 70 000 0000"

    [feedback]
    file = "feedback.sqlite"
    days = 30
    token = "een-lang-wachtwoord"
    """
    write(tmp_path, text, monkeypatch)
    monkeypatch.setenv("AVG_ASSISTENT_PORT", "1002")
    monkeypatch.setenv("AVG_ASSISTENT_CONTACT__LABEL", "Balie")
    settings = load_settings(host=None, port=1003)
    assert (settings.port, settings.rate_per_minute) == (1003, 7)
    assert (settings.contact.label, settings.contact.phone) == ("Balie", "+31 70 000 0000")
    assert settings.frame_ancestors[1] == "https://intranet.example.nl:8443"
    assert settings.feedback.days == 30
    assert "wachtwoord" not in repr(settings)


def test_lists_in_the_environment_are_split_at_commas_and_spaces(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AVG_ASSISTENT_CORS_ORIGINS", "https://a.nl, https://b.nl https://c.nl")
    assert load_settings().cors_origins == ("https://a.nl", "https://b.nl", "https://c.nl")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PORT", "veel", "AVG_ASSISTENT_PORT"),
        ("PORT", "70000", "AVG_ASSISTENT_PORT"),
        ("FRAME_ANCESTORS", "*", "no exact origin"),
        ("FRAME_ANCESTORS", "https://*.example.nl", "no exact origin"),
        ("FRAME_ANCESTORS", "www.example.nl", "https://www.example.nl"),
        ("FRAME_ANCESTORS", "https://www.example.nl/", "no path, no slash"),
        ("FRAME_ANCESTORS", "https://a.nl;script-src", "must end after the host"),
        ("CORS_ORIGINS", "https://a.nl/pad", "no path"),
        ("ROOT_PATH", "assistent/", "AVG_ASSISTENT_ROOT_PATH"),
        ("RATE_PER_MINUTE", "-1", "AVG_ASSISTENT_RATE_PER_MINUTE"),
        ("CONTACT__LINK", "javascript:alert(1)", "AVG_ASSISTENT_CONTACT__LINK"),
        ("CONTACT__PHONE", "bel ons", "AVG_ASSISTENT_CONTACT__PHONE"),
        ("CONTACT__FAX", "1", "AVG_ASSISTENT_CONTACT__FAX"),
        ("FRAME_ANCESTOR", "https://a.nl", "FRAME_ANCESTOR: there is no such setting"),
        ("LOOK__COLOUR", "#ffff00", "contrast"),
        ("LOOK__COLOUR", "blauw", "a colour such as"),
        ("LOG_LEVEL", "luid", "AVG_ASSISTENT_LOG_LEVEL"),
        ("FEEDBACK__DAYS", "0", "AVG_ASSISTENT_FEEDBACK__DAYS"),
        ("FEEDBACK__TOKEN", "kort", "AVG_ASSISTENT_FEEDBACK__TOKEN"),
    ],
)
def test_a_wrong_value_is_named_with_what_to_write(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(f"AVG_ASSISTENT_{name}", value)
    with pytest.raises(SettingsError, match=says.replace("*", ".")):
        load_settings()


def test_all_that_is_wrong_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVG_ASSISTENT_PORT", "x")
    monkeypatch.setenv("AVG_ASSISTENT_LOOK__COLOUR", "y")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.parametrize("text", ["port = ", "poort = 1", "port = 'x'", "\x00"])
def test_a_wrong_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    write(tmp_path, text, monkeypatch)
    with pytest.raises(SettingsError):
        load_settings()
    monkeypatch.setenv("AVG_ASSISTENT_CONFIG", str(tmp_path / "weg.toml"))
    with pytest.raises(SettingsError, match="there is no file"):
        load_settings()


def named(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, object]]:
    for name, field in model.model_fields.items():
        group = field.annotation
        if isinstance(group, type) and issubclass(group, BaseModel):
            yield from named(group, f"{prefix}{name}.")
        else:
            yield prefix + name, field.default


def test_the_paper_names_every_setting_with_its_variable_and_default() -> None:
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| `")]
    documented = {row[0].strip("| `"): row for row in rows}
    settings = dict(named(Settings))
    assert documented.keys() == settings.keys()
    for name, default in settings.items():
        variable = PREFIX + name.replace(".", "__").upper()
        assert documented[name][1] == f"`{variable}`"
        if isinstance(default, int | float | str) and default not in ("", False):
            assert documented[name][2] == f"`{default}`"


def test_the_example_in_the_paper_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    example = text.split("```toml\n")[1].split("```")[0]
    write(tmp_path, example, monkeypatch)
    assert load_settings().contact.label == "Privacyhelpdesk"


@given(st.text(max_size=40))
def test_no_text_gets_into_a_policy_as_an_origin(text: str) -> None:
    try:
        origins = load_settings(frame_ancestors=(text,)).frame_ancestors
    except SettingsError:
        return
    for origin in origins:
        assert origin.startswith(("http://", "https://"))
        assert not set(origin) & set(" ;,'\"*\n\r")


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "x"), ("FEEDBACK__FILE", "/bestaat/niet/feedback.sqlite")]
)
def test_the_server_does_not_start_with_a_wrong_setting(name: str, value: str) -> None:
    environment = {**os.environ, f"AVG_ASSISTENT_{name}": value}
    command = [sys.executable, "app.py", *(["--port", "0"] if name != "PORT" else [])]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert (f"AVG_ASSISTENT_{name}" if name == "PORT" else value) in done.stderr
    assert "Traceback" not in done.stderr
