"""Keyed topics as a reader sees them: folding by key gives the last of each."""

from __future__ import annotations

import random

from services.eventlog.port import EventLog, NewRecord
from tests.support.eventlogs import everything

TOPIC = "geofence-state"


async def folded(log: EventLog, partition: int) -> dict[bytes, bytes]:
    """The last value of each key that is not deleted."""
    state: dict[bytes, bytes] = {}
    for record in await everything(log, TOPIC, partition):
        assert record.key is not None
        if record.value is None:
            state.pop(record.key, None)
        else:
            state[record.key] = record.value
    return state


async def test_the_last_of_each_key_is_what_a_reader_ends_with(log: EventLog) -> None:
    chance = random.Random(6)  # noqa: S311 - no secret
    expected: dict[bytes, bytes] = {}
    for number in range(60):
        keys = chance.sample(range(12), 4)
        records = [
            NewRecord(TOPIC, b"r%d" % key, None if chance.random() < 0.2 else b"%d" % number, 1)
            for key in [*keys, keys[0]]
        ]
        await log.append(records)
        for record in records:
            if record.value is None:
                expected.pop(record.key, None)
            else:
                expected[record.key] = record.value
    assert await folded(log, 1) == expected
    assert await folded(log, 0) == {}


async def test_the_same_key_in_other_partitions_is_another(log: EventLog) -> None:
    await log.append([NewRecord(TOPIC, b"~checkpoint", b"%d" % p, p) for p in range(3)])
    await log.append([NewRecord(TOPIC, b"~checkpoint", b"new", 1)])
    found = [await folded(log, partition) for partition in range(3)]
    assert found == [{b"~checkpoint": value} for value in (b"0", b"new", b"2")]


async def test_a_compacted_partition_is_read_from_an_offset_though_records_are_gone(
    log: EventLog,
) -> None:
    for number in range(6):
        await log.append([NewRecord(TOPIC, b"a", b"%d" % number, 0)])
    records = [r async for batch in log.read(TOPIC, 0, 2) for r in batch]
    assert records[-1].value == b"5"
    assert records[-1].offset == 5
