"""Appending: order, offsets, partitions, stamps and size, on every log."""

from __future__ import annotations

import asyncio
import time

import pytest

from services.eventlog.limits import LARGEST_BYTES
from services.eventlog.partitioning import partition_of
from services.eventlog.port import EventLog, Extent, NewRecord, TooLarge
from tests.support.eventlogs import everything, values
from tests.support.kafka import PARTITIONS


def numbered(topic: str, key: bytes, numbers: range) -> list[NewRecord]:
    return [NewRecord(topic, key, str(number).encode()) for number in numbers]


async def test_the_records_of_a_key_stay_in_order(log: EventLog) -> None:
    keys = [f"radio-{number}".encode() for number in range(20)]
    for number in range(10):
        await log.append([NewRecord("telemetry", key, b"%d" % number) for key in keys * 2])
    expected = [b"%d" % number for number in range(10) for _ in range(2)]
    for key in keys:
        partition = partition_of(key, PARTITIONS)
        records = await everything(log, "telemetry", partition)
        assert [record.value for record in records if record.key == key] == expected


async def test_appending_says_where_its_own_records_end(log: EventLog) -> None:
    first = await log.append(
        [NewRecord("visits", b"a", b"1", 2), NewRecord("visits", b"a", b"2", 2)]
    )
    second = await log.append([NewRecord("visits", b"a", b"3", 2), NewRecord("audit", b"me", b"4")])
    assert first == {("visits", 2): 2}
    assert second == {("visits", 2): 3, ("audit", partition_of(b"me", PARTITIONS)): 1}


async def test_callers_at_the_same_time_each_learn_where_theirs_end(log: EventLog) -> None:
    async def append(caller: int) -> None:
        mine = [NewRecord("visits", b"k", b"%d.%d" % (caller, n), 1) for n in range(7)]
        ends = await log.append(mine)
        end = ends["visits", 1]
        batches = [batch async for batch in log.read("visits", 1, end - 7, end)]
        assert [r.value for batch in batches for r in batch] == [r.value for r in mine]

    await asyncio.gather(*(append(caller) for caller in range(30)))


async def test_a_caller_who_gives_up_costs_the_others_nothing(log: EventLog) -> None:
    async with asyncio.TaskGroup() as callers:
        appends = [
            callers.create_task(log.append([NewRecord("visits", b"k", b"%d" % caller, 0)]))
            for caller in range(9)
        ]
        await asyncio.sleep(0)
        for given_up in appends[::2]:
            given_up.cancel()
    found = await values(log, "visits")
    assert {b"1", b"3", b"5", b"7"} <= set(found)
    assert len(found) == len(set(found))


async def test_a_thousand_records_of_many_batches_keep_their_order(log: EventLog) -> None:
    filler = b"x" * 2_000
    records = [NewRecord("visits", b"k", b"%06d" % n + filler, 3) for n in range(1_000)]
    assert await log.append(records) == {("visits", 3): 1_000}
    assert await values(log, "visits", 3) == [record.value for record in records]


async def test_nothing_appends_nothing(log: EventLog) -> None:
    assert await log.append([]) == {}
    assert (await log.bounds("visits"))[0] == Extent(0, 0)


async def test_keys_and_values_come_back_as_they_were(log: EventLog) -> None:
    odd = [(b"k", b""), (b"", b"v"), (b"\x00\xff", b"\x00\xff\n"), (b"k", None)]
    await log.append([NewRecord("visits", key, value, 0) for key, value in odd])
    assert [(r.key, r.value) for r in await everything(log, "visits")] == odd


async def test_telemetry_is_stamped_by_the_log_as_it_arrives(log: EventLog) -> None:
    before = int(time.time() * 1000)
    for _ in range(3):
        await log.append(numbered("telemetry", b"radio", range(2)))
    after = int(time.time() * 1000)
    records = await everything(log, "telemetry", partition_of(b"radio", PARTITIONS))
    stamps = [record.timestamp for record in records]
    assert stamps == sorted(stamps)
    assert before <= stamps[0] <= stamps[-1] <= after


@pytest.mark.parametrize(
    ("topic", "most"), [("visits", LARGEST_BYTES), ("dead-letters", 2 * LARGEST_BYTES)]
)
async def test_the_largest_record_is_taken_and_a_larger_one_refused(
    log: EventLog, topic: str, most: int
) -> None:
    value = b"x" * (most - 1)
    await log.append([NewRecord(topic, b"k", value, 0)])
    with pytest.raises(
        TooLarge, match=f"'kk' for {topic} has .* bytes, at most .* make it smaller"
    ):
        await log.append([NewRecord(topic, b"k", b"small", 0), NewRecord(topic, b"kk", value, 0)])
    assert await values(log, topic) == [value]
