"""The protocol of one partition's task, step by step, on a real log."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import pytest
from prometheus_client import CollectorRegistry

from services.contracts.codec import decode, decode_all, encode
from services.contracts.recovery import CHECKPOINT_KEY, Checkpoint, DeadLetter
from services.contracts.topics import (
    DEAD_LETTERS,
    GEOFENCE_STATE,
    POSITIONS,
    REFERENCE,
    TELEMETRY,
    VISITS,
)
from services.eventlog.port import EventLog, Fenced, NewRecord, Truncated
from services.geofence.engine import FORMAT, Engine
from services.geofence.instruments import Instruments
from services.geofence.restore import Unreadable, restore
from services.geofence.standing import Standing
from services.geofence.task import Task
from services.geofence.teaching import Teacher
from tests.support.offline import DERIVED, expected, run_offline, there
from tests.support.patrols import INTERVAL_MS, Patrols, hotspot

START = 1_780_000_000_000
PARTITION = 0


async def feed(log: EventLog, patrols: Patrols, beats: int, reference_end: int) -> None:
    """Append telemetry as fast as it goes."""
    for _ in range(beats):
        await log.append(patrols.beat(await log.partitions(), reference_end))


async def town(log: EventLog) -> int:
    """Draw the hot spots; the end of reference."""
    ends = await log.append([hotspot(number, 0) for number in range(5)])
    return ends[REFERENCE.name, 0]


def new_task(log: EventLog, registry: CollectorRegistry | None = None) -> Task:
    return Task(
        PARTITION, log, Teacher(log), Standing(), Instruments(registry or CollectorRegistry())
    )


@asynccontextmanager
async def running(task: Task) -> AsyncIterator[asyncio.Task[None]]:
    """The task at work; stopped in order on exit unless it has ended by itself."""
    stop = asyncio.Event()
    async with task.log.join("geofence", TELEMETRY.name) as member:
        work = asyncio.create_task(task.run(member, stop))
        try:
            yield work
        finally:
            stop.set()
            await asyncio.wait({work}, timeout=20)
    if not work.cancelled():
        work.result()


async def caught_up(task: Task) -> None:
    """Wait until everything in telemetry is committed."""
    end = (await task.log.bounds(TELEMETRY.name))[PARTITION].end
    for _ in range(1_000):
        if task.standing.offset >= end:
            return
        await asyncio.sleep(0.02)
    pytest.fail(f"committed up to {task.standing.offset}, not {end}")


async def checkpoint(log: EventLog) -> Checkpoint:
    """The partition's last checkpoint."""
    found: list[Checkpoint] = []
    start = (await log.bounds(GEOFENCE_STATE.name))[PARTITION].start
    async for records in log.read(GEOFENCE_STATE.name, PARTITION, start):
        messages = decode_all(GEOFENCE_STATE.name, [record.value for record in records])
        found += [message for message in messages if isinstance(message, Checkpoint)]
    return found[-1]


async def assert_as_expected(log: EventLog) -> None:
    held, wanted = await there(log), await expected(log)
    for topic in DERIVED:
        if topic is not DEAD_LETTERS:
            assert held[topic.name, PARTITION] == wanted[topic.name, PARTITION]
    assert held[VISITS.name, PARTITION]
    assert held[POSITIONS.name, PARTITION]


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
    restored = await restore(embedded_log, Teacher(embedded_log), PARTITION)
    assert restored.offset == crashed_at.committed
    uninterrupted = await run_offline(embedded_log, PARTITION, crashed_at.committed)
    radios = set(uninterrupted.engine.changed())
    assert radios
    assert state_of(restored.engine, radios) == state_of(uninterrupted.engine, radios)


def state_of(engine: Engine, radios: set[str]) -> dict[str, object]:
    """All that an engine remembers, its own state under no radio's name."""
    state = {radio_id: json.loads(engine.snapshot(radio_id)) for radio_id in radios}
    return state | {"": json.loads(engine.body())}


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


async def test_state_of_another_release_is_rebuilt_from_the_day_before(
    embedded_log: EventLog,
) -> None:
    patrols, end = Patrols(5, start=START), await town(embedded_log)
    await feed(embedded_log, patrols, 20, end)
    task = new_task(embedded_log)
    async with running(task):
        await caught_up(task)
    foreign = msgspec.structs.replace(
        await checkpoint(embedded_log), format=FORMAT + 1, body=msgspec.Raw(b'"other"')
    )
    key = CHECKPOINT_KEY.encode()
    await embedded_log.append([NewRecord(GEOFENCE_STATE.name, key, encode(foreign), PARTITION)])
    await feed(embedded_log, patrols, 20, end)
    task = new_task(embedded_log)
    async with running(task):
        await caught_up(task)
    await assert_as_expected(embedded_log)
    assert (await checkpoint(embedded_log)).format == FORMAT


async def test_state_that_is_no_state_stops_the_task_and_names_the_record(
    embedded_log: EventLog,
) -> None:
    key = CHECKPOINT_KEY.encode()
    await embedded_log.append([NewRecord(GEOFENCE_STATE.name, key, b"{}", PARTITION)])
    with pytest.raises(Unreadable, match=r"record 0 of geofence-state partition 0"):
        await restore(embedded_log, Teacher(embedded_log), PARTITION)


async def test_state_that_points_at_records_no_longer_there_names_the_lost_range(
    embedded_log: EventLog,
) -> None:
    body = msgspec.Raw(Engine(PARTITION).body())
    lost = Checkpoint(format=FORMAT, committed=500, round_start=400, body=body)
    key = CHECKPOINT_KEY.encode()
    await embedded_log.append([NewRecord(GEOFENCE_STATE.name, key, encode(lost), PARTITION)])
    with pytest.raises(Truncated, match="telemetry/0"):
        await restore(embedded_log, Teacher(embedded_log), PARTITION)


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
