"""Poison of every sort between good pings, on both logs: a letter each, and no other trace."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import pytest

from services.contracts.codec import decode
from services.contracts.recovery import DeadLetter
from services.contracts.topics import DEAD_LETTERS, REFERENCE, VISITS
from services.eventlog.opening import Embedded, Kafka, open_log
from services.eventlog.port import EventLog
from tests.support.geofence_process import geofence_process
from tests.support.offline import expected, there
from tests.support.patrols import CENTRE_LAT, CENTRE_LON, Patrols, hotspot
from tests.support.placing import Foreign, allow_huge, put

COMES_ABOUT_S = 60.0
"""A killed member of a Kafka group keeps its partitions until its session runs out, 10 s later."""
MIB = 1024 * 1024
FIX = {
    "kind": "gps",
    "radio_id": "p-1",
    "source": "radios",
    "lat": CENTRE_LAT,
    "lon": CENTRE_LON,
    "fix_time": 1_780_000_000_000,
    "received_at": 1_780_000_000_000,
}
OUT_OF_BOUNDS: dict[str, object] = {"lat": 1e9, "fix_time": 10**15, "radio_id": "r" * 10_000}
POISON = [
    Foreign(b"r-00", b"not JSON"),
    Foreign(b"r-00", b""),
    Foreign(b"r-00", None),
    Foreign(b"r-00", b"\xff\xfe\x00"),
    Foreign(b"r-00", b'{"kind":"hologram"}'),
    Foreign(b"r-00", b'{"kind":"gps","lat":"north"}'),
    Foreign(b"r-00", b'{"kind":"gps","x":' + b"[" * 100_000),
    *(Foreign(b"r-00", json.dumps(FIX | {name: x}).encode()) for name, x in OUT_OF_BOUNDS.items()),
    Foreign(b"r-00", b"\x00" * (MIB - 4)),
    Foreign(b"r-00", b"{" + b"x" * (5 * MIB)),
    Foreign(b"r-00", b'{"kind":"' + b"k" * (2 * MIB) + b'"}'),
    Foreign(None, b"without a key"),
    Foreign(b"", b"with an empty key"),
    Foreign(b"\xff\x80", b"with a key that is not UTF-8"),
    Foreign(b"k" * (3 * MIB), b"with a huge key"),
]
STEPPED = Foreign(b"p-1", json.dumps(FIX | {"photo": "x" * (3 * MIB)}).encode())
"""A huge record that is a message all the same: what it adds is passed over."""


class Town:
    """Patrols fed to a log, with poison placed between them."""

    def __init__(self, log: EventLog, place: Embedded | Kafka) -> None:
        self.log = log
        self.placed: dict[tuple[int, int], Foreign] = {}
        self._place = place
        self._patrols = Patrols(11, start=time.time_ns() // 1_000_000)
        self._reference_end = 0

    async def begin(self) -> None:
        """Draw the hot spots."""
        ends = await self.log.append([hotspot(number, 0) for number in range(5)])
        self._reference_end = ends[REFERENCE.name, 0]

    async def walk(self, beats: int) -> None:
        """Append some moments of everybody's walking."""
        for _ in range(beats):
            records = self._patrols.beat(await self.log.partitions(), self._reference_end)
            await self.log.append(records)

    async def poison(self, partition: int) -> None:
        """Place one of every sort in a partition."""
        for offset, foreign in await put(self._place, partition, POISON):
            self.placed[partition, offset] = foreign
        await put(self._place, partition, [STEPPED])


@asynccontextmanager
async def town_on(place: Embedded | Kafka) -> AsyncIterator[Town]:
    log = await open_log(place)
    try:
        await allow_huge(place)
        town = Town(log, place)
        await town.begin()
        yield town
    finally:
        await log.close()


async def letters(log: EventLog) -> dict[tuple[int, int], list[DeadLetter]]:
    """The letters by where the original lies."""
    found: dict[tuple[int, int], list[DeadLetter]] = {}
    held = await there(log)
    for partition in range(await log.partitions()):
        for line in held[DEAD_LETTERS.name, partition]:
            letter = decode(DEAD_LETTERS.name, line.value)
            assert isinstance(letter, DeadLetter)
            assert letter.partition == partition
            found.setdefault((partition, letter.offset), []).append(letter)
    return found


async def another_letter(log: EventLog, ends: dict[int, int]) -> None:
    """Wait until there is a letter beyond these ends."""
    async with asyncio.timeout(COMES_ABOUT_S):
        async for batch in log.follow({DEAD_LETTERS.name: ends}):
            if batch.records:
                return


async def all_is_derived(town: Town) -> None:
    """Wait until the derived topics hold as much as they should."""
    wanted = Counter({place: len(lines) for place, lines in (await expected(town.log)).items()})
    wanted += Counter((DEAD_LETTERS.name, partition) for partition, _ in town.placed)
    async with asyncio.timeout(COMES_ABOUT_S):
        while True:
            held = {place: len(lines) for place, lines in (await there(town.log)).items()}
            if all(held[place] >= count for place, count in wanted.items()):
                return
            await asyncio.sleep(0.5)


async def assert_one_letter_each_and_no_other_trace(town: Town) -> None:
    held, wanted = await there(town.log), await expected(town.log)
    for place in wanted:
        if place[0] != DEAD_LETTERS.name:
            assert held[place] == wanted[place]
    assert any(held[VISITS.name, p] for p in range(await town.log.partitions()))
    found = await letters(town.log)
    assert found.keys() == town.placed.keys()
    for where, foreign in town.placed.items():
        [letter] = found[where]
        assert (letter.topic, letter.partition, letter.offset) == ("telemetry", *where)
        assert letter.reason
        size = len(foreign.key or b"") + len(foreign.value or b"")
        if size <= MIB:
            assert (letter.key, letter.value, letter.left_out) == (*foreign, 0)
        else:
            assert (letter.value, letter.left_out) == (None, size)
            assert f"see telemetry {where[0]}:{where[1]}" in letter.reason


async def killed_around_poison(place: Embedded | Kafka, *, kills: int) -> None:
    """Kill the process before, while and after it commits the letters of one partition."""
    random = Random(kills)  # noqa: S311 - when to kill is no secret
    async with town_on(place) as town, geofence_process(place) as process:
        for number in range(kills):
            extents = await town.log.bounds(DEAD_LETTERS.name)
            await town.walk(5)
            await town.poison(number % len(extents))
            await town.walk(5)
            if number % 2:
                await asyncio.sleep(random.uniform(0.0, 0.5))
            else:
                await another_letter(town.log, {p: extent.end for p, extent in extents.items()})
            await process.kill()
            await process.start()
        await town.walk(3)  # what only the last process can derive: it is up once that is there
        await all_is_derived(town)
        await process.stop()
        await assert_one_letter_each_and_no_other_trace(town)


@pytest.mark.kafka
@pytest.mark.timeout(300)
async def test_killed_around_poison_on_kafka_there_is_one_letter_each(kafka: Kafka) -> None:
    await killed_around_poison(kafka, kills=3)


@pytest.mark.timeout(300)
async def test_killed_around_poison_on_the_embedded_log_there_is_one_letter_each(
    tmp_path: Path,
) -> None:
    await killed_around_poison(Embedded(tmp_path, partitions=3), kills=3)
