"""SIGTERM drains and commits; a second one ends the process at once, wherever it is.

The exit code tells: 0 after an orderly stop, which the backstop did not have to cut off, and 128
and the signal otherwise.
"""

from __future__ import annotations

import asyncio
import signal
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

import httpx
import pytest

from services.contracts.codec import decode_all
from services.contracts.message import Message
from services.contracts.recovery import Checkpoint
from services.contracts.telemetry import Gps, Tick
from services.contracts.topics import GEOFENCE_STATE, TELEMETRY
from services.eventlog.opening import Embedded, Kafka, open_log
from services.eventlog.port import EventLog
from tests.support.eventlogs import everything
from tests.support.one_service import Running, one_service, until
from tests.support.own_broker import OwnBroker, own_broker
from tests.support.senders import Told, posting

IN_ORDER = 0
CUT_OFF = 128 + signal.SIGTERM
SIZES = [1_000] * 20
LOST = ["killed", "paused"]
SERVICES = ["ingest", "geofence", "metrics"]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnBroker]:
    with own_broker(tmp_path_factory.mktemp("kafka")) as running:
        yield running


@asynccontextmanager
async def up(folder: Path) -> AsyncIterator[tuple[Running, str]]:
    """Everything on the embedded log, ready, and its admin token."""
    data = folder / "data"
    async with one_service(folder, "up", "--data-dir", str(data)) as running:
        await running.until_ready()
        yield running, (data / "admin-token").read_text("ascii").strip()


@asynccontextmanager
async def opened(place: Embedded | Kafka) -> AsyncIterator[EventLog]:
    log = await open_log(place)
    try:
        yield log
    finally:
        await log.close()


async def messages(log: EventLog, topic: str, partition: int) -> list[Message]:
    values = [record.value for record in await everything(log, topic, partition)]
    return [each for each in decode_all(topic, values) if isinstance(each, Message)]


async def assert_stopped_in_order(place: Embedded | Kafka, told: Told) -> None:
    """Every acknowledged ping is there, farewell was said, and nothing is left to replay."""
    pings: set[str | None] = set()
    async with opened(place) as log:
        for partition in range(await log.partitions()):
            telemetry = await messages(log, TELEMETRY.name, partition)
            pings |= {each.message_id for each in telemetry if isinstance(each, Gps)}
            assert [each for each in telemetry if isinstance(each, Tick)][-1].farewell
            state = await messages(log, GEOFENCE_STATE.name, partition)
            last = [each for each in state if isinstance(each, Checkpoint)][-1]
            assert last.round_start == last.committed > 0
    assert told.acknowledged
    assert told.acknowledged.keys() <= pings


async def acknowledged(told: Told) -> None:
    """Wait until the senders are under way."""

    async def some() -> bool:
        return len(told.acknowledged) >= 3 * len(SIZES)

    await until(some)


async def test_under_steady_posting_a_stop_loses_nothing(tmp_path: Path) -> None:
    async with up(tmp_path) as (running, token), posting(running.port, token, SIZES) as told:
        await acknowledged(told)
        running.signal()
        assert await running.ended() == IN_ORDER
    await assert_stopped_in_order(Embedded(tmp_path / "data"), told)


@pytest.mark.kafka
@pytest.mark.timeout(240)
async def test_on_kafka_each_service_stops_in_order(own: OwnBroker, tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        ingest, *others = await served_by(stack, own, tmp_path)
        async with posting(ingest.port, own.token, SIZES) as told:
            await acknowledged(told)
            ingest.signal()
            assert await ingest.ended() == IN_ORDER
        for other in others:
            other.signal()
        assert [await other.ended() for other in others] == [IN_ORDER, IN_ORDER]
    await assert_stopped_in_order(own.place, told)


@pytest.mark.kafka
@pytest.mark.timeout(240)
@pytest.mark.parametrize("how", LOST)
async def test_without_the_broker_each_service_stops_in_order_all_the_same(
    own: OwnBroker, tmp_path: Path, how: str
) -> None:
    async with AsyncExitStack() as stack:
        parts = await served_by(stack, own, tmp_path)
        async with posting(parts[0].port, own.token, SIZES) as told:
            await acknowledged(told)
            own.lose(how)
            try:
                for part in parts:
                    part.signal()
                assert [await part.ended() for part in parts] == [IN_ORDER] * len(SERVICES)
            finally:
                await asyncio.to_thread(own.bring_back, how)
    async with opened(own.place) as log:
        pings = {
            each.message_id
            for partition in range(await log.partitions())
            for each in await messages(log, TELEMETRY.name, partition)
            if isinstance(each, Gps)
        }
    assert told.acknowledged.keys() <= pings


async def served_by(stack: AsyncExitStack, own: OwnBroker, folder: Path) -> list[Running]:
    parts = [
        await stack.enter_async_context(one_service(folder, name, *own.options))
        for name in SERVICES
    ]
    for part in parts:
        await part.until_ready()
    return parts


async def test_who_never_reads_and_who_never_ends_hold_up_no_stop(tmp_path: Path) -> None:
    async with up(tmp_path) as (running, token):
        with never_done(running, token) as half:
            await until(lambda: watched(running, token))
            running.signal()
            assert await running.ended() == IN_ORDER
            assert_told_to_come_again(half)


@pytest.mark.kafka
@pytest.mark.parametrize("how", LOST)
async def test_all_in_one_process_they_and_a_lost_broker_hold_up_no_stop(
    own: OwnBroker, tmp_path: Path, how: str
) -> None:
    data = ("--data-dir", str(tmp_path / "data"))
    async with one_service(tmp_path, "up", *own.options, *data) as running:
        await running.until_ready()
        with never_done(running, own.token) as half:
            await until(lambda: watched(running, own.token))
            own.lose(how)
            try:
                running.signal()
                assert await running.ended() == IN_ORDER
            finally:
                await asyncio.to_thread(own.bring_back, how)
            assert_told_to_come_again(half)


@contextmanager
def never_done(running: Running, token: str) -> Iterator[socket.socket]:
    """One client watches and never reads; another, given, never sends the rest of its body."""
    there = ("127.0.0.1", running.port)
    with socket.create_connection(there) as idle, socket.create_connection(there) as half:
        idle.sendall(request("GET", "/v1/live", token))
        half.sendall(request("POST", "/v1/pings", token, length=10_000) + b"[")
        yield half


def assert_told_to_come_again(half: socket.socket) -> None:
    told = half.recv(65536)
    assert told.startswith(b"HTTP/1.1 503 ")
    assert b"retry-after: " in told
    assert b"urn:stepsix:problem:stopping" in told


def request(method: str, path: str, token: str, length: int = 0) -> bytes:
    return (
        f"{method} {path} HTTP/1.1\r\nHost: stepsix\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


async def watched(running: Running, token: str) -> bool:
    """Whether somebody watches the live stream, and a body has begun to come."""
    headers = {"Authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=running.url, headers=headers, timeout=10) as client:
        lines = (await client.get("/metrics")).text.splitlines()
    values = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    names = ("stepsix_live_clients", "stepsix_ingest_pending_bytes")
    return all(float(values[name]) > 0 for name in names)


@pytest.mark.parametrize("second", [signal.SIGTERM, signal.SIGINT])
async def test_a_second_signal_ends_a_stop_that_waits_for_requests(
    tmp_path: Path, second: signal.Signals
) -> None:
    async with up(tmp_path) as (running, token):
        with never_done(running, token):
            await until(lambda: watched(running, token))
            running.signal()
            await running.until_said("Waiting for connections to close")
            running.signal(second)
            assert await running.ended() == 128 + second


@pytest.mark.kafka
async def test_a_second_signal_ends_a_stop_that_waits_for_the_broker(
    own: OwnBroker, tmp_path: Path
) -> None:
    async with one_service(tmp_path, "geofence", *own.options) as running:
        await running.until_ready()
        own.lose("paused")
        try:
            running.signal()
            await running.until_said("Waiting for application shutdown")
            running.signal()
            assert await running.ended() == CUT_OFF
        finally:
            own.bring_back("paused")


@pytest.mark.kafka
@pytest.mark.parametrize("name", SERVICES)
async def test_a_service_that_waits_for_the_broker_to_start_can_be_stopped(
    own: OwnBroker, tmp_path: Path, name: str
) -> None:
    own.lose("paused")
    try:
        async with one_service(tmp_path, name, *own.options) as running:
            await connects(running, own)
            running.signal()
            assert await running.ended() == IN_ORDER
    finally:
        own.bring_back("paused")


async def connects(running: Running, own: OwnBroker) -> None:
    """Wait until the process has connected to the broker, which tells it nothing."""
    port = int(own.broker.bootstrap.rpartition(":")[2])

    async def connected() -> bool:
        return running.connected_to(port)

    await until(connected)


async def test_a_second_signal_ends_a_start_that_waits_for_the_disk(tmp_path: Path) -> None:
    data = tmp_path / "data"
    async with opened(Embedded(data)):
        [file] = data.glob("*.sqlite3")
    with occupied(file):
        async with one_service(tmp_path, "up", "--data-dir", str(data)) as running:

            async def opens() -> bool:
                return running.has_open(file)

            async def ended() -> bool:
                running.signal()
                return running.process.poll() is not None

            await until(opens)
            await until(ended)
            assert running.process.returncode == CUT_OFF


@contextmanager
def occupied(file: Path) -> Iterator[None]:
    """Hold the embedded log's file, as a disk that hangs would."""
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()
