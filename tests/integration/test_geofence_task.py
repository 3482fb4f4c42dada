"""The protocol of one partition's task, step by step, on a real log."""

from __future__ import annotations

import asyncio
import json

import pytest
from prometheus_client import CollectorRegistry

from services.contracts.codec import decode
from services.contracts.recovery import DeadLetter
from services.contracts.topics import (
    DEAD_LETTERS,
    POSITIONS,
    REFERENCE,
    TELEMETRY,
)
from services.eventlog.port import EventLog, Fenced, NewRecord
from services.geofence.engine import Engine
from services.geofence.stopping import Stopped
from tests.support.offline import run_offline, there
from tests.support.patrols import INTERVAL_MS, Patrols, hotspot
from tests.support.tasks import (
    PARTITION,
    START,
    assert_as_expected,
    caught_up,
    checkpoint,
    crashing,
    feed,
    new_task,
    restored,
    running,
    town,
)


async def test_a_redrawn_hot_spot_is_learned_at_the_tick_that_names_it(
    embedded_log: EventLog,
) -> None:
    patrols, end = Patrols(1, start=START), await town(embedded_log)
    await feed(embedded_log, patrols, 20, end)
    redrawn = hotspot(1, START + 20 * INTERVAL_MS, radius_m=40.0)
    ends = await embedded_log.append([redrawn])
    await feed(embedded_log, patrols, 20, ends[REFERENCE.name, 0])
    task = new_task(embedded_log)
    async with running(task):
        await caught_up(task)
    await assert_as_expected(embedded_log)


async def test_after_an_orderly_stop_the_next_owner_replays_nothing(
    embedded_log: EventLog,
) -> None:
    patrols, end = Patrols(2, start=START), await town(embedded_log)
    await feed(embedded_log, patrols, 20, end)
    task = new_task(embedded_log)
    async with running(task):
        await caught_up(task)
    stopped_at = await checkpoint(embedded_log)
    assert stopped_at.round_start == stopped_at.committed == task.standing.offset
    await feed(embedded_log, patrols, 20, end)
    task = new_task(embedded_log)
    async with running(task):
        await caught_up(task)
    await assert_as_expected(embedded_log)


async def test_a_restored_engine_is_the_one_that_never_stopped(
    embedded_log: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Field for field, with snapshots of many ages: of before the last round, in it and after."""
    monkeypatch.setattr("services.geofence.task.QUIET_S", 0.0)
    monkeypatch.setattr("services.geofence.rounds.ROUND_MS", 200)
    patrols, end = Patrols(8, start=START), await town(embedded_log)
    task = new_task(embedded_log)
    async with embedded_log.join("geofence", TELEMETRY.name) as member:
        work = asyncio.create_task(task.run(member, asyncio.Event()))
        for _ in range(25):
            await feed(embedded_log, patrols, 2, end)
            await caught_up(task)
        work.cancel()
        await asyncio.wait({work})
    crashed_at = await checkpoint(embedded_log)
    assert 0 < crashed_at.round_start < crashed_at.committed
    successor = await restored(embedded_log)
    assert successor.offset == crashed_at.committed
    uninterrupted = await run_offline(embedded_log, PARTITION, crashed_at.committed)
    radios = set(uninterrupted.engine.changed())
    assert radios
    assert state_of(successor.stepper.engine, radios) == state_of(uninterrupted.engine, radios)


def state_of(engine: Engine, radios: set[str]) -> dict[str, object]:
    """All that an engine remembers, its own state under no radio's name."""
    state = {radio_id: json.loads(engine.snapshot(radio_id)) for radio_id in radios}
    return state | {"": json.loads(engine.body())}


async def test_a_stop_breaks_off_a_long_restore(
    embedded_log: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.eventlog.embedded.reading.PAGE_RECORDS", 20)
    patrols, end = Patrols(9, start=START), await town(embedded_log)
    await feed(embedded_log, patrols, 40, end)
    async with crashing(new_task(embedded_log)) as task:
        await caught_up(task)
    task, stop = new_task(embedded_log), asyncio.Event()
    async with embedded_log.join("geofence", TELEMETRY.name) as member:
        work = asyncio.create_task(task.run(member, stop))
        for _ in range(100_000):
            if task.standing.replaying is not None:
                break
            await asyncio.sleep(0)
        assert task.standing.replaying
        stop.set()
        async with asyncio.timeout(20):
            await asyncio.wait({work})
    with pytest.raises(Stopped):
        work.result()
    assert not task.standing.restored


async def test_an_older_claim_is_fenced_and_commits_nothing(embedded_log: EventLog) -> None:
    patrols, end = Patrols(3, start=START), await town(embedded_log)
    zombie, owner = new_task(embedded_log), new_task(embedded_log)

    async def two_owners() -> None:
        async with running(zombie) as zombies_work:
            await feed(embedded_log, patrols, 5, end)
            await caught_up(zombie)
            async with running(owner):
                await feed(embedded_log, patrols, 20, end)
                await caught_up(owner)
                await asyncio.wait({zombies_work}, timeout=10)
                assert zombies_work.done()

    with pytest.raises(Fenced):
        await two_owners()
    await assert_as_expected(embedded_log)


async def test_what_cannot_be_read_is_kept_with_its_reason_and_costs_nothing_else(
    embedded_log: EventLog,
) -> None:
    patrols, end = Patrols(4, start=START), await town(embedded_log)
    ends = await embedded_log.append([NewRecord(REFERENCE.name, b"hotspot/x", b"[]")])
    assert ends[REFERENCE.name, 0] == end + 1
    await feed(embedded_log, patrols, 10, end)
    await embedded_log.append([NewRecord(TELEMETRY.name, b"r-0", b'{"kind":"gps"}', PARTITION)])
    await feed(embedded_log, patrols, 10, end + 1)
    registry = CollectorRegistry()
    task = new_task(embedded_log, registry)
    async with running(task):
        await caught_up(task)
    await assert_as_expected(embedded_log)
    letters = [
        decode(DEAD_LETTERS.name, line.value)
        for line in (await there(embedded_log))[DEAD_LETTERS.name, PARTITION]
    ]
    about = [(letter.topic, letter.value) for letter in letters if isinstance(letter, DeadLetter)]
    assert about == [("telemetry", b'{"kind":"gps"}'), ("reference", b"[]")]
    undecodable = {"kind": "undecodable"}
    assert registry.get_sample_value("stepsix_geofence_records_total", undecodable) == 1
    dead = {"topic": "dead-letters"}
    assert registry.get_sample_value("stepsix_geofence_outputs_total", dead) == 2


async def test_a_quiet_partition_is_committed_all_the_same(
    embedded_log: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.geofence.task.QUIET_S", 0.1)
    patrols = Patrols(6, start=START)
    no_ticks = [
        record
        for record in patrols.beat(await embedded_log.partitions(), 0)
        if record.key != b"ingest-1"
    ]
    task = new_task(embedded_log)
    async with running(task):
        await embedded_log.append(no_ticks)
        await caught_up(task)
        assert (await checkpoint(embedded_log)).committed == task.standing.offset
    assert not (await there(embedded_log))[POSITIONS.name, PARTITION]
