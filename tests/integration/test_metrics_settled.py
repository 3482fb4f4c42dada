"""Timesheets, duties, sources and settled figures over HTTP, from a real log."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest

from services.contracts.reference import Deleted, Duty, Source
from services.eventlog.partitioning import partition_of
from services.eventlog.port import EventLog
from tests.support.derived import (
    DAY_MS,
    HOUR_MS,
    MINUTE_MS,
    a_position,
    a_settlement,
    a_timesheet,
    a_visit,
    progress,
)
from tests.support.metrics import bearer, derive, epoch_ms, learn, live, prepare, serving, settle


@pytest.fixture
async def log(embedded_log: EventLog) -> EventLog:
    await prepare(embedded_log)
    return embedded_log


def rfc3339(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).isoformat().replace("+00:00", "Z")


def two_days_ago() -> int:
    """An hour of two days ago, on the hour."""
    return (epoch_ms() - 2 * DAY_MS) // HOUR_MS * HOUR_MS


async def test_timesheets_as_json_and_csv(log: EventLog) -> None:
    hour = two_days_ago()
    other = a_timesheet("T-2", since=hour, set_aside={"late": 3}, settled=False)
    await derive(log, [a_timesheet(since=hour), a_timesheet(since=hour + HOUR_MS), other])
    async with serving(log) as served:
        everything = await served.get("/v1/timesheets", "view")
        of_one = await served.get(
            f"/v1/timesheets?radio_id=T-1&from={rfc3339(hour)}&to={rfc3339(hour + 1)}"
        )
        figures = await served.get("/v1/timesheets", "figures")
        file = await served.client.get("/v1/timesheets?format=csv", headers=bearer("view"))
    assert [item["radio_id"] for item in everything["items"]] == ["T-1", "T-2", "T-1"]
    assert everything["items"][1]["set_aside"] == {"late": 3}
    assert figures["items"] == []
    lines = list(csv.DictReader(io.StringIO(file.text, newline="")))
    assert [line["ring"] for line in lines] == ["", "core", "catchment"] * 3
    [sheet] = of_one["items"]
    assert sheet == {
        "radio_id": "T-1",
        "hour": rfc3339(hour),
        "from": rfc3339(hour),
        "to": rfc3339(hour + HOUR_MS),
        "hotspots": {
            "hs-1": {
                "core": {"low": 540, "estimate": 600, "high": 660},
                "catchment": {"low": 600, "estimate": 720, "high": 780},
            }
        },
        "inside_seconds": 600,
        "outside_seconds": 2700,
        "unknown_seconds": 300,
        "unknown": [
            {
                "from": rfc3339(hour + 55 * MINUTE_MS),
                "to": rfc3339(hour + HOUR_MS),
                "episode_ids": [],
            }
        ],
        "fixes": 60,
        "set_aside": {},
        "revision": 1,
        "settled": False,
    }


async def test_settled_figures_replace_the_live_ones_now_and_after_a_restart(log: EventLog) -> None:
    hour = two_days_ago()
    partition = partition_of(b"T-1", await log.partitions())
    await derive(log, [a_visit("stays", entered_at=hour), a_visit("goes", entered_at=hour)])
    await derive(log, [a_timesheet(since=hour), a_timesheet(since=hour + HOUR_MS)])
    settlement = a_settlement(partition, since=hour)
    async with serving(log) as served, live(served) as events:
        await events.next()
        final = a_visit("stays", entered_at=hour, minutes=20, settled=True)
        await settle(log, settlement, [final], [a_timesheet(since=hour, settled=True)])
        told: dict[str, tuple[str, bool]] = {}
        while len(told) < 2:
            name, data = await events.next()
            if name == "visit":
                told[data["visit_id"]] = (data["state"], data["settled"])
        assert told == {"stays": ("closed", True), "goes": ("retracted", True)}
        await derive(log, [a_visit("goes", entered_at=hour, revision=99)])
        await derive(log, [a_timesheet(since=hour, fixes=1, revision=99)])
        last = a_visit("last", entered_at=epoch_ms())
        await derive(log, [last])
        while (await events.next())[1].get("visit_id") != "last":
            pass
        before = [await served.get(path) for path in ("/v1/visits", "/v1/timesheets")]
    async with serving(log) as served:
        after = [await served.get(path) for path in ("/v1/visits", "/v1/timesheets")]
    assert before == after
    visits, sheets = (body["items"] for body in after)
    assert [(each["visit_id"], each["seconds"]) for each in visits] == [
        ("stays", 1200),
        ("last", 600),
    ]
    assert [(each["from"], each["fixes"], each["settled"]) for each in sheets] == [
        (rfc3339(hour), 60, True)
    ]


async def test_duties_and_where_their_time_went(log: EventLog) -> None:
    hour = two_days_ago()
    duties = [
        Duty(
            duty_id=duty_id,
            radio_id=radio_id,
            since=hour,
            until=hour + 2 * HOUR_MS,
            officer_ids=["P1"],
            effective_from=0,
            changed_by="test",
        )
        for duty_id, radio_id in (("d-1", "T-1"), ("d-2", "T-2"), ("d-3", "T-1"))
    ]
    gone = Deleted(type="duty", id="d-3", effective_from=1, changed_by="test")
    await learn(log, [*duties, gone])
    await derive(log, [a_timesheet(since=hour)])
    async with serving(log) as served:
        first, second = (await served.get("/v1/duties", "view"))["items"]
        only = await served.get("/v1/duties?radio_id=T-2")
        none = await served.get(f"/v1/duties?from={rfc3339(hour + 1)}")
        refused = await served.client.get("/v1/duties", headers=bearer("figures"))
    parts = ("elapsed_seconds", "inside_seconds", "outside_seconds", "unknown_seconds")
    assert first["duty_id"] == "d-1"
    assert [first[each] for each in parts] == [7200, 600, 2700, 3900]
    assert [second[each] for each in parts] == [7200, 0, 0, 7200]
    assert not first["settled"]
    assert (only["items"], none["items"]) == ([second], [])
    assert refused.status_code == 403


async def test_intervals_as_set_and_as_observed(log: EventLog) -> None:
    now = epoch_ms()
    source = Source(source="airwave", name="Airwave", effective_from=0, changed_by="test")
    await learn(log, [source])
    for step in range(5):
        at = now - 40_000 + step * 10_000
        await derive(log, [a_position(heard_at=at, revision=step)])
    await derive(log, [a_position("T-2", heard_at=now, source="lip")])
    await derive(log, [progress(each, engine_time=now) for each in range(await log.partitions())])
    async with serving(log) as served:
        units = (await served.get("/v1/units", "view"))["items"]
        sources = (await served.get("/v1/sources", "view"))["items"]
    assert [(each["expected_interval_s"], each["observed_interval_s"]) for each in units] == [
        (60, 10),
        (60, None),
    ]
    assert sources == [
        {
            "source": "airwave",
            "name": "Airwave",
            "units": 1,
            "expected_interval_s": 60,
            "observed_interval_s": 10,
        },
        {
            "source": "lip",
            "name": "lip",
            "units": 1,
            "expected_interval_s": 60,
            "observed_interval_s": None,
        },
    ]
