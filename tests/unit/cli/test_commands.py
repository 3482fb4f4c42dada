"""The command line's own part: what it refuses, and in which words."""

import re
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.cli import main

Run = Callable[..., str]


@pytest.fixture
def refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Iterator[Run]:
    """Run a command that must end in an error; gives what it said."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, **environment: str) -> str:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["stepsix", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code not in (0, None)
        said = "" if isinstance(ended.value.code, int) else str(ended.value.code)
        return said + capsys.readouterr().err

    yield run
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"STEPSIX_TIMEZONE": "Europe/Atlantis"}, "STEPSIX_TIMEZONE: .*IANA"),
        ({"STEPSIX_PARTITIONS": "0"}, "STEPSIX_PARTITIONS: .*greater than or equal to 1"),
        ({"STEPSIX_KAFKA": "localhost"}, "STEPSIX_KAFKA: "),
        ({"STEPSIX_PORT": "many"}, "STEPSIX_PORT"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_a_wrong_setting_stops_the_start_with_its_name(
    refused: Run, environment: dict[str, str], said: str
) -> None:
    assert_matches(said, refused("up", **environment))


@pytest.mark.parametrize("command", ["ingest", "geofence", "metrics"])
def test_a_service_of_its_own_needs_a_cluster(refused: Run, command: str) -> None:
    assert_matches("STEPSIX_KAFKA: give --kafka HOST:PORT", refused(command))


def test_topics_are_made_on_a_cluster(refused: Run) -> None:
    assert_matches("STEPSIX_KAFKA: give --kafka HOST:PORT", refused("topics", "create"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--scope", "omnipotence"], "scopes ingest, scrape, figures"),
        (["--scope", "ingest"], "--source NAME"),
        (["--scope", "own"], "--officer ID"),
    ],
)
def test_a_token_that_cannot_be_made(refused: Run, arguments: list[str], said: str) -> None:
    assert_matches(said, refused("token", "create", *arguments, "--data-dir", "data"))


def test_an_unknown_token_cannot_be_revoked(refused: Run) -> None:
    assert_matches("no valid token 'abc'", refused("token", "revoke", "abc", "--data-dir", "data"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["track.gpx"], "Give --radio"),
        (["track.gpx", "--radio", "R"], "holds no track points"),
        (["gone.gpx", "--radio", "R"], "gone.gpx: cannot be read"),
        (["track.ndjson"], "Give one of --token and --token-file"),
        (["track.ndjson", "--token", "t", "--token-file", "f"], "Give one of --token and"),
        (["track.ndjson", "--token-file", "gone"], "gone cannot be read"),
        (["track.ndjson", "--token-file", "empty"], "This is no token"),
        (["track.ndjson", "--token", "grüße"], "This is no token"),
        (["track.ndjson", "--token", "t", "--url", "127.0.0.1:8600"], "should be the URL"),
    ],
)
def test_a_feed_that_cannot_begin(refused: Run, arguments: list[str], said: str) -> None:
    Path("track.gpx").write_text('<gpx version="1.1"></gpx>')
    Path("track.ndjson").write_text("{}")
    Path("empty").write_text("\n")
    assert_matches(said, refused("feed", *arguments))


def assert_matches(pattern: str, said: str) -> None:
    # typer draws its own errors in a box.
    plain = " ".join(said.replace("│", " ").split())
    assert re.search(pattern, plain), plain
