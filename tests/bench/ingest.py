"""How fast ingest takes pings over HTTP, as a share of a bare producer of the same records.

The pings are posted in arrays of 1,000 over a few connections to an ingest process of its own.
The bare producer, another process, appends the messages that they become, encoded beforehand, by
full batches. Both wait until a real Kafka has acknowledged every record.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
from aiokafka import AIOKafkaProducer
from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from uvicorn.loops.auto import auto_loop_factory

from deploy.kafka.broker import free_port
from services.contracts.codec import encode
from services.contracts.days import Days
from services.contracts.telemetry import Gps
from services.contracts.topics import TELEMETRY
from services.edge.app import create_app
from services.edge.background import OnFailure
from services.edge.reference import ReferenceView
from services.edge.serve import serve as serve_app
from services.edge.sessions import Sessions
from services.eventlog.opening import Kafka, open_log
from services.eventlog.partitioning import partition_of
from services.eventlog.topics import create_topics
from services.ingest import tokens
from services.ingest.app import IngestService
from services.ingest.times import rfc3339
from tests.bench.geofence import PARTITIONS, Pace
from tests.bench.workload import pings

ARRAYS = 300
IN_ARRAY = 1_000
CONNECTIONS = 4
_BATCH_BYTES = 256 * 1024
_POSTED = ("radio_id", "lat", "lon", "accuracy_m", "speed_mps", "heading_deg", "battery_pct")


async def run(bootstrap: str) -> None:
    """Print both figures and the share."""
    where = Kafka(bootstrap, prefix="bench-ingest.")
    await create_topics(where, PARTITIONS, 1)
    bare = await _bare(where)
    over_http = await _over_http(where)
    share = (over_http.pings / over_http.seconds) / (bare.pings / bare.seconds)
    print(f"bare aiokafka append {bare}")
    print(f"ingest over HTTP     {over_http}  {share:.0%} of the bare append")


def _epoch_ms() -> int:
    return time.time_ns() // 1_000_000


def _arrays() -> Iterator[list[Gps]]:
    made = pings(ARRAYS * IN_ARRAY)
    while array := list(islice(made, IN_ARRAY)):
        yield array


def _body(array: list[Gps]) -> bytes:
    """An array as a radio system posts it."""
    items = [
        {name: getattr(fix, name) for name in _POSTED} | {"fix_time": rfc3339(fix.fix_time)}
        for fix in array
    ]
    return json.dumps(items, separators=(",", ":")).encode()


async def _over_http(where: Kafka) -> Pace:
    bodies = [_body(array) for array in _arrays()]
    async with _ingest_process(where) as (process, client):
        began, cpu = time.perf_counter(), _cpu_seconds(process)
        left = iter(bodies)
        await asyncio.gather(*(_post_each(client, left) for _ in range(CONNECTIONS)))
        seconds = time.perf_counter() - began
        return Pace(len(bodies) * IN_ARRAY, seconds, _cpu_seconds(process) - cpu)


async def _post_each(client: httpx.AsyncClient, left: Iterator[bytes]) -> None:
    for body in left:
        answer = await client.post("/v1/pings", content=body)
        assert answer.json() == {"accepted": IN_ARRAY, "rejected": []}


@asynccontextmanager
async def _ingest_process(where: Kafka) -> AsyncIterator[tuple[int, httpx.AsyncClient]]:
    """The id of an ingest process, and a client that may post to it."""
    log = await open_log(where)
    made = await tokens.create(log, scopes=["ingest"], source="airwave", by="bench", at=_epoch_ms())
    await log.close()
    port = free_port()
    process = await _start("serve", where, str(port))
    headers = {"Authorization": f"Bearer {made.secret}", "Content-Type": "application/json"}
    try:
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=60
        ) as client:
            await _until_ready(client)
            yield process.pid, client
    finally:
        process.terminate()
        await process.wait()


async def _until_ready(client: httpx.AsyncClient) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                if (await client.get("/readyz")).is_success:
                    return
            except httpx.TransportError:
                pass  # not listening yet
            await asyncio.sleep(0.1)


def _cpu_seconds(process: int) -> float:
    """The CPU time of another process, from /proc (Linux): its fields 14 and 15, in ticks."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _bare(where: Kafka) -> Pace:
    process = await _start("produce", where)
    output, _ = await process.communicate()
    assert process.returncode == 0, "the bare producer failed"
    return Pace(*json.loads(output))


async def _start(what: str, where: Kafka, *more: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", __name__, what, where.bootstrap, where.prefix, *more),
        stdout=asyncio.subprocess.PIPE,
    )


async def serve(where: Kafka, port: int) -> None:
    """Be the ingest process."""
    log = await open_log(where)
    view, registry = ReferenceView(log), CollectorRegistry()

    def make_app(on_failure: OnFailure) -> FastAPI:
        service = IngestService(
            log,
            view,
            registry,
            instance="bench",
            days=Days(ZoneInfo("UTC"), datetime.min.time()),
            sessions=Sessions(None, _epoch_ms),
            clock=_epoch_ms,
            on_failure=on_failure,
        )
        return create_app([service], view=view, registry=registry, on_failure=on_failure)

    await serve_app(make_app, host="127.0.0.1", port=port)
    await log.close()


async def produce(where: Kafka) -> Pace:
    """Be the bare producer."""
    name = where.name(TELEMETRY.name)
    records = [(fix.radio_id.encode(), encode(fix)) for array in _arrays() for fix in array]
    producer = AIOKafkaProducer(
        **where.connection(), enable_idempotence=True, acks="all", max_batch_size=_BATCH_BYTES
    )
    await producer.start()
    began, cpu = time.perf_counter(), time.process_time()
    batches = [producer.create_batch() for _ in range(PARTITIONS)]
    acknowledged = []
    for key, value in records:
        partition = partition_of(key, PARTITIONS)
        if batches[partition].append(timestamp=None, key=key, value=value) is None:
            full = batches[partition]
            acknowledged.append(await producer.send_batch(full, name, partition=partition))
            batches[partition] = producer.create_batch()
            batches[partition].append(timestamp=None, key=key, value=value)
    for partition, batch in enumerate(batches):
        acknowledged.append(await producer.send_batch(batch, name, partition=partition))
    await asyncio.gather(*acknowledged)
    pace = Pace(len(records), time.perf_counter() - began, time.process_time() - cpu)
    await producer.stop()
    return pace


def main() -> None:
    """Be one of the two processes that are measured."""
    what, bootstrap, prefix, *more = sys.argv[1:]
    where = Kafka(bootstrap, prefix)
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        if what == "serve":
            runner.run(serve(where, int(more[0])))
        else:
            print(json.dumps(runner.run(produce(where))))


if __name__ == "__main__":
    main()
