"""Everything an operator can set: the environment first, then one TOML file, checked at the start.

A variable is ``AVG_ASSISTENT_`` and the field's name in capitals; two underscores reach into a
group (``AVG_ASSISTENT_CONTACT__PHONE``). ``AVG_ASSISTENT_CONFIG`` names the file.
"""

import os
import re
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

PREFIX = "AVG_ASSISTENT_"
FILE_VARIABLE = f"{PREFIX}CONFIG"
_CONTRAST = 4.5


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


def _web_link(value: str) -> str:
    if value and not re.fullmatch(r"(https?://|mailto:)[^\s\"'<>]+", value):
        raise ValueError(f"'{value}' must start with https://, http:// or mailto:")
    return value


def _root_path(value: str) -> str:
    if value and not re.fullmatch(r"(/[\w.\-~]+)+", value):
        raise ValueError(f"'{value}' must look like /assistent: a slash first, none at the end")
    return value


def _readable_on_white(value: str) -> str:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise ValueError(f"'{value}' must be a colour such as #1f4e79")
    ratio = 1.05 / (_luminance(value) + 0.05)
    if ratio < _CONTRAST:
        raise ValueError(
            f"'{value}' has contrast {ratio:.1f} on white; choose one of {_CONTRAST} or more"
        )
    return value.lower()


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, as WCAG 2.2 defines it."""
    shares = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _split(value: object) -> object:
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


Origin = Annotated[str, AfterValidator(_origin)]
Origins = Annotated[tuple[Origin, ...], NoDecode, BeforeValidator(_split)]


class Contact(BaseModel):
    """Where a visitor goes when the guidance has no answer; empty fields are not shown."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str = "Helpdesk"
    link: Annotated[str, AfterValidator(_web_link)] = ""
    phone: Annotated[str, Field(pattern=r"^[+0-9 ()\-]*$")] = ""
    hours: str = ""

    def __bool__(self) -> bool:
        return bool(self.link or self.phone)


class Look(BaseModel):
    """The page's title and its one colour (contrast of 4.5 or more on white)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[str, Field(min_length=1, max_length=80)] = "Vraaghulp verwerkers en AVG"
    colour: Annotated[str, AfterValidator(_readable_on_white)] = "#1f4e79"


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
    contact: Contact = Contact()
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
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        lines = (f"{_variable(e['loc'])}: {e['msg']}" for e in error.errors(include_input=False))
        raise SettingsError("\n".join(lines)) from error
    except ValueError as error:
        raise SettingsError(f"{file or 'environment'}: {error}") from error


def _variable(place: tuple[int | str, ...]) -> str:
    return PREFIX + "__".join(str(part) for part in place).upper()
