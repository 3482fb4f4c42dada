"""How fast the geofence process is, as a share of a bare read of the same topic.

Both read one topic of pings on a real Kafka from its start to its end, each as the only work of a
process of its own, and geofence with all of its protocol from a fresh state. The pings are the
same in two logs:

- ``as they came``: at their own times, a tick on every partition each second. So nearly every
  ping becomes a position as well: what a process meets that catches up after an outage;
- ``in a burst``: sixty times closer together, as fast as ingest can append, so that a unit's
  pings of one second make one position.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from itertools import count
from typing import NamedTuple

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from prometheus_client import CollectorRegistry
from uvicorn.loops.auto import auto_loop_factory

from services.contracts.codec import encode
from services.contracts.reference import key_of
from services.contracts.telemetry import Tick
from services.contracts.topics import REFERENCE, TELEMETRY
from services.edge import logs
from services.edge.serve import COLLECT_AFTER
from services.eventlog.opening import Kafka, open_log
from services.eventlog.partitioning import partition_of
from services.eventlog.port import NewRecord, WrongTopics
from services.eventlog.topics import check_topics, create_topics
from services.geofence.instruments import Instruments
from services.geofence.worker import Worker
from tests.bench.workload import START, hot_spots, pings

PINGS = 600_000
PARTITIONS = 12
SPEED_UPS = {"as they came": 1, "in a burst": 60}


class Stamped(NamedTuple):
    """A record of telemetry, and when it was appended."""

    partition: int
    time: int
    key: bytes
    value: bytes


class Pace(NamedTuple):
    """How much was read in how long, in wall time and in the process's CPU time."""

    pings: int
    seconds: float
    cpu_seconds: float

    def __str__(self) -> str:
        rate, cpu = self.pings / self.seconds, self.cpu_seconds / self.pings * 1e6
        return f"{rate:>10,.0f} pings/s  {cpu:6.2f} us of CPU a ping"


async def run(bootstrap: str) -> None:
    """Print the figures and the shares."""
    for name, speed_up in SPEED_UPS.items():
        where = Kafka(bootstrap, prefix=f"bench-{speed_up}.")
        await load(where, PINGS, speed_up)
        bare = await _measured("drain", where)
        geofence = await _measured("geofence", where)
        share = (geofence.pings / geofence.seconds) / (bare.pings / bare.seconds)
        print(f"{PINGS:,} pings {name}")
        print(f"  bare aiokafka read {bare}")
        print(f"  geofence           {geofence}  {share:.0%} of the bare read")


async def load(where: Kafka, amount: int, speed_up: int) -> None:
    """Fill the topics: the hot spots, then the pings ``speed_up`` times as close together."""
    spots = hot_spots()
    await _make_telemetry(where)
    await create_topics(where, PARTITIONS, 1)
    await _produce(where, _records(amount, speed_up, reference_end=len(spots)))
    await _let_the_log_stamp(where)
    log = await open_log(where)
    await log.append(
        [NewRecord(REFERENCE.name, key_of(spot).encode(), encode(spot)) for spot in spots]
    )
    await log.close()


def _records(amount: int, speed_up: int, reference_end: int) -> Iterable[Stamped]:
    """The pings, and before those of each second of the log a tick on every partition."""
    second = 0
    for fix in pings(amount):
        at = START + (fix.received_at - START) // speed_up
        if at >= second + 1_000:
            second = at - at % 1_000
            tick = encode(Tick(instance="i", at=second, reference_offset=reference_end))
            for partition in range(PARTITIONS):
                yield Stamped(partition, second, b"i", tick)
        key = fix.radio_id.encode()
        yield Stamped(partition_of(key, PARTITIONS), at, key, encode(fix))


async def _produce(where: Kafka, records: Iterable[Stamped]) -> None:
    """Append records stamped with their own times, a batch a partition."""
    name = where.name(TELEMETRY.name)
    producer = AIOKafkaProducer(
        **where.connection(), enable_idempotence=True, max_batch_size=512 * 1024
    )
    await producer.start()
    try:
        batches = [producer.create_batch() for _ in range(PARTITIONS)]
        for partition, at, key, value in records:
            if batches[partition].append(timestamp=at, key=key, value=value) is None:
                await producer.send_batch(batches[partition], name, partition=partition)
                batches[partition] = producer.create_batch()
                batches[partition].append(timestamp=at, key=key, value=value)
        for partition, batch in enumerate(batches):
            await producer.send_batch(batch, name, partition=partition)
    finally:
        await producer.stop()


async def _make_telemetry(where: Kafka) -> None:
    """The topic, with records stamped by who writes them and kept however old they say they are."""
    settings = {"retention.ms": "-1", "max.message.bytes": str(2 * 1024 * 1024)}
    async with _admin(where) as admin:
        topic = NewTopic(where.name(TELEMETRY.name), PARTITIONS, 1, topic_configs=settings)
        await admin.create_topics([topic])


async def _let_the_log_stamp(where: Kafka) -> None:
    """Make the topic as geofence wants it; what is there keeps its stamps."""
    name = where.name(TELEMETRY.name)
    settings = {
        "message.timestamp.type": "LogAppendTime",
        "retention.ms": "-1",
        "max.message.bytes": str(2 * 1024 * 1024),
    }
    async with _admin(where) as admin:
        await admin.alter_configs(
            [ConfigResource(ConfigResourceType.TOPIC, name, configs=settings)]
        )
    async with asyncio.timeout(30):
        while True:
            try:
                await check_topics(where)
            except WrongTopics:
                await asyncio.sleep(0.1)  # the broker answers before it has taken it in
            else:
                return


@asynccontextmanager
async def _admin(where: Kafka) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(**where.connection())
    await admin.start()
    try:
        yield admin
    finally:
        await admin.close()


async def _measured(what: str, where: Kafka) -> Pace:
    """The pace of ``what``, measured in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", __name__, what, where.bootstrap, where.prefix),
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0, f"{what} failed"
    return Pace(*json.loads(output))


async def drain(where: Kafka) -> Pace:
    """Read telemetry to its end and do nothing with it."""
    name = where.name(TELEMETRY.name)
    consumer = AIOKafkaConsumer(**where.connection(), isolation_level="read_committed")
    places = [TopicPartition(name, partition) for partition in range(PARTITIONS)]
    consumer.assign(places)
    await consumer.start()
    try:
        await consumer.seek_to_beginning()
        ends = await consumer.end_offsets(places)
        left = set(places)
        began, cpu = time.perf_counter(), time.process_time()
        while left:
            for place, records in (await consumer.getmany(timeout_ms=1_000)).items():
                if records[-1].offset + 1 >= ends[place]:
                    left.discard(place)
        return Pace(PINGS, time.perf_counter() - began, time.process_time() - cpu)
    finally:
        await consumer.stop()


async def geofence(where: Kafka) -> Pace:
    """Run the worker from nothing until telemetry is processed and committed to its end."""
    gc.set_threshold(*COLLECT_AFTER)
    log = await open_log(where)
    ends = {p: extent.end for p, extent in (await log.bounds(TELEMETRY.name)).items()}
    worker = Worker(log, Instruments(CollectorRegistry()))
    working = asyncio.create_task(worker.run())
    standings = worker.standings

    async def until(condition: Callable[[], bool]) -> None:
        """Look every few milliseconds: nothing in the worker is there to be waited for."""
        for _ in count():
            if condition():
                return
            assert not working.done(), working.exception()
            await asyncio.sleep(0.01)

    await until(lambda: any(standing.restored for standing in standings.values()))
    began, cpu = time.perf_counter(), time.process_time()
    await until(lambda: all(p in standings and standings[p].offset >= ends[p] for p in ends))
    pace = Pace(PINGS, time.perf_counter() - began, time.process_time() - cpu)
    working.cancel()
    await asyncio.wait({working})
    await log.close()
    return pace


def main() -> None:
    """Measure one of the two and print its pace as JSON."""
    logs.configure()
    what, bootstrap, prefix = sys.argv[1:]
    measure = {"drain": drain, "geofence": geofence}[what]
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        pace = runner.run(measure(Kafka(bootstrap, prefix)))
    print(json.dumps(pace))


if __name__ == "__main__":
    main()
