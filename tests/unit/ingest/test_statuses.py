"""What a status becomes: a message in our words, or a fault."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.contracts.reference import Deleted, Source
from services.contracts.register import Register
from services.contracts.telemetry import Status
from services.ingest.pings import EARLIEST_MS
from services.ingest.statuses import StatusReport, to_message
from services.ingest.times import DAY_MS
from services.ingest.verdicts import Code, Fault
from services.ingest.vocabulary import OFFICER_STATUSES

NOW = 1_780_000_000_000
HOUR = 3_600_000


def acme(effective_from: int, status_map: dict[str, str]) -> Source:
    return Source(
        source="acme",
        name="Acme",
        effective_from=effective_from,
        changed_by="t",
        status_map=status_map,
    )


VERSIONS: list[Source | Deleted] = [
    acme(NOW - 3 * HOUR, {"2": "on_patrol"}),
    acme(NOW - HOUR, {"2": "refreshments", "committed": "at_scene"}),
    Deleted(type="source", id="acme", effective_from=NOW + HOUR, changed_by="t"),
]
REGISTER = Register()
for number, version in enumerate(VERSIONS):
    REGISTER.apply(number, version)


def understood(status: str, at: int | datetime | None = None, source: str = "acme") -> object:
    report = StatusReport(radio_id="R1", status=status, at=at)
    return to_message(report, source, NOW, REGISTER)


@pytest.mark.parametrize("status", OFFICER_STATUSES)
def test_our_own_words_need_no_source(status: str) -> None:
    assert understood(status, source="local") == Status(
        radio_id="R1", source="local", status=status, at=NOW, received_at=NOW
    )


@pytest.mark.parametrize(
    ("code", "at", "status"),
    [
        ("2", None, "refreshments"),
        ("2", NOW - HOUR, "refreshments"),
        ("2", NOW - HOUR - 1, "on_patrol"),
        ("2", datetime.fromtimestamp((NOW - 3 * HOUR) / 1000, UTC), "on_patrol"),
        ("2", NOW + HOUR - 1, "refreshments"),
        ("committed", NOW, "at_scene"),
    ],
)
def test_a_code_is_translated_by_what_was_in_force_of_its_source(
    code: str, at: int | datetime | None, status: str
) -> None:
    message = understood(code, at)
    assert isinstance(message, Status)
    assert (message.status, message.code, message.received_at) == (status, code, NOW)


def test_a_word_of_ours_is_itself_while_the_source_means_nothing_else_by_it() -> None:
    at = NOW - 2 * HOUR
    assert understood("committed", at) == Status(
        radio_id="R1", source="acme", status="committed", at=at, received_at=NOW
    )


@pytest.mark.parametrize(
    ("code", "at", "source", "since"),
    [
        ("3", None, "acme", "2026-05-28T20:26:40.000Z"),
        ("", None, "acme", "2026-05-28T20:26:40.000Z"),
        ("On_Patrol", None, "acme", "2026-05-28T20:26:40.000Z"),
        ("2", None, "other", "2026-05-28T20:26:40.000Z"),
        ("2", NOW - 3 * HOUR - 1, "acme", "2026-05-28T17:26:39.999Z"),
        ("2", NOW + HOUR, "acme", "2026-05-28T21:26:40.000Z"),
    ],
)
def test_a_code_that_nothing_translates_is_refused_with_the_remedy(
    code: str, at: int | None, source: str, since: str
) -> None:
    fault = understood(code, at, source)
    assert isinstance(fault, Fault)
    assert (fault.field, fault.code) == ("status", Code.UNKNOWN_STATUS)
    assert fault.message == (
        f"status {code!r} is neither in the status_map of the source {source} as in force at "
        f"{since} nor one of emergency, on_duty, on_patrol, at_station, refreshments, en_route, "
        "at_scene, committed, escort, court, off_duty; put it into the status_map (PUT "
        f"/v1/sources/{source}), or send one of these"
    )


@pytest.mark.parametrize("at", [EARLIEST_MS, NOW + DAY_MS])
def test_the_earliest_and_the_latest_time_of_a_status(at: int) -> None:
    message = understood("on_duty", at)
    assert isinstance(message, Status)
    assert message.at == at


@pytest.mark.parametrize(
    ("at", "code", "words"),
    [
        (NOW + DAY_MS + 1, Code.IN_FUTURE, "at is 2026-05-29T20:26:40.001Z, more than a day ahead"),
        (NOW // 1000, Code.TOO_OLD, "at looks like seconds; send milliseconds"),
        (EARLIEST_MS - 1, Code.TOO_OLD, "at looks like seconds; send milliseconds"),
        (datetime(1, 1, 1, tzinfo=UTC), Code.TOO_OLD, "at lies before 2000; set the radio's clock"),
    ],
)
def test_a_time_that_cannot_be_one(at: int | datetime, code: Code, words: str) -> None:
    fault = understood("on_duty", at)
    assert isinstance(fault, Fault)
    assert (fault.field, fault.code) == ("at", code)
    assert words in fault.message
