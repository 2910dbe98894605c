"""Everything an operator can set: the environment first, then one TOML file, checked at the start.

A variable is ``AVG_ASSISTENT_`` and the field's name in capitals; two underscores reach into a
group (``AVG_ASSISTENT_CONTACT__PHONE``). ``AVG_ASSISTENT_CONFIG`` names the file.
"""

import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assistant.web.setting_groups import Contact, Feedback, Look

PREFIX = "AVG_ASSISTENT_"
FILE_VARIABLE = f"{PREFIX}CONFIG"
# Read elsewhere: the first here, the second by the store.
_OTHER_VARIABLES = (FILE_VARIABLE, f"{PREFIX}STORE_TOKEN")


class SettingsError(Exception):
    """A setting cannot be used; the message names each one and says what to change."""


def _origin(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or "*" in value:
        raise ValueError(f"'{value}' is no exact origin; write it as https://www.example.nl")
    if value != f"{parts.scheme}://{parts.netloc}" or not re.fullmatch(
        r"[\w.\-:\[\]]+", parts.netloc
    ):
        raise ValueError(f"'{value}' must end after the host (and port): no path, no slash")
    return value


def _root_path(value: str) -> str:
    if value and not re.fullmatch(r"(/[\w.\-~]+)+", value):
        raise ValueError(f"'{value}' must look like /assistent: a slash first, none at the end")
    return value


def _split(value: object) -> object:
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


Origin = Annotated[str, AfterValidator(_origin)]
Origins = Annotated[tuple[Origin, ...], NoDecode, BeforeValidator(_split)]


class Settings(BaseSettings):
    """All settings with their defaults; sizes in bytes, rates a minute, 0 switches a rate off."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True
    )

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 7860
    model: str | None = None
    store: str | None = None
    root_path: Annotated[str, AfterValidator(_root_path)] = ""
    frame_ancestors: Origins = ()
    cors_origins: Origins = ()
    trusted_proxies: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)] = ("127.0.0.1",)
    rate_per_minute: Annotated[int, Field(ge=0)] = 60
    max_body_bytes: Annotated[int, Field(ge=1_024)] = 262_144
    max_waiting: Annotated[int, Field(ge=0)] = 64
    evaluation: bool = False
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    contact: Contact = Contact()
    feedback: Feedback = Feedback()
    look: Look = Look()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What the caller gives wins, then the environment, then the file."""
        file = os.environ.get(FILE_VARIABLE)
        toml = (TomlConfigSettingsSource(settings_cls, Path(file)),) if file else ()
        return (init_settings, env_settings, *toml)


def load_settings(**given: Any) -> Settings:
    """Read and check all settings; ``given`` (without the Nones) wins over environment and file.

    Raises SettingsError that names every setting at fault.
    """
    file = os.environ.get(FILE_VARIABLE)
    if file and not Path(file).is_file():
        raise SettingsError(f"{FILE_VARIABLE}: there is no file {file}")
    unknown = sorted(name for name in os.environ if _is_unknown(name.upper()))
    if unknown:
        raise SettingsError("\n".join(f"{name}: there is no such setting" for name in unknown))
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        lines = (f"{_variable(e['loc'])}: {e['msg']}" for e in error.errors(include_input=False))
        raise SettingsError("\n".join(lines)) from error
    except ValueError as error:
        raise SettingsError(f"{file or 'environment'}: {error}") from error


def _is_unknown(variable: str) -> bool:
    name = variable.removeprefix(PREFIX).partition("__")[0].lower()
    ours = variable.startswith(PREFIX) and variable not in _OTHER_VARIABLES
    return ours and name not in Settings.model_fields


def _variable(place: tuple[int | str, ...]) -> str:
    return PREFIX + "__".join(str(part) for part in place).upper()
