"""What a deployment sets: read once, frozen, and a wrong value stops the start.

Every setting is an environment variable ``STEPSIX_...``; the command line's options win.
"""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path
from socket import gethostname
from typing import Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.contracts.topics import DEFAULT_PARTITIONS

PREFIX = "STEPSIX_"
_TILES = re.compile(r"https://[A-Za-z0-9.-]+(:\d{1,5})?/[A-Za-z0-9._~!$&()*+=:@%/?{}-]+")
"""Of a server that is named in full; its name also goes into a header of the page."""
_PLACES = ("{x}", "{y}", "{z}")
_MAP_FILES = (".pmtiles", ".geojson", ".json")


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        msg = "should be a time zone of the IANA database, such as Europe/London"
        raise ValueError(msg)
    return name


def _tile_template(url: str | None) -> str | None:
    if url is None:
        return None
    fields = sorted(re.findall(r"{[^{}]*}", url))
    if not _TILES.fullmatch(url) or tuple(fields) != _PLACES or url.count("{") != len(_PLACES):
        msg = (
            "should be an https address with {z}, {x} and {y} in it, each once, such as "
            "https://tiles.example.org/{z}/{x}/{y}.png"
        )
        raise ValueError(msg)
    return url


def _map_file(path: Path | None) -> Path | None:
    if path is None:
        return None
    if path.suffix not in _MAP_FILES:
        msg = "should be the path of a .pmtiles file, or of a .geojson file of streets and areas"
        raise ValueError(msg)
    try:
        path.open("rb").close()
    except OSError as error:
        msg = f"should be the path of a file, and this one cannot be read: {error.strerror}"
        raise ValueError(msg) from None
    return path


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
    tiles: Annotated[str | None, AfterValidator(_tile_template)] = None
    basemap: Annotated[Path | None, AfterValidator(_map_file)] = None
    tiles_attribution: str | None = Field(default=None, max_length=200, pattern="^[^<>]+$")

    @field_validator("basemap")
    @classmethod
    def _is_the_only_map(cls, path: Path | None, info: ValidationInfo) -> Path | None:
        if path is not None and info.data.get("tiles") is not None:
            msg = f"is given beside {PREFIX}TILES; give the one or the other"
            raise ValueError(msg)
        return path

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
