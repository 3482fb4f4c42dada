"""Kill the geofence process in mid-feed, start it again, and compare everything it ever wrote.

What a read-committed reader finds in the end must be, record by record, what one uninterrupted
run of the pure engine derives from the same telemetry.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from itertools import count
from pathlib import Path
from random import Random

import pytest

from services.contracts.codec import decode_all
from services.contracts.derived import Visit
from services.contracts.topics import POSITIONS, REFERENCE, TELEMETRY, VISITS
from services.eventlog.opening import Embedded, Kafka, open_log
from services.eventlog.port import EventLog, NewRecord
from tests.support.geofence_process import GeofenceProcess, geofence_process
from tests.support.offline import DERIVED, expected, there
from tests.support.patrols import INTERVAL_MS, Patrols, hotspot

BEAT_S = 0.25
EDITED_AT_BEAT = 20
MOVES_S = 60.0
"""A killed member of a Kafka group keeps its partitions until its session runs out, 10 s later."""
POISON = NewRecord(TELEMETRY.name, b"r-00", b'{"kind":"gps","radio_id":"r-00","lat":"north"}')


class Feed:
    """Ingest's part: draws the hot spots, then posts the town's telemetry beat by beat.

    In the middle a hot spot is redrawn, and one record is poison.
    """

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._reference_end = 0
        self._enough = asyncio.Event()

    async def run(self) -> None:
        """Post until there is ``enough``."""
        start = time.time_ns() // 1_000_000
        for number in range(5):
            await self._draw(hotspot(number, 0))
        partitions = await self._log.partitions()
        patrols = Patrols(7, start=start)
        for beat in count():
            if beat == EDITED_AT_BEAT:
                await self._draw(hotspot(2, start + beat * INTERVAL_MS, radius_m=60.0))
                await self._log.append([POISON])
            await self._log.append(patrols.beat(partitions, self._reference_end))
            if self._enough.is_set() and beat > EDITED_AT_BEAT:
                return
            await asyncio.sleep(BEAT_S)

    def enough(self) -> None:
        """Stop after the next beat."""
        self._enough.set()

    async def _draw(self, record: NewRecord) -> None:
        self._reference_end = (await self._log.append([record]))[REFERENCE.name, 0]


async def grows(log: EventLog, topic: str) -> None:
    """Wait until a topic grows beyond what it holds now."""
    ends = {partition: extent.end for partition, extent in (await log.bounds(topic)).items()}
    async with asyncio.timeout(MOVES_S):
        async for batch in log.follow({topic: ends}):
            if batch.records:
                return


async def visits(log: EventLog) -> list[Visit]:
    """Every revision of every visit in the log."""
    lines = [
        line
        for place, held in (await there(log)).items()
        if place[0] == VISITS.name
        for line in held
    ]
    return decode_all(VISITS.name, [line.value for line in lines])


async def visit_open(log: EventLog) -> bool:
    """Whether some visit is open by what the log holds now."""
    return "open" in {visit.visit_id: visit.state for visit in await visits(log)}.values()


async def kill_again_and_again(log: EventLog, process: GeofenceProcess, kills: int) -> int:
    """Kill and restart the process in the midst of its work; how often a visit was open."""
    random = Random(kills)  # noqa: S311 - when to kill is no secret
    inside = 0
    for _ in range(kills):
        await grows(log, POSITIONS.name)
        await asyncio.sleep(random.uniform(0.1, 1.5))
        await process.kill()
        inside += await visit_open(log)
        await process.start()
    return inside


async def all_is_derived(log: EventLog) -> None:
    """Wait until the derived topics hold as many records as they should, and no longer."""
    wanted = Counter({place: len(lines) for place, lines in (await expected(log)).items()})
    async with asyncio.timeout(MOVES_S):
        while True:
            held = {p: len(lines) for p, lines in (await there(log)).items()}
            if all(held[place] >= count for place, count in wanted.items()):
                return
            await asyncio.sleep(0.5)


async def assert_as_if_never_killed(log: EventLog) -> None:
    held, wanted = await there(log), await expected(log)
    poison = 0
    for partition in range(await log.partitions()):
        for topic in DERIVED:
            if topic.name == "dead-letters":
                poison += len(held[topic.name, partition])
            else:
                assert held[topic.name, partition] == wanted[topic.name, partition]
    assert poison == 1
    told = await visits(log)
    assert {visit.state for visit in told} == {"open", "closed"}
    assert set(Counter((visit.visit_id, visit.revision) for visit in told).values()) == {1}


async def killed_and_compared(place: Embedded | Kafka, *, kills: int) -> None:
    log = await open_log(place)
    try:
        async with geofence_process(place) as process:
            feed = Feed(log)
            feeding = asyncio.create_task(feed.run())
            inside = await kill_again_and_again(log, process, kills)
            feed.enough()
            await feeding
            await all_is_derived(log)
            await process.stop()
        assert inside
        await assert_as_if_never_killed(log)
    finally:
        await log.close()


@pytest.mark.kafka
@pytest.mark.timeout(300)
async def test_five_kills_on_kafka_leave_no_trace(kafka: Kafka) -> None:
    await killed_and_compared(kafka, kills=5)


async def test_two_kills_on_the_embedded_log_leave_no_trace(tmp_path: Path) -> None:
    await killed_and_compared(Embedded(tmp_path, partitions=3), kills=2)
