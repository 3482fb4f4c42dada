"""How fast metrics rebuilds five weeks of a large force, in how much memory.

The records of ``patrols`` lie in a log; a metrics process of its own is started on it and is timed
until it is ready. The bare read, another process, follows the same topics from the same places and
does nothing with them. Then a quarter of an hour more is appended at once, and must be followed.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import time as time_of_day
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import httpx
from aiokafka import AIOKafkaProducer
from aiokafka.producer.message_accumulator import BatchBuilder
from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from uvicorn.loops.auto import auto_loop_factory

from deploy.kafka.broker import free_port
from services.contracts.days import Days
from services.edge import logs
from services.edge.app import create_app
from services.edge.background import OnFailure
from services.edge.reference import ReferenceView
from services.edge.serve import COLLECT_AFTER
from services.edge.serve import serve as serve_app
from services.edge.sessions import Sessions
from services.eventlog.embedded.log import EmbeddedLog
from services.eventlog.opening import Embedded, Kafka, open_log
from services.eventlog.port import EventLog, NewRecord
from services.eventlog.topics import create_topics
from services.metrics.app import MetricsService
from services.metrics.base_map import BaseMap
from services.metrics.projection import Projection
from tests.bench.patrols import MINUTE_MS, PARTITIONS, Force, Stamped

Where = Embedded | Kafka
AT_ONCE = 5_000
LIVE_MINUTES = 15
SETTLED_S = 5
_DAYS = Days(ZoneInfo("Europe/London"), time_of_day(0))
_BATCH_BYTES = 512 * 1024


class Read(NamedTuple):
    """What following the log to its end took."""

    records: int
    seconds: float
    cpu_seconds: float

    def __str__(self) -> str:
        rate = self.records / self.seconds
        cpu = self.cpu_seconds / self.records * 1e6
        return f"{rate:>9,.0f} records/s  {self.seconds:5.1f} s  {cpu:5.2f} us of CPU a record"


async def run(bootstrap: str) -> None:
    """Print the figures on both logs."""
    with tempfile.TemporaryDirectory(prefix="stepsix-bench-") as folder:
        await _on("the embedded log", Embedded(Path(folder), PARTITIONS))
    where = Kafka(bootstrap, prefix="bench-projection.")
    await create_topics(where, PARTITIONS, 1)
    await _on("Kafka", where)


async def _on(name: str, where: Where) -> None:
    now = _epoch_ms() // MINUTE_MS * MINUTE_MS
    force = Force(now)
    filled = await fill(where, force.records(now))
    print(f"five weeks on {name}: {filled:,} records, {force.visits:,} visits")
    bare = Read(*json.loads(await _output("drain", where)))
    print(f"  bare read  {bare}")
    port = free_port()
    began = time.perf_counter()
    process = await _start("serve", where, str(port))
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            await _until(client, lagging=False)
            rebuilt = Read(bare.records, time.perf_counter() - began, _cpu_seconds(process.pid))
            share = bare.seconds / rebuilt.seconds
            print(f"  until ready{rebuilt}  {share:.0%} of the bare read")
            print(f"  memory     {_memory(process.pid)}")
            more = force.records(now + LIVE_MINUTES * MINUTE_MS)
            live = await fill(where, more)
            await _until(client, lagging=True)
            print(f"  and after {live:,} records more {_memory(process.pid)}")
    finally:
        process.terminate()
        await process.wait()


async def fill(where: Where, records: Iterable[Stamped]) -> int:
    """Append records stamped with their own times; how many they were."""
    if isinstance(where, Kafka):
        return await _fill_kafka(where, records)
    return await _fill_embedded(where, records)


async def _fill_embedded(where: Embedded, records: Iterable[Stamped]) -> int:
    now = 0
    log = await EmbeddedLog.open(where.data_dir, where.partitions, lambda: now)
    left, count = iter(records), 0
    while some := list(islice(left, AT_ONCE)):
        now = some[0].time
        await log.append([NewRecord(r.topic, r.key, r.value, r.partition) for r in some])
        count += len(some)
    await log.close()
    return count


async def _fill_kafka(where: Kafka, records: Iterable[Stamped]) -> int:
    producer = AIOKafkaProducer(
        **where.connection(), enable_idempotence=True, max_batch_size=_BATCH_BYTES
    )
    await producer.start()
    count = 0
    try:
        batches: dict[tuple[str, int], BatchBuilder] = {}
        for topic, partition, at, key, value in records:
            place, count = (topic, partition), count + 1
            batch = batches.get(place)
            if batch is None or batch.append(timestamp=at, key=key, value=value) is None:
                if batch is not None:
                    await producer.send_batch(batch, where.name(topic), partition=partition)
                batches[place] = producer.create_batch()
                batches[place].append(timestamp=at, key=key, value=value)
        for (topic, partition), batch in batches.items():
            await producer.send_batch(batch, where.name(topic), partition=partition)
    finally:
        await producer.stop()
    return count


def _epoch_ms() -> int:
    return time.time_ns() // 1_000_000


async def _until(client: httpx.AsyncClient, *, lagging: bool) -> None:
    """Wait until the service is ready, and where it was ``lagging`` until it no longer is."""
    if lagging:
        await asyncio.sleep(2 * SETTLED_S)  # the lag is measured every five seconds
    async with asyncio.timeout(300):
        while True:
            try:
                answer = await client.get("/readyz")
                lag = answer.json()["lag"] if answer.is_success else None
                if lag is not None and not (lagging and _total(lag)):
                    return
            except httpx.TransportError:
                pass  # not listening yet
            await asyncio.sleep(0.1)


def _total(lag: dict[str, dict[str, int]]) -> int:
    return sum(records for behind in lag.values() for records in behind.values())


def _memory(process: int) -> str:
    """The memory of another process, from /proc (Linux)."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    fields = dict(line.split(":", 1) for line in lines)
    now, most = (int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return f"{now:.0f} MiB, {most:.0f} MiB at most"


def _cpu_seconds(process: int) -> float:
    """The CPU time of another process, from /proc (Linux): its fields 14 and 15, in ticks."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _output(what: str, where: Where) -> bytes:
    process = await _start(what, where)
    output, _ = await process.communicate()
    assert process.returncode == 0, f"{what} failed"
    return output


async def _start(what: str, where: Where, *more: str) -> asyncio.subprocess.Process:
    place = (
        ("kafka", where.bootstrap, where.prefix)
        if isinstance(where, Kafka)
        else ("embedded", str(where.data_dir), str(where.partitions))
    )
    return await asyncio.create_subprocess_exec(
        sys.executable, *("-m", __name__, what, *place, *more), stdout=asyncio.subprocess.PIPE
    )


@asynccontextmanager
async def _opened(where: Where) -> AsyncIterator[EventLog]:
    log = await open_log(where)
    try:
        yield log
    finally:
        await log.close()


async def drain(where: Where) -> Read:
    """Follow what metrics follows, to the end as it is now, and do nothing with it."""
    gc.set_threshold(*COLLECT_AFTER)
    now = _epoch_ms()
    projection = Projection(_DAYS)
    projection.turn(now)
    async with _opened(where) as log:
        starts = {
            topic: await log.offset_at(topic, since)
            for topic, since in projection.needs(now).items()
        }
        began, cpu, records = time.perf_counter(), time.process_time(), 0
        async for batch in log.follow(starts):
            records += len(batch.records)
            if batch.caught_up:
                break
        return Read(records, time.perf_counter() - began, time.process_time() - cpu)


async def serve(where: Where, port: int) -> None:
    """Serve metrics until SIGTERM."""
    async with _opened(where) as log:
        view, registry = ReferenceView(log), CollectorRegistry()

        def make_app(on_failure: OnFailure) -> FastAPI:
            service = MetricsService(
                log=log,
                view=view,
                registry=registry,
                zone=_DAYS.zone,
                day_starts=_DAYS.starts,
                sessions=Sessions(None, _epoch_ms),
                below=BaseMap(),
                clock=_epoch_ms,
                on_failure=on_failure,
            )
            return create_app([service], view=view, registry=registry, on_failure=on_failure)

        await serve_app(make_app, host="127.0.0.1", port=port)


def main() -> None:
    """Be one of the two processes that are measured."""
    logs.configure()
    what, kind, place, detail, *more = sys.argv[1:]
    where = Kafka(place, detail) if kind == "kafka" else Embedded(Path(place), int(detail))
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        if what == "serve":
            runner.run(serve(where, int(more[0])))
        else:
            print(json.dumps(runner.run(drain(where))))


if __name__ == "__main__":
    main()
