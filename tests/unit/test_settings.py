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
    ],
)
def test_a_wrong_value_is_named_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, remedy: str
) -> None:
    monkeypatch.setenv(f"STEPSIX_{name}", value)
    with pytest.raises(WrongSetting, match=remedy) as wrong:
        read()
    assert f"STEPSIX_{name}" in str(wrong.value)


def test_a_wrong_secret_is_not_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEPSIX_COOKIE_SECRET", "tooshort")
    with pytest.raises(WrongSetting) as wrong:
        read()
    assert "tooshort" not in str(wrong.value)


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        read().port = 1  # type: ignore[misc]
