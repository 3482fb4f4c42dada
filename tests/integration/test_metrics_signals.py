"""Episodes of silence over HTTP, in the live stream, for Prometheus and in timesheets."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from services.metrics.paging import PAGE
from tests.support.derived import HOUR_MS, MINUTE_MS, a_position, a_signal, a_timesheet, an_outage
from tests.support.derived import progress as progress_of
from tests.support.metrics import Served, bearer, derive, epoch_ms, live


async def reach(served: Served, time: int) -> None:
    """Let the engines of all partitions reach a time."""
    partitions = await served.log.partitions()
    await derive(served.log, [progress_of(p, engine_time=time) for p in range(partitions)])


async def signals(served: Served, query: str = "", count: int = 1) -> list[dict[str, Any]]:
    """The list, once it has so many."""
    for _ in range(200):
        items: list[dict[str, Any]] = (await served.get(f"/v1/signals{query}", "view"))["items"]
        if len(items) == count:
            return items
        await asyncio.sleep(0.05)
    pytest.fail(f"not {count} but {items}")


async def metric(served: Served, line: str) -> bool:
    answer = await served.client.get("/metrics", headers=bearer("scrape"))
    return line in answer.text.splitlines()


async def becomes(served: Served, line: str) -> None:
    for _ in range(200):
        if await metric(served, line):
            return
        await asyncio.sleep(0.05)
    pytest.fail(f"{line} did not come about")


async def test_an_alarm_and_an_outage_are_listed_by_what_is_asked_for(served: Served) -> None:
    heard_at = epoch_ms() - 10 * MINUTE_MS
    lost = a_signal(heard_at=heard_at, cell_id="m-1", hotspot_id="hs-1")
    await derive(served.log, [lost, an_outage(declared_at=heard_at)])
    await reach(served, epoch_ms())
    both = await signals(served, count=2)
    assert [each["cause"] for each in both] == ["source", "unexpected"]
    [alarm] = await signals(served, "?cause=unexpected&open=true")
    assert (alarm["radio_id"], alarm["kind"], alarm["ended_at"]) == ("T-1", "lost", None)
    assert (alarm["cell_id"], alarm["hotspot_id"], alarm["radios"]) == ("m-1", "hs-1", [])
    assert await signals(served, "?radio_id=T-2", count=0) == []
    assert len(await signals(served, "?source=airwave", count=2)) == 2
    answer = await served.client.get("/v1/signals", headers=bearer("figures"))
    assert answer.status_code == 403


async def test_what_is_told_changes_in_place_on_every_screen(served: Served) -> None:
    heard_at = epoch_ms() - 10 * MINUTE_MS
    await derive(served.log, [a_signal(heard_at=heard_at)])
    await reach(served, epoch_ms())
    await signals(served)
    async with live(served) as events:
        name, reset = await events.next()
        assert name == "reset"
        assert [each["episode_id"] for each in reset["signals"]] == ["e-1"]
        over = a_signal(heard_at=heard_at, revision=2, ended_at=epoch_ms())
        await derive(served.log, [over])
        name, told = await events.next()
        assert (name, told["episode_id"]) == ("signal", "e-1")
        assert told["ended_at"] is not None


async def test_prometheus_sees_how_many_and_never_who(served: Served) -> None:
    labels = 'cause="unexpected",type="lost"'
    await becomes(served, f"stepsix_signal_episodes{{{labels}}} 0.0")
    await derive(served.log, [a_signal(heard_at=epoch_ms() - 10 * MINUTE_MS)])
    await reach(served, epoch_ms())
    await becomes(served, f"stepsix_signal_episodes{{{labels}}} 1.0")
    await becomes(served, f"stepsix_signal_episodes_declared_total{{{labels}}} 1.0")
    answer = await served.client.get("/metrics", headers=bearer("scrape"))
    assert "T-1" not in answer.text


async def test_a_unit_says_how_it_is(served: Served) -> None:
    heard_at = epoch_ms() - 10 * MINUTE_MS
    await derive(served.log, [a_position(heard_at=heard_at), a_signal(heard_at=heard_at)])
    await reach(served, epoch_ms())
    await signals(served)
    async with asyncio.timeout(10):
        while (await served.get("/v1/units", "view"))["items"][0]["state"] != "lost":  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.05)


async def test_unknown_time_names_the_episodes_that_it_overlaps(served: Served) -> None:
    since = epoch_ms() - epoch_ms() % HOUR_MS - HOUR_MS
    sheet = a_timesheet(since=since)  # its last five minutes are unknown
    silent_from = since + 56 * MINUTE_MS
    await derive(served.log, [sheet, a_signal(heard_at=silent_from)])
    await derive(served.log, [a_signal("e-2", heard_at=since, ended_at=since + 20 * MINUTE_MS)])
    await derive(served.log, [a_signal("e-3", "T-2", heard_at=silent_from)])
    await reach(served, epoch_ms())
    await signals(served, count=3)
    [shown] = (await served.get("/v1/timesheets", "view"))["items"]
    assert [span["episode_ids"] for span in shown["unknown"]] == [["e-1"]]
    table = await served.client.get("/v1/timesheets?format=csv", headers=bearer("view"))
    assert "e-1" in table.text
    assert "e-2" not in table.text


async def test_a_long_list_comes_in_pages_and_by_when_it_was_declared(served: Served) -> None:
    first = epoch_ms() - 10 * MINUTE_MS
    told = [an_outage(f"o-{n:04}", declared_at=first + n) for n in range(PAGE + 2)]
    await derive(served.log, told)
    page = await signals(served, count=PAGE)
    cursor = (await served.get("/v1/signals", "view"))["next"]
    rest = (await served.get(f"/v1/signals?cursor={cursor}", "view"))["items"]
    names = [each["episode_id"] for each in [*page, *rest]]
    assert names == [each.episode_id for each in told]
    since, until = page[1]["declared_at"], page[3]["declared_at"]
    between = await signals(served, f"?from={since}&to={until}", count=2)
    assert [each["episode_id"] for each in between] == ["o-0001", "o-0002"]
