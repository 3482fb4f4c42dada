"""What ``stepsix replay`` and ``stepsix settle`` refuse before they begin, and in which words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from services.cli.commands import app
from services.eventlog.embedded.store import open_store
from services.settings import WrongSetting

DAY = ["--from", "2025-06-01", "--to", "2025-06-02"]


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "250")
    monkeypatch.setenv("STEPSIX_PARTITIONS", "2")
    open_store(Path("data"), 2)
    Path("file").write_text("{")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["replay", "--from", "2025-06-02", "--to", "2025-06-02"], "--from.* is not before"),
        (["replay", "--from", "2025-06-03", "--to", "2025-06-02"], "--from.* is not before"),
        (["replay", "--from", "yesterday", "--to", "2025-06-02"], "--from.* is no time; give one"),
        (["replay", "--from", "2025-02-30", "--to", "2025-06-02"], "--from.* is no time; give one"),
        (
            ["replay", "--from", "2025-06-01", "--to", "2025-06-02T10:00"],
            "--to.* no offset from UTC; end it with Z",
        ),
        (["replay", *DAY, "--catchment", "-1"], "--catchment.* greater than or equal to 0"),
        (["replay", *DAY, "--catchment", "2001"], "--catchment.* less than or equal to 2000"),
        (["replay", *DAY, "--catchment", "nan"], "--catchment"),
        (["replay", *DAY, "--hotspots", "file"], "--hotspots.* file is no GeoJSON"),
        (["replay", *DAY, "--out", "file"], "--out.* file cannot be written: File exists"),
        (["replay", *DAY, "--out", "file/out"], "--out.* cannot be written: Not a directory"),
        (["settle", "--date", "01/06/2025"], "--date.* is no date; give one such as"),
        (["settle", "--date", "2025-06-01T10:00Z"], "--date.* is no date; give one such as"),
        (["settle", "--date", "2125-06-01"], "--date.* 2125-06-01 is over at 2125-06-01T23:00:00"),
        (["settle", "--date", "2025-06-01"], "--date.* but telemetry holds nothing yet"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_refused_with_a_remedy(arguments: list[str], said: str) -> None:
    if arguments[0] == "replay" and "--out" not in arguments:
        arguments = [*arguments, "--out", "out"]
    done = CliRunner().invoke(app, [*arguments, "--data-dir", "data"])
    plain = " ".join(done.output.replace("│", " ").split())
    assert done.exit_code == 2, plain
    assert re.search(said, plain), plain


def test_where_there_is_no_log_none_is_made() -> None:
    done = CliRunner().invoke(app, ["replay", *DAY, "--out", "out", "--data-dir", "other"])
    assert isinstance(done.exception, WrongSetting)
    assert "there is no log in other: give --data-dir D or --kafka" in str(done.exception)
    assert not Path("other").exists()


def test_a_stretch_in_which_nothing_happened_has_empty_files() -> None:
    done = CliRunner().invoke(app, ["replay", *DAY, "--out", "out", "--data-dir", "data"])
    assert done.exit_code == 0, done.output
    assert "0 radios, 0 visits, 0 timesheets, in out." in done.output
    assert Path("out/visits.csv").read_text("utf-8").startswith("visit_id,radio_id,")
