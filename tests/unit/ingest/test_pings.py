"""What a ping becomes: a fix, a presence, or a fault of the ping as a whole."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.contracts.telemetry import Gps, Presence
from services.ingest.pings import EARLIEST_MS, Ping, to_message
from services.ingest.times import DAY_MS, LATEST_MS
from services.ingest.verdicts import Code, Fault

NOW = 1_780_000_000_000
MOMENT = datetime(2026, 5, 28, 20, 26, tzinfo=UTC)
MOMENT_MS = 1_779_999_960_000


def fix(**given: object) -> Ping:
    return Ping(**{"radio_id": "R1", "lat": 51.5, "lon": -0.1, **given})  # type: ignore[arg-type]  # by name, from a table


def test_every_field_of_a_fix_is_kept() -> None:
    ping = fix(
        fix_time=MOMENT,
        sent_at=NOW - 1,
        accuracy_m=8.0,
        hdop=1.2,
        satellites=7,
        speed_mps=1.4,
        heading_deg=360.0,
        battery_pct=55.0,
        reason="timer",
        cell_id="c-1",
        message_id="m-1",
    )
    assert to_message(ping, "acme", NOW) == Gps(
        radio_id="R1",
        source="acme",
        lat=51.5,
        lon=-0.1,
        fix_time=MOMENT_MS,
        received_at=NOW,
        accuracy_m=8.0,
        hdop=1.2,
        satellites=7,
        speed_mps=1.4,
        heading_deg=360.0,
        battery_pct=55.0,
        reason="timer",
        cell_id="c-1",
        sent_at=NOW - 1,
        message_id="m-1",
    )


def test_a_presence_has_no_position() -> None:
    ping = fix(kind="radio", battery_pct=9.0, reason="power", cell_id="c", sent_at=MOMENT)
    assert to_message(ping, "acme", NOW) == Presence(
        radio_id="R1",
        source="acme",
        received_at=NOW,
        battery_pct=9.0,
        reason="power",
        cell_id="c",
        sent_at=MOMENT_MS,
    )


@pytest.mark.parametrize(
    ("given", "fix_time"),
    [
        ({"fix_time": 1_779_000_000_000, "sent_at": MOMENT}, 1_779_000_000_000),
        ({"fix_time": MOMENT}, MOMENT_MS),
        ({"sent_at": MOMENT}, MOMENT_MS),
        ({}, NOW),
        ({"fix_time": EARLIEST_MS}, EARLIEST_MS),
        ({"fix_time": NOW + DAY_MS}, NOW + DAY_MS),
        ({"fix_time": MOMENT + timedelta(microseconds=500_400)}, MOMENT_MS + 500),
    ],
)
def test_the_time_of_a_fix(given: dict[str, object], fix_time: int) -> None:
    message = to_message(fix(**given), "acme", NOW)
    assert isinstance(message, Gps)
    assert message.fix_time == fix_time


@pytest.mark.parametrize(
    ("ping", "field", "code", "words"),
    [
        (fix(lat=None), "lat", Code.MISSING, "send the kind 'radio'"),
        (fix(lon=None), "lon", Code.MISSING, "send the kind 'radio'"),
        (fix(fix_time=NOW + DAY_MS + 1), "fix_time", Code.IN_FUTURE, "2026-05-29T20:26:40.001Z"),
        (fix(sent_at=LATEST_MS), "sent_at", Code.IN_FUTURE, "more than a day ahead"),
        (fix(fix_time=EARLIEST_MS - 1), "fix_time", Code.TOO_OLD, "looks like seconds"),
        (fix(fix_time=NOW // 1000), "fix_time", Code.TOO_OLD, "looks like seconds"),
        (fix(fix_time=0), "fix_time", Code.TOO_OLD, "lies before 2000"),
        (fix(fix_time=datetime(1, 1, 1, tzinfo=UTC)), "fix_time", Code.TOO_OLD, "before 2000"),
    ],
)
def test_a_fix_that_cannot_be_one(ping: Ping, field: str, code: Code, words: str) -> None:
    fault = to_message(ping, "acme", NOW)
    assert isinstance(fault, Fault)
    assert (fault.field, fault.code) == (field, code)
    assert words in fault.message


def test_a_time_beyond_what_can_be_written_is_cut_to_it() -> None:
    beyond = datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    message = to_message(fix(fix_time=NOW, sent_at=beyond), "acme", NOW)
    assert isinstance(message, Gps)
    assert message.sent_at == LATEST_MS


def test_a_wrong_sent_at_costs_no_fix_that_has_its_own_time() -> None:
    assert isinstance(to_message(fix(fix_time=NOW, sent_at=0), "acme", NOW), Gps)
