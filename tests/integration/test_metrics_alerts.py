"""Alerts over HTTP and in the live stream, and their acknowledgement, on either log."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import msgspec
import pytest

from services.contracts.codec import encode
from services.contracts.people import Feedback
from services.contracts.reference import Scope
from services.contracts.topics import FEEDBACK
from services.eventlog.port import EventLog, NewRecord
from services.metrics.paging import PAGE
from tests.support.derived import DAY_MS, HOUR_MS, MINUTE_MS, a_signal, an_outage, progress
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
from tests.support.planned import a_plan

ACKNOWLEDGE = {"kind": "acknowledge", "about": {"episode_id": "e-1"}, "text": "Called."}


@pytest.fixture
async def troubled(log: EventLog) -> EventLog:
    """A radio lost, a source out, and hs-1 where two patrols were due and none was made."""
    now = epoch_ms()
    hour = now - now % HOUR_MS - 3 * HOUR_MS
    await prepare(log)
    await learn(
        log,
        [
            a_plan("hs-1", (hour, hour + HOUR_MS, 2)),
            hot_spot("hs-2", name="Station"),
            a_plan("hs-2", (hour, hour + HOUR_MS, 1), arm="control"),
        ],
    )
    silent = a_signal("e-1", type="frozen", heard_at=now - 9 * MINUTE_MS, hotspot_id="hs-1")
    out = an_outage("o-1", source="phones", declared_at=now - 5 * MINUTE_MS)
    everywhere = [progress(each, engine_time=now) for each in range(await log.partitions())]
    await derive(log, [silent, out, *everywhere])
    return log


@pytest.fixture
async def served(troubled: EventLog) -> AsyncIterator[Served]:
    async with serving(troubled, beside_ingest=True) as running:
        yield running


async def listed(served: Served) -> dict[str, object]:
    """By each alert that is listed, who acknowledged it."""
    items = (await served.get("/v1/alerts", "view"))["items"]
    return {each["alert_id"]: each["acknowledged"] for each in items}


async def test_what_has_to_be_looked_at_in_order_of_urgency(served: Served) -> None:
    body = await served.get("/v1/alerts", "view")
    assert body["next"] is None
    outage, lost, missed, neglected = body["items"]
    assert (outage["alert_id"], outage["source"]) == ("outage/o-1", "phones")
    assert (lost["alert_id"], lost["radio_id"], lost["name"]) == ("lost/e-1", "T-1", "Market")
    assert (missed["kind"], missed["planned"], missed["delivered"]) == ("missed", 2, 0)
    assert missed["alert_id"] == f"missed/hs-1/{missed['window_from'][:16]}Z"
    assert neglected["alert_id"] == "no_patrol/hs-1/none"
    assert (await served.get("/v1/alerts", "supervise"))["items"] == body["items"]


async def test_when_one_screen_acknowledges_every_other_knows_within_a_second(
    served: Served,
) -> None:
    """Three screens of different scopes; one of them is signed in with a cookie and posts."""
    async with AsyncExitStack() as stack:
        screens = [
            await stack.enter_async_context(live(served, scope))
            for scope in ("view", "supervise", "admin")
        ]
        for screen in screens:
            name, state = await screen.next()
            assert name == "reset"
            assert [each["alert_id"] for each in state["alerts"]][:2] == ["outage/o-1", "lost/e-1"]
        signed_in = await served.client.post("/v1/session", json={"token": "secret-view"})
        assert signed_in.status_code == 204
        began, at = time.monotonic(), epoch_ms()
        answer = await served.client.post(
            "/v1/feedback",
            json={"thread_id": "lost/e-1", **ACKNOWLEDGE},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        assert answer.status_code == 202
        told = await asyncio.gather(*(screen.alert() for screen in screens))
        took = time.monotonic() - began
    assert took < 1
    assert told[0] == told[1] == told[2]
    assert told[0]["alert_id"] == "lost/e-1"
    acknowledged = told[0]["acknowledged"]
    assert (acknowledged["by"], acknowledged["text"]) == ("the-view", "Called.")
    assert (await listed(served))["lost/e-1"] == acknowledged
    [held] = [each for each in await said(served.log) if each.thread_id == "lost/e-1"]
    assert at <= held.at <= epoch_ms()


async def test_an_alert_ends_with_what_it_is_about(served: Served) -> None:
    now = epoch_ms()
    async with live(served) as events:
        silent = a_signal("e-1", type="frozen", heard_at=now - 9 * MINUTE_MS, revision=2)
        await derive(served.log, [msgspec.structs.replace(silent, ended_at=now)])
        assert await events.alert() == {"alert_id": "lost/e-1", "deleted": True}
    assert "lost/e-1" not in await listed(served)


async def test_after_a_restart_alerts_and_what_was_acknowledged_are_as_before(
    troubled: EventLog,
) -> None:
    async with serving(troubled, beside_ingest=True) as served:
        scopes: tuple[Scope, ...] = ("view", "supervise")
        for scope in scopes:
            answer = await served.client.post(
                "/v1/feedback",
                json={"thread_id": "lost/e-1", **ACKNOWLEDGE},
                headers=bearer(scope),
            )
            assert answer.status_code == 202
        others = [each for each in await listed(served) if each != "lost/e-1"]
    async with serving(troubled) as again:
        found = await again.get("/v1/alerts", "view")
        acknowledged = {each["alert_id"]: each["acknowledged"] for each in found["items"]}
        assert acknowledged["lost/e-1"]["by"] == "the-supervise"
        assert [each for each, by in acknowledged.items() if by is None] == others


async def test_an_old_acknowledgement_does_not_hold(troubled: EventLog) -> None:
    old = Feedback(
        thread_id="lost/e-1",
        type="acknowledge",
        by="P1",
        at=epoch_ms() - 9 * DAY_MS,
        text="",
        episode_id="e-1",
    )
    await troubled.append([NewRecord(FEEDBACK.name, b"lost/e-1", encode(old))])
    async with serving(troubled) as served:
        assert (await listed(served))["lost/e-1"] is None


@pytest.mark.parametrize(("scope", "status"), [("figures", 403), ("scrape", 403), (None, 401)])
async def test_who_may_not_see_alerts(served: Served, scope: str | None, status: int) -> None:
    headers = {"Authorization": f"Bearer secret-{scope}"} if scope else {}
    assert (await served.client.get("/v1/alerts", headers=headers)).status_code == status
    async with live(served, "figures") as events:
        name, state = await events.next()
        assert (name, state["alerts"]) == ("reset", [])


@pytest.mark.parametrize("query", ["kind=lost", "cursor=made-up", "limit=5"])
async def test_a_wrong_or_unknown_parameter_is_refused(served: Served, query: str) -> None:
    answer = await served.client.get(f"/v1/alerts?{query}", headers=bearer("view"))
    assert answer.status_code == 422


async def test_many_alerts_come_in_pages(troubled: EventLog) -> None:
    now = epoch_ms()
    many = PAGE + 20
    await derive(
        troubled,
        [
            a_signal(f"m-{n}", f"R{n}", type="no_position", heard_at=now - HOUR_MS - n)
            for n in range(many)
        ],
    )
    async with serving(troubled) as served:
        first = await served.get("/v1/alerts", "view")
        second = await served.get(f"/v1/alerts?cursor={first['next']}", "view")
    assert second["next"] is None
    ids = [each["alert_id"] for each in (*first["items"], *second["items"])]
    assert len(first["items"]) == PAGE
    assert ids[:2] == ["outage/o-1", "lost/e-1"]
    assert ids[2 : many + 2] == [f"lost/m-{n}" for n in range(many)]


async def said(log: EventLog) -> list[Feedback]:
    """All that was said."""
    found: list[Feedback] = []
    for partition, extent in (await log.bounds(FEEDBACK.name)).items():
        async for records in log.read(FEEDBACK.name, partition, extent.start):
            found += [msgspec.json.decode(each.value or b"", type=Feedback) for each in records]
    return found
