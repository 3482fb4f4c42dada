"""Control places, tracks and an officer's own through the whole API, with a token of each scope."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from services.contracts.codec import decode
from services.contracts.derived import Inside, RingTimes
from services.contracts.people import Audit
from services.contracts.reference import Deleted, Scope
from services.eventlog.embedded import store
from services.eventlog.port import EventLog
from tests.support.derived import (
    HOUR_MS,
    MINUTE_MS,
    a_position,
    a_signal,
    a_timesheet,
    a_visit,
    an_open_visit,
    minutes,
)
from tests.support.metrics import (
    OFFICER,
    Served,
    bearer,
    derive,
    epoch_ms,
    hot_spot,
    learn,
    live,
    prepare,
    serving,
)
from tests.support.planned import a_duty, a_plan

APART = "kept-apart"
"""The control place; no name is like it."""
NOW = epoch_ms() // HOUR_MS * HOUR_MS - HOUR_MS
"""When all that is told began: of a day that began six hours ago at least."""
TODAY = datetime.fromtimestamp(epoch_ms() / 1000 - 6 * 3600, UTC).date()
"""Of a force whose day began six hours ago or more, or the day before."""
WHY = {"Stepsix-Why": "complaint 17"}


def rfc3339(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).isoformat().replace("+00:00", "Z")


HOUR = f"from={rfc3339(NOW)}&to={rfc3339(NOW + HOUR_MS)}"
PATHS = {
    "/v1/units": "/v1/units",
    "/v1/hotspots": "/v1/hotspots",
    "/v1/sources": "/v1/sources",
    "/v1/visits": "/v1/visits?radio_id=T-1&" + HOUR,
    "/v1/timesheets": "/v1/timesheets?radio_id=T-1&" + HOUR,
    "/v1/signals": "/v1/signals?radio_id=T-1&" + HOUR,
    "/v1/alerts": "/v1/alerts",
    "/v1/blackspots/proposed": "/v1/blackspots/proposed",
    "/v1/duties": "/v1/duties",
    "/v1/compliance": "/v1/compliance",
    "/v1/compliance/{hotspot_id}/{date}": f"/v1/compliance/hs-1/{TODAY}",
    "/v1/next": "/v1/next",
    "/v1/units/{radio_id}/track": "/v1/units/T-1/track?" + HOUR,
}
"""By the path of a route, what is asked of it."""
MORE = (
    "/v1/visits?format=csv",
    f"/v1/visits?hotspot_id={APART}",
    "/v1/timesheets?format=csv",
    "/v1/signals?open=true",
    "/v1/compliance?by=team&format=csv",
    "/v1/compliance?by=team",
    f"/v1/compliance?hotspot_id={APART}",
    "/v1/next?format=sheet",
    "/metrics",
)
ELSEWHERE = {"/v1/live", "/v1/session", "/sign-in", "/healthz", "/readyz", "/metrics"}
ELSEWHERE |= {"/v1/basemap", "/basemap.pmtiles", "/basemap.geojson"}
"""Live is watched in a test of its own; the others are about no place, or are in MORE."""
NAMING = {"/v1/units", "/v1/hotspots", "/v1/visits", "/v1/timesheets", "/v1/signals", "/v1/duties"}
NAMING |= {"/v1/units/{radio_id}/track", "/v1/compliance"}
"""The routes that name the control place to who supervises."""


async def learn_of_a_day(log: EventLog) -> None:
    """A radio and its officer in a control place and in another hot spot, all at once."""
    both = ["hs-1", APART]
    rings = [Inside(hotspot_id=each, ring="core") for each in both]
    times = RingTimes(core=minutes(9, 10, 11), catchment=minutes(10, 12, 13))
    await learn(
        log,
        [
            hot_spot(APART, name=APART),
            a_plan(APART, arm="control"),
            a_plan("hs-1", minutes=30, judge_by="minutes"),
            a_duty(since=NOW, until=NOW + HOUR_MS, officer_ids=[OFFICER], hotspot_ids=both),
            a_duty("T-2", since=NOW, hotspot_ids=[APART]),
        ],
    )
    await derive(
        log,
        [
            a_position(heard_at=NOW + MINUTE_MS, hotspots=rings),
            a_position(heard_at=epoch_ms(), revision=2, hotspots=rings),
            an_open_visit("v-1", entered_at=NOW, hotspot_id=APART),
            a_visit("v-2", entered_at=NOW + 20 * MINUTE_MS, hotspot_id=APART),
            a_visit("v-3", entered_at=NOW + 30 * MINUTE_MS),
            a_visit("v-4", entered_at=NOW + 30 * MINUTE_MS, radio_id="T-2"),
            a_timesheet(
                since=NOW,
                inside_ms=20 * MINUTE_MS,
                outside_ms=35 * MINUTE_MS,
                hotspots=dict.fromkeys(both, times),
            ),
            a_signal(heard_at=NOW + MINUTE_MS, hotspot_id=APART, cause="explained"),
        ],
    )


@pytest.fixture
async def log(embedded_log: EventLog) -> EventLog:
    await prepare(embedded_log)
    await learn_of_a_day(embedded_log)
    return embedded_log


@pytest.fixture
async def served(log: EventLog) -> AsyncIterator[Served]:
    async with serving(log) as running:
        yield running


@pytest.fixture
def file(log: EventLog, tmp_path: Path) -> Path:  # noqa: ARG001 - it makes the file
    """The log's file."""
    [found] = tmp_path.rglob(store.FILE)
    return found


async def ask(served: Served, path: str, scope: Scope, **headers: str) -> httpx.Response:
    return await served.client.get(path, headers=bearer(scope) | headers)


async def audits(log: EventLog) -> list[Audit]:
    found = []
    for partition, extent in (await log.bounds("audit")).items():
        async for records in log.read("audit", partition, extent.start):
            for record in records:
                audit = decode("audit", record.value)
                assert isinstance(audit, Audit)
                assert record.key == audit.who.encode()
                found.append(audit)
    return found


async def test_no_answer_names_a_control_place_but_to_who_supervises(served: Served) -> None:
    described = (await served.client.get("/openapi.json")).json()["paths"]
    readable = {path for path, methods in described.items() if "get" in methods}
    assert readable - ELSEWHERE == PATHS.keys()
    scopes: tuple[Scope, ...] = ("scrape", "own", "figures", "view")
    answered = set()
    for scope in scopes:
        for path in (*PATHS.values(), *MORE):
            response = await ask(served, path, scope, **WHY)
            assert response.status_code in (200, 403), (path, response.text)
            assert APART not in response.text, (path, scope)
            if response.is_success:
                answered.add(path)
    assert answered == {*PATHS.values(), *MORE}
    named = {
        route
        for route, path in PATHS.items()
        if APART in (await ask(served, path, "supervise", **WHY)).text
    }
    assert named == NAMING
    hidden = await ask(served, f"/v1/compliance/{APART}/{TODAY}", "view")
    missing = await ask(served, f"/v1/compliance/nowhere/{TODAY}", "view")
    assert hidden.status_code == 404
    assert hidden.text == missing.text.replace("nowhere", APART)


async def test_time_in_a_control_place_is_told_as_time_outside(served: Served) -> None:
    for scope, inside, outside in (("supervise", 1200, 2100), ("view", 600, 2700)):
        for path in (PATHS["/v1/timesheets"], "/v1/duties?radio_id=T-1"):
            [told] = (await served.get(path, scope))["items"]  # type: ignore[arg-type]
            assert (told["inside_seconds"], told["outside_seconds"]) == (inside, outside)
            assert told["unknown_seconds"] == 300


@pytest.mark.parametrize("scope", ["figures", "view"])
async def test_a_hot_spot_that_becomes_a_control_place_is_gone_once(
    log: EventLog, served: Served, scope: Scope
) -> None:
    async with live(served, scope) as events, live(served, "supervise") as supervised:
        name, begun = await events.next()
        assert (name, APART in json.dumps(begun)) == ("reset", False)
        assert APART in json.dumps(await supervised.next())
        await learn(log, [hot_spot("hs-2", name="Arches")])
        assert (await events.next())[1]["hotspot_id"] == "hs-2"
        await learn(log, [a_plan("hs-2", arm="control")])
        assert await events.next() == ("hotspot", {"hotspot_id": "hs-2", "deleted": True})
        await derive(
            log,
            [
                a_visit("v-8", entered_at=NOW, hotspot_id="hs-2"),
                a_visit("v-9", entered_at=NOW, hotspot_id=APART),
                a_visit("v-10", entered_at=NOW + 1),
            ],
        )
        told = [await events.next(), await events.next()]
        assert sorted(name for name, _ in told) == ["hotspot", "visit"]
        assert {data["hotspot_id"] for _, data in told} == {"hs-1"}
        while (event := await supervised.next()) and event[1].get("visit_id") != "v-8":
            assert "deleted" not in event[1]


async def test_who_looks_at_a_track_says_why_and_is_noted(log: EventLog, served: Served) -> None:
    path = PATHS["/v1/units/{radio_id}/track"]
    silent: tuple[dict[str, str], ...] = (
        {},
        {"Stepsix-Why": "x%20"},
        {"Stepsix-Why": "x" * 201},
        {"Stepsix-Why": "one line%0Aand another"},
        {"Stepsix-Why": "%ff%ff%ff"},
    )
    for headers in silent:
        refused = await ask(served, path, "view", **headers)
        assert refused.status_code == 422
        assert refused.json()["detail"].startswith("Stepsix-Why: say in this header why")
    assert await audits(log) == []
    shown = await served.get(path, "view", {"Stepsix-Why": "d%C3%A9tention, 50% late"})
    assert len(shown["items"]) >= 1
    nobody = f"/v1/units/T-9/track?{HOUR}"
    await served.get(nobody, "admin", WHY)
    one, two = sorted(await audits(log), key=lambda audit: audit.at)
    assert abs(one.at - epoch_ms()) < MINUTE_MS
    stretch = f"{rfc3339(NOW)} to {rfc3339(NOW + HOUR_MS)}"
    assert one == Audit(
        who="the-view",
        action="look at track",
        what=f"radio T-1, {stretch}",
        at=one.at,
        whom=OFFICER,
        why="détention, 50% late",
    )
    assert (two.who, two.whom, two.why) == ("the-admin", None, "complaint 17")
    assert two.what == f"radio T-9, {stretch}"


async def test_a_track_whose_look_cannot_be_noted_is_not_shown(
    log: EventLog, served: Served, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = PATHS["/v1/units/{radio_id}/track"]
    monkeypatch.setattr(store, "BUSY_S", 0.05)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = await ask(served, path, "view", **WHY)
    assert refused.status_code == 503
    assert "T-1" not in refused.text
    assert await audits(log) == []
    assert (await ask(served, path, "view", **WHY)).is_success
    assert len(await audits(log)) == 1


OWN = ("/v1/visits", "/v1/timesheets", "/v1/signals")


async def test_an_officer_sees_their_own(log: EventLog, served: Served) -> None:
    assert [duty["radio_id"] for duty in (await served.get("/v1/duties", "own"))["items"]] == [
        "T-1"
    ]
    assert (await served.get("/v1/duties?radio_id=T-2", "own"))["items"] == []
    for path in OWN:
        items = (await served.get(PATHS[path], "own"))["items"]
        assert {item["radio_id"] for item in items} == {"T-1"}, path
    track = await served.get(PATHS["/v1/units/{radio_id}/track"], "own")
    assert {point["radio_id"] for point in track["items"]} == {"T-1"}
    [audit] = await audits(log)
    assert (audit.who, audit.whom, audit.why) == ("the-own", OFFICER, None)
    part = f"from={rfc3339(NOW + MINUTE_MS)}&to={rfc3339(NOW + 40 * MINUTE_MS)}"
    visits = await served.get(f"/v1/visits?radio_id=T-1&{part}", "own")
    assert [visit["visit_id"] for visit in visits["items"]] == ["v-3"]
    whole_sheets = await served.get(f"/v1/timesheets?radio_id=T-1&{part}", "own")
    assert whole_sheets["items"] == []


LATER = f"from={rfc3339(NOW)}&to={rfc3339(NOW + HOUR_MS + 1)}"


@pytest.mark.parametrize(
    "path",
    [
        *OWN,
        *(f"{path}?radio_id=T-1" for path in OWN),
        *(f"{path}?{HOUR}" for path in OWN),
        *(f"{path}?radio_id=T-1&from={rfc3339(NOW)}" for path in OWN),
        *(f"{path}?radio_id=T-1&{LATER}" for path in OWN),
        *(f"{path}?radio_id=T-2&{HOUR}" for path in OWN),
        f"/v1/units/T-1/track?{LATER}",
        f"/v1/units/T-2/track?{HOUR}",
        "/v1/units",
        "/v1/hotspots",
        "/v1/sources",
        "/v1/compliance",
        "/v1/next",
        "/v1/live",
        "/v1/blackspots/proposed",
    ],
)
async def test_an_officer_sees_nothing_else(log: EventLog, served: Served, path: str) -> None:
    refused = await ask(served, path, "own", **WHY)
    assert refused.status_code == 403
    if "?" in path or path in OWN:
        assert "Give radio_id, and from and to within that officer's duties" in refused.text
    assert await audits(log) == []


async def test_a_duty_taken_back_is_nobody_s_own(log: EventLog, served: Served) -> None:
    gone = Deleted(type="duty", id="d-T-1", effective_from=NOW, changed_by="test")
    assert (await ask(served, PATHS["/v1/visits"], "own")).is_success
    await learn(log, [gone])
    await served.view.reached((await log.bounds("reference"))[0].end)
    assert (await ask(served, PATHS["/v1/visits"], "own")).status_code == 403
