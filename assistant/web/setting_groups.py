"""Settings that belong together: the contact, the look, and what is kept of feedback."""

import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, model_validator

_CONTRAST = 4.5


def _web_link(value: str) -> str:
    if value and not re.fullmatch(r"(https?://|mailto:)[^\s\"'<>]+", value):
        raise ValueError(f"'{value}' must start with https://, http:// or mailto:")
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


class Contact(BaseModel):
    """Where a visitor goes when the guidance has no answer; empty fields are not shown.

    Below ``confidence`` an answer gets the contact too: 0 never, 1 always.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str = "Helpdesk"
    link: Annotated[str, AfterValidator(_web_link)] = ""
    phone: Annotated[str, Field(pattern=r"^[+0-9 ()\-]*$")] = ""
    hours: str = ""
    confidence: Annotated[float, Field(ge=0, le=1)] = 0.5

    def __bool__(self) -> bool:
        return bool(self.link or self.phone)


class Look(BaseModel):
    """The page's title and its one colour (contrast of 4.5 or more on white)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[str, Field(min_length=1, max_length=80)] = "Vraaghulp verwerkers en AVG"
    colour: Annotated[str, AfterValidator(_readable_on_white)] = "#1f4e79"


class Feedback(BaseModel):
    """Feedback is counted; it is kept only where ``file`` names a database, for ``days`` days.

    ``token`` opens the review page under ``/beheer``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: Path | None = None
    days: Annotated[int, Field(ge=1, le=3_650)] = 90
    token: Annotated[SecretStr, Field(min_length=16)] | None = None

    @model_validator(mode="after")
    def _token_has_a_file(self) -> "Feedback":
        if self.token and not self.file:
            raise ValueError("a token opens nothing without 'file': name the database too")
        return self
