"""Readiness and Prometheus of a metrics service on a real log."""

from __future__ import annotations

import asyncio

import pytest
from prometheus_client.parser import text_string_to_metric_families

from services.edge.families import BY_NAME
from services.eventlog.port import EventLog
from tests.support.derived import a_position, progress
from tests.support.metrics import (
    Served,
    bearer,
    derive,
    epoch_ms,
    live,
    prepare,
    serving,
)


@pytest.fixture
async def log(embedded_log: EventLog) -> EventLog:
    await prepare(embedded_log)
    return embedded_log


Samples = dict[tuple[str, tuple[str, ...]], float]


def _labels(family: str) -> tuple[str, ...]:
    return BY_NAME[family].labels if family in BY_NAME else ()


async def scrape(served: Served) -> Samples:
    text = (await served.client.get("/metrics", headers=bearer("scrape"))).text
    return {
        (sample.name, tuple(sample.labels[name] for name in _labels(sample.name))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_prometheus_sees_units_and_the_pipeline(log: EventLog) -> None:
    now = epoch_ms()
    partitions = range(await log.partitions())
    await derive(log, [a_position(heard_at=now), a_position("T-2", heard_at=now - 600_000)])
    await derive(log, [progress(each, engine_time=now + each) for each in partitions])
    async with serving(log) as served:
        async with live(served):
            found = await scrape(served)
        assert found["stepsix_pipeline_engine_timestamp_seconds", ()] == now / 1000
        assert found["stepsix_units", ("reporting",)] == 1
        assert found["stepsix_units", ("quiet",)] == 1
        assert found["stepsix_live_clients", ()] == 1
        assert found["stepsix_live_dropped_total", ()] == 0


async def test_only_families_of_the_catalogue_are_exposed(log: EventLog) -> None:
    async with serving(log) as served:
        text = (await served.client.get("/metrics", headers=bearer("scrape"))).text
    families = {line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")}
    assert families
    assert {family.removesuffix("_created") for family in families} <= {
        name for known in BY_NAME for name in (known, known.removesuffix("_total"))
    }


async def test_a_stale_pipeline_is_told_and_stays_ready(log: EventLog) -> None:
    now = epoch_ms()
    first, *others = range(await log.partitions())
    await derive(log, [progress(each, engine_time=now) for each in others])
    await derive(log, [progress(first, engine_time=now - 14_000)])
    async with serving(log) as served:
        body = await served.ready()
        assert body["ready"] is True
        assert body["reason"].startswith(f"geofence partition {first} is 1")
        assert body["reason"].endswith("s behind")
        for _ in range(100):
            if lag := (await served.ready())["lag"]:
                break
            await asyncio.sleep(0.02)
        assert lag == {
            topic: {str(each): 0 for each in (first, *others)}
            for topic in ("visits", "timesheets", "signals", "feedback", "positions")
        }


async def test_the_api_without_a_built_page(log: EventLog) -> None:
    async with serving(log) as served:
        response = await served.client.get("/v1/nothing")
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"
        assert (await served.client.get("/healthz")).json() == {"alive": True}
        assert (await served.client.post("/v1/units", headers=bearer("admin"))).status_code == 405
