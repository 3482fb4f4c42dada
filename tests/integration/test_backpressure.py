"""Two hundred senders and no brokers: memory stays bounded, all are told, nothing told is lost."""

from __future__ import annotations

import asyncio
import socket
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from deploy.kafka.broker import Broker, free_port
from services.contracts.codec import decode_all
from services.contracts.telemetry import Gps
from services.contracts.topics import TELEMETRY
from services.eventlog.kafka.roll_call import (
    ANSWER_S,
    LOOK_S,
    NobodyThere,
    any_broker,
    while_any_is_there,
)
from services.eventlog.opening import Kafka, open_log
from services.eventlog.port import EventLog, NewRecord, Unavailable
from services.ingest.admission import LIMIT_BYTES
from tests.support.derived import a_position
from tests.support.metrics import Served, bearer, derive, epoch_ms, live, prepare
from tests.support.metrics import serving as serving_metrics
from tests.support.one_service import Running, one_service, until
from tests.support.own_broker import OwnBroker, own_broker
from tests.support.senders import Told, posting

MIB = 1024 * 1024
SIZES = [1_000] * 180 + [100_000] * 16 + [6_000_000] * 4
"""Of the bodies of two hundred senders: a radio system, one that was cut off, a day's backlog."""
BESIDE_THE_LIMIT = 200 * MIB
"""What admission says may come to its limit and what an idle process takes."""
NO_GROWTH = 64 * MIB
"""Between one outage's peak and the next one's: where the allocator happens to find room."""
LOST = ["killed", "paused"]
pytestmark = pytest.mark.kafka


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnBroker]:
    with own_broker(tmp_path_factory.mktemp("kafka")) as running:
        yield running


@pytest.fixture
async def ingest(own: OwnBroker, tmp_path: Path) -> AsyncIterator[Running]:
    async with one_service(tmp_path, "ingest", *own.options) as running:
        await running.until_ready()
        yield running


@pytest.mark.timeout(400)
@pytest.mark.parametrize("how", LOST)
async def test_two_outages_are_told_bounded_and_waited_out(
    own: OwnBroker, ingest: Running, how: str
) -> None:
    idle = ingest.memory()
    peaks = []
    async with posting(ingest.port, own.token, SIZES) as told:
        await serves(ingest, told, since=0.0)
        for _ in range(2):
            began = time.monotonic()
            own.lose(how)
            try:
                await tells_why(ingest)
                await refuses_all(told, since=began)
                await asyncio.wait_for(alive(ingest), 10)
            finally:
                await asyncio.to_thread(own.bring_back, how)
            await serves(ingest, told, since=time.monotonic())
            peaks.append(ingest.memory("VmHWM"))
    assert max(peaks) < idle + LIMIT_BYTES + BESIDE_THE_LIMIT
    assert peaks[1] < peaks[0] + NO_GROWTH
    assert told.unanswered == 0
    assert set(told.statuses()) == {202, 503}
    assert all(answer.retry_after for _, answer in told.answers if answer.status == 503)
    assert told.acknowledged
    assert not await missing(own.place, told)


async def tells_why(ingest: Running) -> None:
    async def told() -> bool:
        said = await ingest.readiness()
        assert said["ready"] is True
        reason = said["reason"] or ""
        return reason.startswith("Kafka at 127.0.0.1:") and "could not" in reason

    await until(told)


async def refuses_all(told: Told, since: float) -> None:
    async def refused() -> bool:
        return told.statuses(since)[503] >= 2 * len(SIZES)

    await until(refused)


async def alive(ingest: Running) -> None:
    async with httpx.AsyncClient(base_url=ingest.url, timeout=10) as client:
        assert (await client.get("/healthz")).is_success


async def serves(ingest: Running, told: Told, since: float) -> None:
    """Wait until health has nothing to complain of and pings are taken again."""

    async def served() -> bool:
        taken = told.statuses(since)[202] >= len(SIZES) // 4
        return taken and (await ingest.readiness())["reason"] is None

    await until(served, within_s=100)


async def missing(place: Kafka, told: Told) -> set[str]:
    """The acknowledged batches of which pings are not in telemetry."""
    log = await open_log(place)
    held: Counter[str | None] = Counter()
    try:
        for partition in range(await log.partitions()):
            start = (await log.bounds(TELEMETRY.name))[partition].start
            async for records in log.read(TELEMETRY.name, partition, start):
                messages = decode_all(TELEMETRY.name, [record.value for record in records])
                held.update(each.message_id for each in messages if isinstance(each, Gps))
    finally:
        await log.close()
    return {batch for batch, pings in told.acknowledged.items() if held[batch] < pings}


async def test_a_sender_that_goes_away_lets_go_of_what_it_held(
    own: OwnBroker, ingest: Running
) -> None:
    """While the log is still away: one has sent all and waits, one is in the midst of its body."""
    with ExitStack() as after:
        own.lose("paused")
        after.callback(own.bring_back, "paused")
        whole = after.enter_context(socket.create_connection(("127.0.0.1", ingest.port)))
        half = after.enter_context(socket.create_connection(("127.0.0.1", ingest.port)))
        body = b'{"radio_id":"T-1","lat":53.48,"lon":-2.24}'
        whole.sendall(head(own.token, len(body)) + body)
        half.sendall(head(own.token, 10_000) + body)
        await until(lambda: holds(own, ingest, something=True))
        whole.close()
        half.close()
        await until(lambda: holds(own, ingest, something=False))


def head(token: str, length: int) -> bytes:
    return (
        f"POST /v1/pings HTTP/1.1\r\nHost: ingest\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


async def holds(own: OwnBroker, ingest: Running, *, something: bool) -> bool:
    headers = {"Authorization": f"Bearer {own.token}"}
    async with httpx.AsyncClient(base_url=ingest.url, headers=headers, timeout=10) as client:
        text = (await client.get("/metrics")).text
    name = "stepsix_ingest_pending_bytes "
    [value] = [float(line.split()[1]) for line in text.splitlines() if line.startswith(name)]
    return (value > 0) is something


@pytest.fixture
async def kafka_log(own: OwnBroker) -> AsyncIterator[EventLog]:
    log = await open_log(own.place)
    await log.append([RECORD])
    yield log
    await log.close()


RECORD = NewRecord("audit", b"a", b"b")


async def test_while_one_tries_a_log_that_is_away_the_others_are_told_at_once(
    own: OwnBroker, kafka_log: EventLog
) -> None:
    own.lose("paused")
    try:
        with pytest.raises(Unavailable, match="no broker answers"):
            await kafka_log.append([RECORD])
        trial = asyncio.create_task(kafka_log.append([RECORD]))
        await asyncio.sleep(0)
        with pytest.raises(Unavailable, match="no broker answers"):
            await kafka_log.append([RECORD])
        assert not trial.done()
        with pytest.raises(Unavailable):
            await trial
    finally:
        own.bring_back("paused")
    await taken_again(kafka_log)


async def taken_again(log: EventLog) -> None:
    async def taken() -> bool:
        try:
            await log.append([RECORD])
        except Unavailable:
            return False
        return True

    await until(taken)


async def test_while_another_broker_answers_a_lost_one_is_waited_for(
    own: OwnBroker, broker: Broker
) -> None:
    """The other one stands for the replica that is about to take over."""
    lost, taken_over = Kafka(own.broker.bootstrap), asyncio.Event()

    async def delivered() -> str:
        await taken_over.wait()
        return "delivered"

    own.lose("paused")
    try:
        with pytest.raises(NobodyThere):
            await while_any_is_there(delivered(), lost, list)
        waiting = while_any_is_there(delivered(), lost, lambda: [broker.bootstrap])
        delivery = asyncio.create_task(waiting)
        await asyncio.wait({delivery}, timeout=LOOK_S + ANSWER_S + 1)
        assert not delivery.done()
        taken_over.set()
        assert await delivery == "delivered"
    finally:
        own.bring_back("paused")


async def test_a_cluster_is_there_as_long_as_one_broker_answers(
    own: OwnBroker, broker: Broker
) -> None:
    nobody = f"127.0.0.1:{free_port()}"
    assert await any_broker(Kafka(f"{nobody},{broker.bootstrap}"), [])
    assert await any_broker(Kafka(nobody), [broker.bootstrap])
    assert not await any_broker(Kafka(nobody), [])
    own.lose("paused")
    try:
        assert not await any_broker(Kafka(nobody), [own.broker.bootstrap])
        assert await any_broker(own.place, [broker.bootstrap])
    finally:
        own.bring_back("paused")


UNITS = 5_000
NEVER_READ = 10


async def test_many_who_never_read_are_dropped_and_slow_nobody(embedded_log: EventLog) -> None:
    """Thousands of events a round; who reads them has every one of them, in its order."""
    await prepare(embedded_log)
    async with serving_metrics(embedded_log) as served:
        with ExitStack() as idle:
            for _ in range(NEVER_READ):
                await asyncio.to_thread(never_read, idle, served.client.base_url)
            async with live(served) as events:
                await events.next()
                for revision in range(1, 60):
                    town = [
                        a_position(f"T-{unit}", heard_at=epoch_ms(), revision=revision)
                        for unit in range(UNITS)
                    ]
                    await derive(embedded_log, town)
                    told = [await events.next() for _ in range(UNITS)]
                    assert {name for name, _ in told} == {"unit"}
                    assert {unit["radio_id"] for _, unit in told} == {
                        each.radio_id for each in town
                    }
                    if await dropped(served) == NEVER_READ:
                        break
            assert await dropped(served) == NEVER_READ


def never_read(idle: ExitStack, url: httpx.URL) -> None:
    """Ask for the live stream on a connection whose other end is not read from."""
    watcher = idle.enter_context(socket.socket())
    watcher.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    watcher.connect((url.host, url.port))
    authorization = bearer("view")["Authorization"]
    watcher.sendall(
        f"GET /v1/live HTTP/1.1\r\nHost: x\r\nAuthorization: {authorization}\r\n\r\n".encode()
    )


async def dropped(served: Served) -> int:
    text = (await served.client.get("/metrics", headers=bearer("scrape"))).text
    [line] = [each for each in text.splitlines() if each.startswith("stepsix_live_dropped_total ")]
    return round(float(line.split()[1]))
