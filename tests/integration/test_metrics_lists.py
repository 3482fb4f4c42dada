"""Units, tracks, hot spots and visits over HTTP, from a real log."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from services.contracts.reference import Deleted, Radio, Scope
from services.eventlog.partitioning import partition_of
from services.eventlog.port import EventLog, NewRecord
from services.metrics import track
from services.metrics.paging import PAGE
from tests.support.derived import (
    DAY_MS,
    MINUTE_MS,
    a_position,
    a_visit,
    an_open_visit,
    progress,
)
from tests.support.metrics import (
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

WHY = {"Stepsix-Why": "complaint 17"}


@pytest.fixture
async def log(embedded_log: EventLog) -> EventLog:
    await prepare(embedded_log)
    return embedded_log


@pytest.fixture
async def served(log: EventLog) -> AsyncIterator[Served]:
    async with serving(log) as running:
        yield running


def rfc3339(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).isoformat().replace("+00:00", "Z")


async def ids(served: Served, path: str, name: str, scope: Scope = "view") -> list[str]:
    return [item[name] for item in (await served.get(path, scope))["items"]]


async def test_units_in_order_with_their_call_signs(log: EventLog) -> None:
    now = epoch_ms()
    radio = Radio(radio_id="T-1", effective_from=0, changed_by="test", call_sign="GM-12")
    await learn(log, [radio])
    await derive(log, [a_position("T-2", heard_at=now), a_position("T-1", heard_at=now)])
    async with serving(log) as served:
        units = await served.get("/v1/units", "view")
    assert units["next"] is None
    assert [(unit["radio_id"], unit["call_sign"]) for unit in units["items"]] == [
        ("T-1", "GM-12"),
        ("T-2", None),
    ]


async def test_long_lists_come_in_pages(log: EventLog) -> None:
    now = epoch_ms()
    names = [f"T-{number:04}" for number in range(PAGE + 2)]
    await derive(log, [a_position(name, heard_at=now) for name in names])
    await derive(log, [a_visit(name, entered_at=now) for name in names])
    await learn(log, [hot_spot(name) for name in names])
    async with serving(log) as served:
        for path, name in [
            ("/v1/units", "radio_id"),
            ("/v1/visits", "visit_id"),
            ("/v1/hotspots", "hotspot_id"),
        ]:
            first = await served.get(path)
            second = await served.get(f"{path}?cursor={first['next']}")
            assert (len(first["items"]), second["next"]) == (PAGE, None)
            found = [item[name] for item in first["items"] + second["items"]]
            assert [each for each in found if each != "hs-1"] == names


async def test_hot_spots_in_force(log: EventLog) -> None:
    now = epoch_ms()
    await learn(
        log,
        [
            hot_spot("hs-0", name="Gone"),
            hot_spot("hs-2", name="Next year", since=now + 365 * DAY_MS),
            Deleted(type="hotspot", id="hs-0", effective_from=now, changed_by="test"),
        ],
    )
    await derive(log, [a_visit(entered_at=now, minutes=10), an_open_visit("v-2", entered_at=now)])
    async with serving(log) as served:
        [market] = (await served.get("/v1/hotspots", "figures"))["items"]
    assert market["units_present"] == 1
    assert market["minutes_today"] == {"low": 18.0, "estimate": 20.0, "high": 22.0}
    assert (market["name"], market["catchment_m"]) == ("Market", 100.0)
    assert market["geometry"]["type"] == market["catchment"]["type"] == "Polygon"


async def test_visits_by_who_where_and_when(log: EventLog) -> None:
    now = epoch_ms()
    hour_ago = now - 60 * MINUTE_MS
    await derive(
        log,
        [
            a_visit("a", entered_at=hour_ago, radio_id="T-1"),
            a_visit("b", entered_at=hour_ago + 1, radio_id="T-2", hotspot_id="hs-2"),
            a_visit("c", entered_at=hour_ago + 2, radio_id="T-2", ring="catchment"),
            an_open_visit("d", entered_at=now, radio_id="T-2"),
            a_visit("gone", entered_at=now, state="retracted"),
        ],
    )
    middle = rfc3339(hour_ago + 2)
    async with serving(log) as served:
        for query, found in {
            "": ["a", "b", "c", "d"],
            "?radio_id=T-2": ["b", "c", "d"],
            "?hotspot_id=hs-2": ["b"],
            "?ring=core": ["a", "b", "d"],
            f"?from={middle}": ["c", "d"],
            f"?to={middle}": ["a", "b"],
            f"?from={rfc3339(hour_ago)}&to={middle}&radio_id=T-2": ["b"],
        }.items():
            assert await ids(served, f"/v1/visits{query}", "visit_id") == found, query
        assert await ids(served, "/v1/visits", "visit_id", "figures") == ["a", "b", "c"]


async def test_visits_as_csv(log: EventLog) -> None:
    now = epoch_ms()
    names = [f"v-{number:04}" for number in range(PAGE + 2)]
    await derive(log, [a_visit(name, entered_at=now, hotspot_id="=1+1") for name in names])
    async with serving(log) as served:
        response = await served.client.get("/v1/visits?format=csv", headers=bearer("figures"))
    assert response.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert response.headers["cache-control"] == "no-store"
    lines = list(csv.DictReader(io.StringIO(response.text, newline="")))
    assert [line["visit_id"] for line in lines] == names
    assert {line["hotspot_id"] for line in lines} == {"'=1+1"}


async def test_a_track_is_what_the_log_holds_of_that_time(log: EventLog) -> None:
    start = epoch_ms()
    partition = partition_of(b"T-1", await log.partitions())
    for second in range(10):
        at = start + second * 1000
        told = [a_position(each, heard_at=at, revision=second) for each in ("T-1", "T-2", "T-3")]
        await derive(log, [*told, progress(partition, engine_time=at)])
    query = f"?from={rfc3339(start + 2000)}&to={rfc3339(start + 5000)}"
    async with serving(log) as served:
        points = await served.get(f"/v1/units/T-1/track{query}", "view", WHY)
        assert points["next"] is None
        assert [point["heard_at"] for point in points["items"]] == [
            rfc3339(start + second * 1000) for second in (2, 3, 4)
        ]
        assert {point["radio_id"] for point in points["items"]} == {"T-1"}
        unheard = await served.get(f"/v1/units/T-9/track{query}", "view", WHY)
        assert unheard == {"items": [], "next": None}


async def test_a_long_track_comes_in_pages(log: EventLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(track, "MOST_POINTS", 4)
    monkeypatch.setattr(track, "MOST_RECORDS", 7)
    start = epoch_ms()
    await derive(log, [a_position(heard_at=start + each, revision=each) for each in range(10)])
    partitions = await log.partitions()
    other = next(f"X-{n}" for n in range(99) if same_partition(f"X-{n}", partitions))
    await derive(log, [a_position(other, heard_at=start + each) for each in range(9)])
    path = f"/v1/units/T-1/track?from={rfc3339(start)}&to={rfc3339(start + 10)}"
    async with serving(log) as served:
        page = await served.get(path, headers=WHY)
        sizes, items = [len(page["items"])], page["items"]
        while page["next"]:
            page = await served.get(f"{path}&cursor={page['next']}", headers=WHY)
            sizes.append(len(page["items"]))
            items += page["items"]
    assert [item["heard_at"] for item in items] == [rfc3339(start + each) for each in range(10)]
    assert sizes == [4, 4, 2, 0]


def same_partition(radio_id: str, partitions: int) -> bool:
    return partition_of(radio_id.encode(), partitions) == partition_of(b"T-1", partitions)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/v1/visits?from=yesterday", "from: Value error, should be a time with its offset"),
        ("/v1/visits?from=1780300000", "from: Value error, should be a time with its offset"),
        ("/v1/visits?from=2026-06-01T08:00:00", "should be a time with its offset"),
        ("/v1/visits?from=2026-06-01T08:00:00+01:00", "write + as %2B"),
        ("/v1/visits?ring=inner", "ring: Input should be 'core' or 'catchment'"),
        ("/v1/visits?format=xml", "format: Input should be 'json' or 'csv'"),
        ("/v1/visits?hotspot=hs-1", "hotspot: Extra inputs are not permitted"),
        (
            "/v1/visits?from=2026-06-02T00:00:00Z&to=2026-06-01T00:00:00Z",
            "'from' should be before 'to'",
        ),
        ("/v1/visits?from=2020-01-01T00:00:00Z", "to: what began before "),
        ("/v1/visits?cursor=xyz", "cursor: is none that this list gave out"),
        ("/v1/visits?cursor=é", "cursor: is none that this list gave out"),
        ("/v1/units?cursor=WzFd", "cursor: is none that this list gave out"),
        ("/v1/units?state=quiet", "state: Extra inputs are not permitted"),
        ("/v1/units/T-1/track", "from: Field required; to: Field required"),
        (
            "/v1/units/T-1/track?from=2026-06-01T00:00:00Z&to=2026-06-01T00:00:00Z",
            "'from' should be before 'to'",
        ),
    ],
)
async def test_wrong_parameters_are_refused_by_name(served: Served, path: str, said: str) -> None:
    response = await served.client.get(path, headers=bearer("admin"))
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert said in response.json()["detail"]


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/v1/units", {"view", "admin"}),
        (
            "/v1/units/T-1/track?from=2026-06-01T00:00:00Z&to=2026-06-02T00:00:00Z",
            {"view", "admin"},
        ),
        ("/v1/hotspots", {"figures", "view", "admin"}),
        ("/v1/visits", {"figures", "view", "admin"}),
        ("/metrics", {"scrape", "admin"}),
    ],
)
async def test_each_list_is_for_its_scopes(served: Served, path: str, allowed: set[str]) -> None:
    assert (await served.client.get(path)).status_code == 401
    scopes: tuple[Scope, ...] = ("ingest", "scrape", "figures", "view", "admin")
    for scope in scopes:
        status = (await served.client.get(path, headers=bearer(scope) | WHY)).status_code
        assert status == (200 if scope in allowed else 403), scope


async def test_a_restart_shows_the_same(log: EventLog) -> None:
    now = epoch_ms()
    await learn(log, [hot_spot("hs-2", name="Arches")])
    async with serving(log) as served, live(served) as events:
        await events.next()
        await derive(
            log,
            [
                an_open_visit("a", entered_at=now, revision=1),
                an_open_visit("b", entered_at=now, revision=1, hotspot_id="hs-2"),
                a_visit("a", entered_at=now, revision=2, minutes=20),
                an_open_visit("c", entered_at=now, revision=1, ring="catchment"),
                a_visit("c", entered_at=now, revision=4, state="retracted"),
                a_position("T-1", heard_at=now),
                a_position("T-2", heard_at=now - 10 * MINUTE_MS),
                a_position("T-3", heard_at=now - 61 * MINUTE_MS),
                *(progress(each, engine_time=now) for each in range(await log.partitions())),
            ],
        )
        while (await events.next())[0] != "visit":
            pass
        before = await everything(served)
    async with serving(log) as served:
        assert await everything(served) == before
    hotspots, units, visits = before
    assert [unit["state"] for unit in units] == ["reporting", "quiet"]
    assert [hotspot["units_present"] for hotspot in hotspots] == [0, 1]
    assert [visit["visit_id"] for visit in visits] == ["a", "b"]


async def everything(served: Served) -> list[list[dict[str, object]]]:
    paths = ("/v1/hotspots", "/v1/units", "/v1/visits")
    return [(await served.get(path))["items"] for path in paths]


async def test_poison_in_a_derived_topic_stops_nobody(log: EventLog) -> None:
    now = epoch_ms()
    await log.append([NewRecord("visits", b"T-1", b"not a visit")])
    await derive(log, [a_visit(entered_at=now)])
    async with serving(log) as served:
        assert await ids(served, "/v1/visits", "visit_id") == ["v-1"]
