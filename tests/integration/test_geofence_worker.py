"""One process's worker: its tasks fail alone, tell how they stand, and follow the assignment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from aiokafka import AIOKafkaProducer
from prometheus_client import CollectorRegistry

from deploy.kafka.broker import Broker
from services.contracts.recovery import CHECKPOINT_KEY
from services.contracts.topics import GEOFENCE_STATE, POSITIONS, REFERENCE
from services.eventlog.opening import Kafka, open_log
from services.eventlog.port import EventLog, NewRecord
from services.geofence.app import GeofenceService
from services.geofence.instruments import Instruments
from services.geofence.standing import Standing
from services.geofence.worker import Worker
from tests.support.kafka import fresh_kafka
from tests.support.offline import expected, there
from tests.support.patrols import Patrols, hotspot
from tests.support.working import all_taken, working

START = 1_780_000_000_000


async def until(condition: Callable[[], bool]) -> None:
    """Wait until something has come about."""
    for _ in range(1_500):
        if condition():
            return
        await asyncio.sleep(0.02)
    pytest.fail("it did not come about in 30 s")


def unexpected(error: BaseException) -> None:
    raise error


async def feed(log: EventLog, patrols: Patrols, beats: int) -> None:
    reference_end = (await log.bounds(REFERENCE.name))[0].end
    for _ in range(beats):
        await log.append(patrols.beat(await log.partitions(), reference_end))


async def test_the_service_tells_when_it_is_ready_and_what_it_has_done(
    embedded_log: EventLog,
) -> None:
    await embedded_log.append([hotspot(number, 0) for number in range(5)])
    await feed(embedded_log, Patrols(1, start=START), 10)
    registry = CollectorRegistry()
    failures: list[BaseException] = []
    service = GeofenceService(embedded_log, registry=registry, on_failure=failures.append)
    assert not service.readiness().ready
    async with service.running():
        await until(lambda: service.readiness().ready)
        await until(lambda: set(service.readiness().lag["telemetry"].values()) == {0})
        kinds = {kind: kind_count(registry, kind) for kind in ("gps", "radio", "status", "tick")}
    assert not failures
    assert service.readiness().ready, "what was ready once stays so"
    assert kinds["tick"] == 10 * await embedded_log.partitions()
    assert sum(kinds.values()) == sum(
        extent.end - extent.start for extent in (await embedded_log.bounds("telemetry")).values()
    )
    commits = registry.get_sample_value("stepsix_geofence_commit_seconds_count")
    assert commits is not None
    assert commits >= await embedded_log.partitions()


def kind_count(registry: CollectorRegistry, kind: str) -> float:
    return registry.get_sample_value("stepsix_geofence_records_total", {"kind": kind}) or 0.0


async def test_lag_and_engine_time_are_told_for_each_partition(embedded_log: EventLog) -> None:
    registry = CollectorRegistry()
    service = GeofenceService(embedded_log, registry=registry, on_failure=unexpected)
    partition = {"partition": "0"}
    lag, engine_time = "stepsix_geofence_lag_records", "stepsix_geofence_engine_timestamp_seconds"
    assert registry.get_sample_value(lag, partition) is None
    async with service.running():
        await until(lambda: service.readiness().ready)
        await feed(embedded_log, Patrols(2, start=START), 3)
        await until(lambda: (registry.get_sample_value(engine_time, partition) or 0) > 0)
        await until(lambda: registry.get_sample_value(lag, partition) == 0)


async def test_a_partition_that_cannot_be_restored_stops_alone_and_says_why(
    embedded_log: EventLog,
) -> None:
    key = CHECKPOINT_KEY.encode()
    await embedded_log.append([NewRecord(GEOFENCE_STATE.name, key, b"{}", 1)])
    registry = CollectorRegistry()
    service = GeofenceService(embedded_log, registry=registry, on_failure=unexpected)
    async with service.running():
        reason = "partition 1: the state of partition 1 cannot be read (its record 0 cannot be read"
        await until(lambda: (service.readiness().reason or "").startswith(reason))
        await feed(embedded_log, Patrols(3, start=START), 3)
        await until(lambda: service.readiness().lag["telemetry"] == {"0": 0, "2": 0})
    restarts = "stepsix_geofence_restarts_total"
    assert registry.get_sample_value(restarts, {"reason": "Unreadable"}) == 1


async def test_a_predecessor_that_was_cut_off_takes_no_successor_along(
    embedded_log: EventLog,
) -> None:
    worker = Worker(embedded_log, Instruments(CollectorRegistry()))
    cut_off = asyncio.create_task(asyncio.sleep(60))
    cut_off.cancel()
    await asyncio.wait({cut_off})
    worker._leaving[0] = cut_off  # noqa: SLF001 - as a stop leaves it
    work = asyncio.create_task(worker.run())
    try:
        await until(lambda: 0 in worker.standings and worker.standings[0].restored)
    finally:
        work.cancel()
        await asyncio.wait({work})


def is_fenced(standing: Standing) -> bool:
    return "later claim" in (standing.trouble or "")


async def test_a_fenced_worker_says_so_and_what_it_had_in_hand_is_written_once(
    embedded_log: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.geofence.task.QUIET_S", 0.2)
    patrols = Patrols(5, start=START)
    async with working(embedded_log) as zombie:
        await feed(embedded_log, patrols, 5)
        await all_taken(embedded_log, zombie)
        async with working(embedded_log) as owner:
            await until(lambda: all(each.restored for each in owner.standings.values()))
            await feed(embedded_log, patrols, 5)
            # One that had to begin anew may have claimed a partition last: then it is the other.
            both = [(zombie.standings[each], owner.standings[each]) for each in zombie.standings]
            await until(lambda: all(any(is_fenced(each) for each in pair) for pair in both))
            await all_taken(embedded_log, zombie, owner)
    assert await there(embedded_log) == await expected(embedded_log)


@pytest.mark.kafka
async def test_partitions_move_between_workers_and_nothing_is_lost_or_told_twice(
    kafka: Kafka,
) -> None:
    one, other = await open_log(kafka), await open_log(kafka)
    try:
        await one.append([hotspot(number, 0) for number in range(5)])
        patrols = Patrols(4, start=START)
        async with working(one) as first:
            await feed(one, patrols, 10)
            await all_taken(one, first)
            async with working(other) as second:
                await until(lambda: len(first.standings) == len(second.standings) == 2)
                await feed(one, patrols, 10)
                await all_taken(one, first, second)
            await until(lambda: len(first.standings) == 4)
            await feed(one, patrols, 10)
            await all_taken(one, first)
        assert await there(one) == await expected(one)
    finally:
        await one.close()
        await other.close()


@pytest.mark.kafka
async def test_a_transaction_that_took_too_long_is_done_again_by_its_sole_owner(
    broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The brokers abort it, and say what they say of a zombie; but there is nobody else."""
    monkeypatch.setattr("services.eventlog.kafka.clients.TRANSACTION_MS", 2_000)
    monkeypatch.setattr("services.eventlog.kafka.claim.COMMIT_S", 60.0)
    log = await open_log(await fresh_kafka(broker, partitions=1))
    registry = CollectorRegistry()
    commit, slept = AIOKafkaProducer.commit_transaction, 0

    async def commit_too_late(producer: AIOKafkaProducer) -> None:
        nonlocal slept
        if not slept:
            slept += 1
            await aborted(log)
        await commit(producer)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(AIOKafkaProducer, "commit_transaction", commit_too_late)
    try:
        async with working(log, registry) as worker:
            await log.append([hotspot(number, 0) for number in range(5)])
            await feed(log, Patrols(6, start=START), 10)
            await all_taken(log, worker)
        assert await there(log) == await expected(log)
    finally:
        await log.close()
    assert slept == 1
    assert registry.get_sample_value("stepsix_geofence_restarts_total", {"reason": "Fenced"}) == 1


async def aborted(log: EventLog) -> None:
    """Wait until the brokers have aborted the transaction in which a first position lies."""
    async with asyncio.timeout(50):
        while True:
            if (await log.bounds(POSITIONS.name))[0].end > 0:
                return
            await asyncio.sleep(0.2)
