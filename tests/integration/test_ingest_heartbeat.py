"""The ticks of an ingest instance, its farewell, and its readiness."""

from __future__ import annotations

import asyncio
from pathlib import Path

from services.contracts.codec import decode
from services.contracts.telemetry import Tick
from services.eventlog.opening import Embedded, open_log
from services.eventlog.port import EventLog
from services.ingest.hearing import REMEMBERED_MS
from tests.support.ingest import NOW, ingest_in, make_tokens, running_on, until

PARTITIONS = 3


async def ticks_by_partition(log: EventLog) -> dict[int, list[Tick]]:
    found: dict[int, list[Tick]] = {}
    for partition, extent in (await log.bounds("telemetry")).items():
        async for records in log.read("telemetry", partition, extent.start):
            for record in records:
                message = decode("telemetry", record.value)
                if isinstance(message, Tick):
                    found.setdefault(partition, []).append(message)
    return found


async def test_every_partition_has_a_tick_each_second(tmp_path: Path) -> None:
    async with ingest_in(tmp_path) as ingest:
        ping = {"radio_id": "R1", "lat": 51.5, "lon": -0.1}
        other = {"radio_id": "R2", "kind": "radio"}
        await ingest.client.post("/v1/pings", json=[ping, other], headers=ingest.bearer("ingest"))
        await ingest.client.post("/v1/pings", json=ping, headers=ingest.bearer("ingest"))
        await ingest.client.post("/v1/pings", json=ping, headers=ingest.bearer("admin"))
        await asyncio.sleep(2.3)
        by_partition = await ticks_by_partition(ingest.log)
    assert sorted(by_partition) == list(range(PARTITIONS))
    for ticks in by_partition.values():
        assert 2 <= len(ticks) <= 4
        assert ticks[-1] == Tick(
            instance="i1",
            at=NOW,
            reference_offset=ingest.view.offset,
            sources={"acme": NOW, "local": NOW},
            radios={"acme": 2, "local": 1},
        )


async def test_a_source_that_posts_only_rubbish_is_not_heard(tmp_path: Path) -> None:
    async with ingest_in(tmp_path) as ingest:
        await ingest.client.post("/v1/pings", json=[{}], headers=ingest.bearer("ingest"))
        await asyncio.sleep(1.2)
        ticks = await ingest.ticks()
    assert ticks
    assert all((tick.sources, tick.radios) == ({}, {}) for tick in ticks)


async def test_a_radio_that_is_heard_no_more_is_forgotten(tmp_path: Path) -> None:
    now = NOW

    async def counted(radios: dict[str, int]) -> bool:
        ticks = await ingest.ticks()
        return bool(ticks) and ticks[-1].radios == radios

    async with ingest_in(tmp_path, lambda: now) as ingest:
        status = {"radio_id": "R1", "status": "on_duty"}
        await ingest.client.post("/v1/statuses", json=status, headers=ingest.bearer("ingest"))
        await until(lambda: counted({"acme": 1}))
        now += REMEMBERED_MS
        await until(lambda: counted({}))
        assert (await ingest.ticks())[-1].sources == {"acme": NOW}


async def test_an_orderly_stop_says_farewell_last(tmp_path: Path) -> None:
    log = await open_log(Embedded(tmp_path, partitions=PARTITIONS))
    async with running_on(log, await make_tokens(log)) as ingest:
        await ingest.until_ready()
    by_partition = await ticks_by_partition(log)
    await log.close()
    assert sorted(by_partition) == list(range(PARTITIONS))
    for ticks in by_partition.values():
        assert [tick.farewell for tick in ticks] == [False] * (len(ticks) - 1) + [True]
