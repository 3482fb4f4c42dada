"""What ``stepsix dead-letters`` refuses before it begins, and in which words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from services.cli.dead_letters import dead_letters
from services.eventlog.embedded.store import open_store
from services.settings import WrongSetting


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "250")
    monkeypatch.setenv("STEPSIX_PARTITIONS", "2")
    open_store(Path("data"), 2)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "--since", "yesterday"], "--since.* is no time; give one such as"),
        (["list", "--since", "2026-02-30"], "--since.* is no time; give one such as"),
        (["list", "--since", "2026-06-01T10:00"], "--since.* no offset from UTC; end it with Z"),
        (["list", "--most", "0"], "--most"),
        (["replay"], "give the ids of some letters, or --all"),
        (["replay", "--again"], "give the ids of some letters, or --all"),
        (["replay", "0:1", "--all"], "give the ids of some letters, or --all"),
        (["replay", "0:1", "--since", "2026-06-01"], "--since.* goes with --all"),
        (["replay", "0-1"], "0-1 is no id of a dead letter; give one such as 3:17"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_refused_with_a_remedy(arguments: list[str], said: str) -> None:
    done = CliRunner().invoke(dead_letters, [*arguments, "--data-dir", "data"])
    plain = " ".join(done.output.replace("│", " ").split())
    assert done.exit_code == 2, plain
    assert re.search(said, plain), plain


@pytest.mark.parametrize("arguments", [["list"], ["replay", "--all"]])
def test_where_there_is_no_log_none_is_made(arguments: list[str]) -> None:
    done = CliRunner().invoke(dead_letters, [*arguments, "--data-dir", "other"])
    assert isinstance(done.exception, WrongSetting)
    assert "there is no log in other: give --data-dir D or --kafka" in str(done.exception)
    assert not Path("other").exists()


def test_where_nothing_failed_there_is_nothing_to_show_or_to_replay() -> None:
    shown = CliRunner().invoke(dead_letters, ["list", "--data-dir", "data"])
    assert (shown.exit_code, shown.stdout) == (0, "No dead letters.\n")
    done = CliRunner().invoke(dead_letters, ["replay", "--all", "--data-dir", "data"])
    assert (done.exit_code, done.stdout) == (0, "0 replayed, 0 not.\n")


def test_a_letter_that_is_not_there_is_named() -> None:
    done = CliRunner().invoke(dead_letters, ["replay", "1:7", "9:0", "--data-dir", "data"])
    assert done.exit_code == 1
    assert done.stdout == "0 replayed, 2 not.\n"
    assert "1:7: there is no such letter" in done.stderr
    assert "9:0: there is no such letter" in done.stderr
