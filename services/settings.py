"""What a deployment sets: read once, frozen, and a wrong value stops the start.

Every setting is an environment variable ``STEPSIX_...``; the command line's options win.
"""

from __future__ import annotations

from datetime import time
from pathlib import Path
from socket import gethostname
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.contracts.topics import DEFAULT_PARTITIONS

PREFIX = "STEPSIX_"


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        msg = "should be a time zone of the IANA database, such as Europe/London"
        raise ValueError(msg)
    return name


class WrongSetting(Exception):
    """A setting cannot be used; the message names each variable and what it should be."""


class Settings(BaseSettings):
    """One deployment's settings."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    kafka: str | None = Field(default=None, pattern=r"^[^\s,:]+:\d+(,[^\s,:]+:\d+)*$")
    data_dir: Path = Path("var/data")
    host: str = "127.0.0.1"
    port: int = Field(default=8600, ge=0, le=65535)
    partitions: int = Field(default=DEFAULT_PARTITIONS, ge=1, le=1000)
    instance: str = Field(default_factory=gethostname, min_length=1, max_length=255)
    timezone: Annotated[str, AfterValidator(_known_zone)] = "Europe/London"
    day_starts: time = time(0)
    cookie_secret: SecretStr | None = Field(default=None, min_length=32)

    @property
    def zone(self) -> ZoneInfo:
        """The force's own time zone, by which its days are counted."""
        return ZoneInfo(self.timezone)


def read(**given: object) -> Settings:
    """The settings of the environment, with the options ``given`` that are not None.

    Raises WrongSetting, which never repeats a value: it may be a secret.
    """
    options: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**options)
    except ValidationError as error:
        wrong = [f"{PREFIX}{str(item['loc'][0]).upper()}: {item['msg']}" for item in error.errors()]
        raise WrongSetting("; ".join(wrong)) from None
