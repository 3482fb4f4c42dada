"""The live stream over a real socket, fed through a real log."""

from __future__ import annotations

import asyncio
import socket

import httpx
import pytest

from services.contracts.derived import Position, Visit
from services.contracts.reference import Deleted
from tests.support.derived import a_position, a_visit, an_open_visit, progress
from tests.support.metrics import (
    Served,
    bearer,
    derive,
    epoch_ms,
    hot_spot,
    learn,
    live,
)


async def test_what_is_derived_is_told(served: Served) -> None:
    now = epoch_ms()
    async with live(served) as events:
        name, everything = await events.next()
        assert name == "reset"
        assert [hotspot["hotspot_id"] for hotspot in everything["hotspots"]] == ["hs-1"]
        assert (everything["units"], everything["visits"]) == ([], [])

        await derive(served.log, [a_position(heard_at=now)])
        name, unit = await events.next()
        assert (name, unit["radio_id"], unit["lat"]) == ("unit", "T-1", 53.4798)

        await derive(served.log, [an_open_visit(entered_at=now, minutes=10)])
        name, hotspot = await events.next()
        assert (name, hotspot["units_present"]) == ("hotspot", 1)
        assert hotspot["minutes_today"] == {"low": 9.0, "estimate": 10.0, "high": 11.0}
        name, visit = await events.next()
        assert (name, visit["state"]) == ("visit", "open")

        await derive(served.log, [a_visit(entered_at=now, minutes=12, revision=2)])
        name, hotspot = await events.next()
        assert (hotspot["units_present"], hotspot["minutes_today"]["estimate"]) == (0, 12.0)
        name, visit = await events.next()
        assert (name, visit["state"], visit["seconds"]) == ("visit", "closed", 720.0)


async def test_the_reset_is_the_state_as_of_now(served: Served) -> None:
    now = epoch_ms()
    await tell(served, [a_position(heard_at=now), an_open_visit(entered_at=now)])
    async with live(served) as events:
        _, everything = await events.next()
    assert [unit["radio_id"] for unit in everything["units"]] == ["T-1"]
    assert [visit["visit_id"] for visit in everything["visits"]] == ["v-1"]
    assert [hotspot["units_present"] for hotspot in everything["hotspots"]] == [1]


async def test_hot_spots_come_and_go(served: Served) -> None:
    async with live(served, "figures") as events:
        await events.next()
        await learn(served.log, [hot_spot("hs-2", name="Arches")])
        name, hotspot = await events.next()
        assert (name, hotspot["name"]) == ("hotspot", "Arches")
        gone = Deleted(type="hotspot", id="hs-2", effective_from=epoch_ms(), changed_by="test")
        await learn(served.log, [gone])
        assert await events.next() == ("hotspot", {"hotspot_id": "hs-2", "deleted": True})


async def test_who_may_see_only_figures_gets_nobodys_place(served: Served) -> None:
    now = epoch_ms()
    position = a_position(heard_at=now, inside=("hs-1", "core"))
    await tell(served, [position, an_open_visit(entered_at=now)])
    async with live(served, "figures") as events:
        name, everything = await events.next()
        assert (name, everything["units"], everything["visits"]) == ("reset", [], [])
        assert "53.4798" not in str(everything)
        await derive(served.log, [a_position(heard_at=now + 1, revision=2)])
        await derive(served.log, [an_open_visit(entered_at=now, minutes=11, revision=2)])
        name, hotspot = await events.next()
        assert (name, hotspot["minutes_today"]["estimate"]) == ("hotspot", 11.0)
        await derive(served.log, [a_visit(entered_at=now, minutes=11, revision=3)])
        assert [(await events.next())[0] for _ in range(2)] == ["hotspot", "visit"]


async def test_health_says_whether_the_pipeline_keeps_up(served: Served) -> None:
    async with live(served) as events:
        health = await events.health()
        assert health["stale"]
        assert health["reason"] == "geofence has reported nothing in the last hour"
        partitions = range(await served.log.partitions())
        await derive(served.log, [progress(each, engine_time=epoch_ms()) for each in partitions])
        await events.health()
        health = await events.health()
        assert not health["stale"]
        assert health["age_seconds"] < 10
        assert health["reason"] is None


@pytest.mark.parametrize(("headers", "status"), [({}, 401), (bearer("scrape"), 403)])
async def test_the_stream_is_not_for_everybody(
    served: Served, headers: dict[str, str], status: int
) -> None:
    response = await served.client.get("/v1/live", headers=headers)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"


async def test_a_stream_ends_when_its_token_is_revoked(served: Served) -> None:
    async with live(served) as events:
        await events.next()
        gone = Deleted(type="token", id="the-view", effective_from=0, changed_by="test")
        await learn(served.log, [gone])
        with pytest.raises((StopAsyncIteration, httpx.RemoteProtocolError)):
            await events.next()
    response = await served.client.get("/v1/live", headers=bearer("view"))
    assert response.status_code == 401


async def test_a_stop_waits_for_no_stream(served: Served) -> None:
    async with live(served) as events:
        await events.next()
        served.server.should_exit = True
        with pytest.raises((StopAsyncIteration, httpx.RemoteProtocolError)):
            await events.next()


async def test_who_reads_too_slowly_is_dropped_and_the_others_go_on(served: Served) -> None:
    """Two clients, one of which never reads; 5,000 units soon fill what the network holds."""
    request = (
        f"GET /v1/live HTTP/1.1\r\nHost: x\r\nAuthorization: {bearer('view')['Authorization']}"
        "\r\n\r\n"
    )
    url = served.client.base_url
    with socket.socket() as idle:
        idle.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        await asyncio.to_thread(idle.connect, (url.host, url.port))
        idle.sendall(request.encode())
        async with live(served) as events:
            await events.next()
            for revision in range(1, 40):
                town = (
                    a_position(f"T-{unit}", heard_at=epoch_ms(), revision=revision)
                    for unit in range(5_000)
                )
                await derive(served.log, town)
                for _ in range(5_000):
                    assert (await events.next())[0] == "unit"
                if await dropped(served):
                    break
        assert await dropped(served) == 1


async def dropped(served: Served) -> int:
    text = (await served.client.get("/metrics", headers=bearer("scrape"))).text
    [line] = [each for each in text.splitlines() if each.startswith("stepsix_live_dropped_total ")]
    return round(float(line.split()[1]))


async def tell(served: Served, position_and_visit: list[Position | Visit]) -> None:
    """Have a position and a visit derived, and wait until both were told."""
    async with live(served) as events:
        await events.next()
        await derive(served.log, position_and_visit)
        awaited = {"unit", "visit"}
        while awaited:
            awaited.discard((await events.next())[0])
