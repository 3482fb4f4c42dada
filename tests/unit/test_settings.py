"""Settings are read once; a wrong one stops the start with its name and what it should be."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from services.settings import Settings, WrongSetting, read


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"STEPSIX_{name.upper()}", raising=False)


def test_unset_settings_have_defaults() -> None:
    settings = read()
    assert settings.kafka is None
    assert settings.port == 8600
    assert str(settings.zone) == "Europe/London"


def test_the_environment_sets_and_an_option_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEPSIX_PORT", "9000")
    monkeypatch.setenv("STEPSIX_DATA_DIR", "elsewhere")
    settings = read(port=9001, kafka=None)
    assert settings.port == 9001
    assert settings.data_dir == Path("elsewhere")


TILES = "https://tiles.example.org:8443/streets/{z}/{x}/{y}@2x.png?key=a-1"
WRONG_TILES = [
    "",
    "tiles.example.org/{z}/{x}/{y}.png",
    "http://tiles.example.org/{z}/{x}/{y}.png",
    "https://tiles.example.org/{z}/{x}.png",
    "https://tiles.example.org/{z}/{x}/{y}/{y}.png",
    "https://{s}.example.org/{z}/{x}/{y}.png",
    "https://tiles.example.org/{z}/{x}/{y}/{r}.png",
    "https://tiles.example.org/{{z}/{x}/{y}.png",
    "https://user:word@tiles.example.org/{z}/{x}/{y}.png",
    "https://tiles.example.org; script-src */{z}/{x}/{y}.png",
    "https://tiles.example.org/{z}/{x}/{y}.png\n",
]


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("PORT", "high", "valid integer"),
        ("PORT", "70000", "less than or equal to 65535"),
        ("KAFKA", "broker", "pattern"),
        ("PARTITIONS", "0", "greater than or equal to 1"),
        ("TIMEZONE", "Manchester", "IANA database, such as Europe/London"),
        ("DAY_STARTS", "dawn", "time"),
        ("COOKIE_SECRET", "short", "at least 32"),
        *(("TILES", wrong, "an https address with {z}, {x} and {y}") for wrong in WRONG_TILES),
        ("TILES_ATTRIBUTION", "<a href=x>Us</a>", "pattern"),
        ("BASEMAP", "town.mbtiles", "a .pmtiles file, or of a .geojson file"),
        ("BASEMAP", "/nowhere/town.pmtiles", "cannot be read: No such file"),
        ("BASEMAP", "/nowhere/town.geojson", "cannot be read: No such file"),
    ],
)
def test_a_wrong_value_is_named_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, remedy: str
) -> None:
    monkeypatch.setenv(f"STEPSIX_{name}", value)
    with pytest.raises(WrongSetting, match=remedy) as wrong:
        read()
    assert f"STEPSIX_{name}" in str(wrong.value)


def test_a_base_map_is_tiles_or_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("STEPSIX_TILES", TILES)
    monkeypatch.setenv("STEPSIX_TILES_ATTRIBUTION", "© Crown copyright & database right")
    settings = read()
    assert (settings.tiles, settings.basemap) == (TILES, None)
    assert settings.tiles_attribution == "© Crown copyright & database right"
    file = tmp_path / "town.pmtiles"
    file.write_bytes(b"PMTiles")
    monkeypatch.setenv("STEPSIX_BASEMAP", str(file))
    with pytest.raises(WrongSetting, match=r"BASEMAP: .* beside STEPSIX_TILES; give the one or"):
        read()
    monkeypatch.delenv("STEPSIX_TILES")
    assert read().basemap == file
    monkeypatch.setenv("STEPSIX_BASEMAP", str(tmp_path))
    with pytest.raises(WrongSetting, match="BASEMAP"):
        read()


def test_a_wrong_secret_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEPSIX_COOKIE_SECRET", "tooshort")
    with pytest.raises(WrongSetting) as wrong:
        read()
    assert "tooshort" not in str(wrong.value)


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        read().port = 1  # type: ignore[misc]
