"""Reading a partition: from an offset, from a time, whole; and what is not there."""

from __future__ import annotations

import asyncio

import pytest

from services.eventlog.port import EventLog, Extent, NewRecord, Truncated
from tests.support.eventlogs import everything, values

VALUES = [b"%d" % number for number in range(10)]


@pytest.fixture
async def ten(log: EventLog) -> EventLog:
    """Ten records in visits/1, one append each."""
    for value in VALUES:
        await log.append([NewRecord("visits", b"k", value, 1)])
    return log


async def read(log: EventLog, start: int, stop: int | None = None) -> list[bytes | None]:
    batches = [batch async for batch in log.read("visits", 1, start, stop)]
    assert all(batches), "a batch of a read is never empty"
    return [record.value for batch in batches for record in batch]


@pytest.mark.parametrize(
    ("start", "stop", "expected"),
    [
        (0, None, VALUES),
        (4, None, VALUES[4:]),
        (4, 7, VALUES[4:7]),
        (0, 10, VALUES),
        (7, 7, []),
        (7, 4, []),
        (10, None, []),
    ],
)
async def test_a_range_is_read(
    ten: EventLog, start: int, stop: int | None, expected: list[bytes]
) -> None:
    assert await read(ten, start, stop) == expected


async def test_a_read_ends_where_the_log_ended_when_it_began(ten: EventLog) -> None:
    async for _ in ten.read("visits", 1, 0):
        await ten.append([NewRecord("visits", b"k", b"later", 1)])
    assert (await values(ten, "visits", 1))[10:] == [b"later"]


async def test_an_empty_partition_is_read(ten: EventLog) -> None:
    assert await everything(ten, "visits", 0) == []


@pytest.mark.parametrize(("start", "stop"), [(0, 11), (11, None), (11, 12), (10, 11)])
async def test_what_is_not_yet_there_is_refused(
    ten: EventLog, start: int, stop: int | None
) -> None:
    with pytest.raises(Truncated, match=r"visits/1 ends at 10, but 1[12] was asked for"):
        await read(ten, start, stop)


async def test_bounds_are_given_by_partition(ten: EventLog) -> None:
    bounds = await ten.bounds("visits")
    assert bounds == {0: Extent(0, 0), 1: Extent(0, 10), 2: Extent(0, 0), 3: Extent(0, 0)}
    assert await ten.bounds("reference") == {0: Extent(0, 0)}
    assert await ten.partitions() == len(bounds)
    await ten.check()


async def test_an_offset_is_found_by_time(log: EventLog) -> None:
    for number in range(4):
        await log.append([NewRecord("telemetry", b"k", b"%d" % number, 2)] * 3)
        await asyncio.sleep(0.01)
    stamps = [record.timestamp for record in await everything(log, "telemetry", 2)]
    for time in (0, stamps[0] - 1, *stamps, stamps[3] + 1, stamps[-1] + 1):
        first = next((n for n, stamp in enumerate(stamps) if stamp >= time), len(stamps))
        assert await log.offset_at("telemetry", time) == {0: 0, 1: 0, 2: first, 3: 0}
