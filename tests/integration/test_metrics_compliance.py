"""Planned against delivered over HTTP and in the live stream, from a real log."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.contracts.derived import RingTimes
from services.contracts.reference import Scope
from services.eventlog.partitioning import partition_of
from services.eventlog.port import EventLog
from services.metrics.paging import PAGE
from tests.support.derived import (
    DAY_MS,
    HOUR_MS,
    MINUTE_MS,
    a_position,
    a_settlement,
    a_timesheet,
    a_visit,
    an_open_visit,
    minutes,
    progress,
)
from tests.support.metrics import (
    Served,
    bearer,
    begun_hours_ago,
    derive,
    epoch_ms,
    hot_spot,
    learn,
    live,
    prepare,
    serving,
    settle,
)
from tests.support.planned import a_duty, a_plan


@dataclass
class Shift:
    """A day that began at least six hours ago, and what happened in it.

    hs-1 had one patrol due and done, and has two due now, of which one goes on. hs-2 was left alone
    although one was due, hs-3 is a control place that somebody patrolled.
    """

    log: EventLog
    now: int

    @property
    def hour(self) -> int:
        """The start of an hour at least three hours ago."""
        return self.now - self.now % HOUR_MS - 3 * HOUR_MS

    @property
    def today(self) -> date:
        """The force's day."""
        starts = begun_hours_ago(6)
        at = datetime.fromtimestamp(self.now / 1000, UTC)
        return at.date() if at.time() >= starts else at.date() - timedelta(days=1)


@pytest.fixture
async def shift(embedded_log: EventLog) -> Shift:
    await prepare(embedded_log)
    shift = Shift(embedded_log, epoch_ms())
    hour, now = shift.hour, shift.now
    await learn(
        embedded_log,
        [
            hot_spot("hs-2", name="Arches"),
            hot_spot("hs-3", name="Station"),
            a_plan("hs-1", (hour, hour + HOUR_MS, 1), (now - HOUR_MS, now + HOUR_MS, 2)),
            a_plan("hs-2", (hour, hour + HOUR_MS, 1)),
            a_plan("hs-3", minutes=0, arm="control"),
            a_duty("T-1", since=hour - HOUR_MS, until=now + HOUR_MS),
            a_duty("T-2", since=hour - HOUR_MS, until=hour + HOUR_MS, team="C", hotspot_ids=[]),
        ],
    )
    whole = {"unknown_ms": 0, "unknown": [], "outside_ms": 50 * MINUTE_MS, "hotspots": {}}
    await derive(
        embedded_log,
        [
            a_visit("done", entered_at=hour + 5 * MINUTE_MS, minutes=15),
            a_visit("beside", entered_at=hour + 8 * MINUTE_MS, minutes=11, radio_id="T-2"),
            an_open_visit("now", entered_at=now - 5 * MINUTE_MS, minutes=5),
            a_visit("control", entered_at=hour, minutes=15, radio_id="T-2", hotspot_id="hs-3"),
            a_timesheet("T-1", since=hour - HOUR_MS, **whole),
            a_timesheet("T-1", since=hour, **(whole | {"hotspots": in_core("hs-1", 10)})),
        ],
    )
    return shift


@pytest.fixture
async def served(shift: Shift) -> AsyncIterator[Served]:
    async with serving(shift.log) as running:
        yield running


def in_core(hotspot_id: str, spent: int) -> dict[str, Any]:
    time = minutes(spent, spent, spent)
    return {hotspot_id: RingTimes(core=time, catchment=time)}


async def listed(served: Served, query: str = "", scope: Scope = "supervise") -> list[Any]:
    items: list[Any] = (await served.get(f"/v1/compliance{query}", scope))["items"]
    return items


async def refused(served: Served, path: str, scope: Scope = "supervise") -> tuple[int, str]:
    answer = await served.client.get(path, headers=bearer(scope))
    return answer.status_code, str(answer.json()["detail"])


async def test_a_day_of_each_hot_spot(shift: Shift, served: Served) -> None:
    market, arches, station = await listed(served)
    assert {each["date"] for each in (market, arches, station)} == {shift.today.isoformat()}
    assert (market["plan_id"], market["plan_version"], market["ring"]) == ("p-hs-1", 10, "core")
    assert (market["planned_patrols"], market["qualifying_patrols"]) == (3, 1)
    assert market["planned_minutes"] == 30
    assert market["patrol_minutes"] == {"low": 18, "estimate": 20, "high": 22}
    assert market["officer_minutes"] == {"low": 28, "estimate": 31, "high": 34}
    assert market["allocated_minutes"] == {"low": 18, "estimate": 20, "high": 22}
    assert market["days_since_last_patrol"] == 0
    found = [(each["planned"], each["delivered"], each["status"]) for each in market["windows"]]
    assert found == [(1, 1, "delivered"), (2, 0, "open")]
    done, going_on = market["patrols"]
    assert (done["verdict"], done["visit_ids"]) == ("qualifying", ["done", "beside"])
    assert (going_on["goes_on"], going_on["visit_ids"]) == (True, ["now"])
    assert (arches["status"], arches["days_since_last_patrol"]) == ("missed", None)
    assert (station["status"], station["arm"]) == ("contaminated", "control")
    assert not market["settled"]


async def test_control_places_are_for_those_who_supervise(shift: Shift, served: Served) -> None:
    scopes: tuple[Scope, ...] = ("figures", "view")
    today = shift.today.isoformat()
    for scope in scopes:
        assert [each["hotspot_id"] for each in await listed(served, "", scope)] == ["hs-1", "hs-2"]
        assert "hs-3" not in str(await listed(served, "?by=team", scope))
        assert await listed(served, "?hotspot_id=hs-3", scope) == []
        hidden = await refused(served, f"/v1/compliance/hs-3/{today}", scope)
        unknown = await refused(served, f"/v1/compliance/hs-9/{today}", scope)
        assert hidden[0] == unknown[0] == 404
        assert hidden[1].replace("hs-3", "hs-9") == unknown[1]
    for allowed in ("supervise", "admin"):
        assert len(await listed(served, "?hotspot_id=hs-3", allowed)) == 1


async def test_a_control_place_does_not_show_itself_on_days_without_a_plan(shift: Shift) -> None:
    other = [day for day in ("mon", "tue", "wed") if day != f"{shift.today:%a}".lower()][:1]
    await learn(shift.log, [a_plan("hs-3", minutes=0, arm="control", weekdays=other)])
    async with serving(shift.log) as served:
        assert len(await listed(served, "?hotspot_id=hs-3", "supervise")) == 1
        assert await listed(served, "?hotspot_id=hs-3", "view") == []


async def test_figures_tell_nobodys_place(served: Served) -> None:
    market, _ = await listed(served, "", "figures")
    assert [each["visit_ids"] for each in market["patrols"]] == [["done", "beside"], []]
    explained = await served.get(f"/v1/compliance/hs-1/{market['date']}", "figures")
    for told in (market, explained, await listed(served, "?by=team", "figures")):
        assert "T-1" not in str(told)
        assert "P-T" not in str(told)


async def test_days_by_date_week_stretch_place_and_team(shift: Shift, served: Served) -> None:
    today, yesterday = shift.today, shift.today - timedelta(days=1)
    year, week, _ = today.isocalendar()
    for query, found in {
        f"?date={today}&hotspot_id=hs-1": [(today, "hs-1")],
        f"?date={yesterday}&hotspot_id=hs-2": [(yesterday, "hs-2")],
        f"?from={yesterday}&to={today}&hotspot_id=hs-1": [(yesterday, "hs-1"), (today, "hs-1")],
        "?team=B": [(today, "hs-1")],
        "?team=C": [],
    }.items():
        items = await listed(served, query)
        told = [(date.fromisoformat(each["date"]), each["hotspot_id"]) for each in items]
        assert told == found, query
    assert len(await listed(served, f"?week={year}-W{week:02}&hotspot_id=hs-1")) == 7


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("date=2026-13-01", "such as 2026-11-24"),
        ("date=1780000000", "such as 2026-11-24"),
        ("date=9999-12-31", "from 2000 to 2100"),
        ("week=2026-W60", "such as 2026-W48"),
        ("week=2026-48", "such as 2026-W48"),
        ("from=2026-06-01", "'from' and 'to' should be given together"),
        ("from=2026-06-02&to=2026-06-01", "'from' or later"),
        ("from=2026-05-01&to=2026-06-01", "by less than 31 days"),
        ("date=2026-06-01&week=2026-W20", "not two of them"),
        ("hotspot=hs-1", "Extra inputs are not permitted"),
        ("cursor=x", "is none that this list gave out"),
    ],
)
async def test_a_wrong_question_is_refused(served: Served, query: str, what: str) -> None:
    status, detail = await refused(served, f"/v1/compliance?{query}")
    assert (status, what in detail) == (422, True), detail


async def test_a_week_is_added_up(shift: Shift, served: Served) -> None:
    market, arches, station = await listed(served, "?by=week")
    assert market["week"] == f"{shift.today:%G-W%V}"
    assert market["to"] == shift.today.isoformat()
    days = shift.today.weekday() + 1
    assert (market["planned_patrols"], market["qualifying_patrols"]) == (3 * days, 1)
    assert market["planned_minutes"] == 30 * days
    assert market["patrol_minutes"]["estimate"] == 20
    assert market["patrols_a_day"] == 1 / days
    assert (market["median_patrol_minutes"], market["median_gap_minutes"]) == (15, None)
    assert sum(market["days"].values()) == days
    assert arches["days"]["missed"] == days
    assert station["days"]["contaminated"] == 1
    assert len(await listed(served, "?by=week", "view")) == 2


async def test_what_teams_did_and_where_their_time_went(served: Served) -> None:
    await reached(served)
    ours, theirs = await listed(served, "?by=team")
    assert (ours["team"], theirs["team"]) == ("B", "C")
    [market] = ours["hotspots"]
    assert (market["hotspot_id"], market["patrols"], market["qualifying_patrols"]) == ("hs-1", 2, 1)
    assert market["officer_minutes"] == market["allocated_minutes"]
    assert market["officer_minutes"] == {"low": 18, "estimate": 20, "high": 22}
    assert [each["hotspot_id"] for each in theirs["hotspots"]] == ["hs-1", "hs-3"]
    assert theirs["hotspots"][0]["allocated_minutes"]["high"] == 0
    time = ours["duty_minutes"]
    assert (time["own"], time["others"], time["outside"]) == (10, 10, 100)
    parts = time["own"] + time["others"] + time["outside"] + time["unknown"]
    assert parts == pytest.approx(time["duty"])
    assert set(theirs["duty_minutes"].values()) == {0}
    assert [each["team"] for each in await listed(served, "?by=team&team=C")] == ["C"]


async def reached(served: Served) -> None:
    """Let the engines stand still, so that figures rest on one moment."""
    partitions = range(await served.log.partitions())
    await derive(served.log, [progress(each, engine_time=epoch_ms()) for each in partitions])
    async with live(served) as events:
        while (await events.health())["engine_time"] is None:
            pass


async def test_a_spreadsheet_of_each(served: Served) -> None:
    day, *_ = await sheet(served, "")
    assert day["status"] in {"on track", "behind"}
    assert (day["patrol_minutes_low"], day["windows_delivered"], day["windows_open"]) == (
        "18.0",
        "1",
        "1",
    )
    assert [each["status"] for each in await sheet(served, "")][1:] == [
        "missed",
        "patrolled on a no-patrol day",
    ]
    assert [each["hotspot_id"] for each in await sheet(served, "", "view")] == ["hs-1", "hs-2"]
    week, *_ = await sheet(served, "by=week&")
    assert (week["hotspot_id"], week["median_patrol_minutes"]) == ("hs-1", "15.0")
    teams = await sheet(served, "by=team&")
    assert [(each["team"], each["hotspot_id"]) for each in teams] == [
        ("B", ""),
        ("B", "hs-1"),
        ("C", ""),
        ("C", "hs-1"),
        ("C", "hs-3"),
    ]
    assert all(bool(each["duty_minutes"]) != bool(each["hotspot_id"]) for each in teams)


async def test_a_spreadsheet_runs_nothing(shift: Shift) -> None:
    since = shift.hour - HOUR_MS
    await learn(shift.log, [a_duty("T-9", since=since, team="=1+1"), hot_spot("-hs")])
    async with serving(shift.log) as served:
        teams = await sheet(served, "by=team&")
        days = await sheet(served, "")
    assert teams[0]["team"] == "'=1+1"
    assert days[0]["hotspot_id"] == "'-hs"


async def sheet(served: Served, query: str, scope: Scope = "supervise") -> list[dict[str, str]]:
    path = f"/v1/compliance?{query}format=csv"
    answer = await served.client.get(path, headers=bearer(scope))
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["cache-control"] == "no-store"
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


async def test_a_long_list_comes_in_pages(shift: Shift) -> None:
    names = [f"x-{number:04}" for number in range(PAGE)]
    await learn(shift.log, [hot_spot(name) for name in names])
    async with serving(shift.log) as served:
        for by in ("day", "week"):
            path = f"/v1/compliance?by={by}"
            first = await served.get(path, "view")
            second = await served.get(f"{path}&cursor={first['next']}", "view")
            assert (len(first["items"]), second["next"]) == (PAGE, None)
            found = [each["hotspot_id"] for each in first["items"] + second["items"]]
            assert found == ["hs-1", "hs-2", *names]
        assert len(await sheet(served, "", "view")) == PAGE + 2


async def test_a_day_of_longer_ago_is_judged_by_sheets_from_the_log(shift: Shift) -> None:
    """All of the duty is accounted for, so the window was missed; without sheets who knows."""
    hour = shift.hour - 20 * DAY_MS
    day = shift.today - timedelta(days=20)
    partition = partition_of(b"T-1", await shift.log.partitions())
    settlement = a_settlement(partition, since=hour - 4 * HOUR_MS)
    known: dict[str, Any] = {
        "unknown_ms": 0,
        "unknown": [],
        "outside_ms": 50 * MINUTE_MS,
        "settled": True,
    }
    visit = a_visit("old", entered_at=hour - 2 * HOUR_MS, settled=True, hotspot_id="hs-1")
    duties = [a_duty("T-1", since=hour - HOUR_MS, until=hour + HOUR_MS, duty_id="d-old")]
    await learn(shift.log, [*duties, a_plan("hs-1", (hour, hour + HOUR_MS, 1))])
    async with serving(shift.log) as served:
        await settle(shift.log, settlement, [visit], [a_timesheet(since=hour - HOUR_MS, **known)])
        query = f"?date={day}&hotspot_id=hs-1"
        assert await window_becomes(served, query, "not_known")
        later = a_settlement(partition, since=hour - 4 * HOUR_MS, run=2)
        sheets = [a_timesheet(since=hour + each * HOUR_MS, **known) for each in (-1, 0)]
        await settle(shift.log, later, [visit], sheets)
        assert await window_becomes(served, query, "missed")
        [told] = await listed(served, query)
        assert [each["visit_ids"] for each in told["patrols"]] == [["old"]]
        team, nobody = await listed(served, f"?date={day}&by=team")
        assert (team["team"], nobody["team"]) == ("B", None)
        assert team["duty_minutes"]["duty"] == 120
        assert team["duty_minutes"]["unknown"] == 0


async def window_becomes(served: Served, query: str, status: str) -> bool:
    for _ in range(100):
        [told] = await listed(served, query)
        if [each["status"] for each in told["windows"]] == [status]:
            return True
        await asyncio.sleep(0.05)
    return False


async def test_the_stream_tells_each_audience_what_it_may_see(shift: Shift, served: Served) -> None:
    async with live(served, "view") as views, live(served, "supervise") as supervises:
        _, reset = await views.next()
        assert [each["hotspot_id"] for each in reset["compliance"]] == ["hs-1", "hs-2"]
        _, reset = await supervises.next()
        assert [each["status"] for each in reset["compliance"]][1:] == ["missed", "contaminated"]
        assert "patrols" not in reset["compliance"][0]
        at = shift.hour + 20 * MINUTE_MS
        await derive(
            served.log,
            [
                a_visit("more", entered_at=at, minutes=12, radio_id="T-2", hotspot_id="hs-3"),
                a_visit("there", entered_at=at, minutes=12, radio_id="T-2", hotspot_id="hs-2"),
            ],
        )
        for events, ids in ((views, ["hs-2"]), (supervises, ["hs-2", "hs-3"])):
            told = [await events.compliance() for _ in ids]
            assert sorted(each["hotspot_id"] for each in told) == ids
            assert {each["hotspot_id"]: each["status"] for each in told}["hs-2"] == "met"


async def test_what_to_do_next_and_who_could(shift: Shift) -> None:
    now = shift.now
    await learn(
        shift.log,
        [
            hot_spot("hs-4", name="<b>Quay & Docks</b>"),
            a_plan("hs-4", (now - HOUR_MS, now + 15 * MINUTE_MS, 1)),
            a_duty("T-4", since=now - HOUR_MS, hotspot_ids=["hs-4"], call_sign="<GM>"),
        ],
    )
    places = [a_position(each, heard_at=now, lat=53.48) for each in ("T-1", "T-4")]
    await derive(shift.log, places)
    async with serving(shift.log) as served:
        quay, market = (await served.get("/v1/next", "view"))["items"]
        page = await served.client.get("/v1/next?format=sheet", headers=bearer("view"))
        assert (await refused(served, "/v1/next", "figures"))[0] == 403
        assert (await refused(served, "/v1/next?format=pdf", "view"))[0] == 422
        assert (await refused(served, "/v1/next?hotspot=hs-1", "view"))[0] == 422
    assert (quay["hotspot_id"], quay["patrols_due"]) == ("hs-4", 1)
    assert 0 < quay["spare_minutes"] < market["spare_minutes"]
    assert [each["call_sign"] for each in quay["nearest"]] == ["<GM>"]
    assert (market["hotspot_id"], market["patrols_due"]) == ("hs-1", 1)  # one goes on
    assert [each["radio_id"] for each in market["nearest"]] == ["T-1"]
    assert page.headers["content-type"].startswith("text/html")
    assert "script" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "&lt;b&gt;Quay &amp; Docks&lt;/b&gt;" in page.text
    assert page.text.index("<h2>&lt;GM&gt;</h2>") < page.text.index("<h2>GM-T-1</h2>")
