"""Following topics: history, then whatever comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from services.eventlog.opening import Embedded, Kafka, open_log
from services.eventlog.port import Batch, EventLog, NewRecord, Truncated
from tests.support.eventlogs import becomes

SOON_S = 20.0


class Follow:
    """What a follower has been given so far."""

    def __init__(self, batches: AsyncIterator[Batch]) -> None:
        self._batches = batches
        self.seen: dict[tuple[str, int], list[bytes | None]] = {}
        self.next_offsets: dict[tuple[str, int], int] = {}

    async def next(self) -> Batch:
        async with asyncio.timeout(SOON_S):
            batch = await anext(self._batches)
        place = batch.topic, batch.partition
        self.seen.setdefault(place, []).extend(record.value for record in batch.records)
        self.next_offsets[place] = batch.next_offset
        return batch

    async def history(self) -> None:
        """Go on until caught up."""
        while not (await self.next()).caught_up:
            pass

    async def until(self, topic: str, partition: int, value: bytes) -> None:
        """Go on until a value has come."""
        while value not in self.seen.get((topic, partition), ()):
            await self.next()

    async def close(self) -> None:
        await self._batches.aclose()  # type: ignore[attr-defined]  # it is a generator


def record(value: bytes, topic: str = "visits", partition: int = 0) -> NewRecord:
    return NewRecord(topic, b"k", value, partition)


async def test_history_comes_first_then_what_is_new(log: EventLog) -> None:
    history = [b"%d" % number for number in range(3_000)]
    await log.append([record(value) for value in history])
    await log.append([record(b"other", "reference")])
    follow = Follow(log.follow({"visits": None, "reference": None}))
    await follow.history()
    assert {place: seen for place, seen in follow.seen.items() if seen} == {
        ("visits", 0): history,
        ("reference", 0): [b"other"],
    }
    assert follow.next_offsets["visits", 0] == 3_000
    await log.append([record(b"new"), record(b"newer", partition=3)])
    await follow.until("visits", 3, b"newer")
    await follow.until("visits", 0, b"new")
    assert follow.seen["visits", 0] == [*history, b"new"]
    await follow.close()


async def test_caught_up_is_said_at_once_where_there_is_nothing(log: EventLog) -> None:
    follow = Follow(log.follow({"visits": None, "feedback": None}))
    batch = await follow.next()
    assert batch.caught_up
    assert list(batch.records) == []
    await log.append([record(b"first")])
    assert (await follow.next()).caught_up
    await follow.until("visits", 0, b"first")
    await follow.close()


async def test_caught_up_is_said_with_the_last_of_the_history_and_ever_after(
    log: EventLog,
) -> None:
    for partition in range(4):
        await log.append([record(b"h", partition=partition)])
    follow = Follow(log.follow({"visits": None}))
    told: list[bool] = []
    while not told or not told[-1]:
        told.append((await follow.next()).caught_up)
    assert sorted(follow.seen) == [("visits", partition) for partition in range(4)]
    await log.append([record(b"n", partition=2)])
    assert (await follow.next()).caught_up
    await follow.close()


async def test_following_begins_where_it_is_told(log: EventLog) -> None:
    await log.append([record(b"%d" % number) for number in range(5)])
    await log.append([record(b"one", partition=1)])
    follow = Follow(log.follow({"visits": {0: 3}}))
    await follow.history()
    assert follow.seen["visits", 0] == [b"3", b"4"]
    assert follow.seen["visits", 1] == [b"one"]
    await follow.close()


async def test_following_from_the_end_is_caught_up(log: EventLog) -> None:
    await log.append([record(b"old")])
    follow = Follow(log.follow({"visits": {0: 1}}))
    assert (await follow.next()).caught_up
    assert follow.seen["visits", 0] == []
    await follow.close()


async def test_following_from_beyond_the_end_is_refused(log: EventLog) -> None:
    with pytest.raises(Truncated, match="visits/2 ends at 0, but 5 was asked for"):
        await anext(log.follow({"visits": {2: 5}}))


async def test_what_another_process_appends_is_followed(
    log: EventLog, place: Embedded | Kafka
) -> None:
    follow = Follow(log.follow({"visits": None}))
    await follow.history()
    other = await open_log(place)
    for number in range(3):
        await other.append([record(b"%d" % number)])
        await follow.until("visits", 0, b"%d" % number)
    await other.close()
    await follow.close()


async def test_history_of_transactions_is_caught_up_though_it_ends_in_a_gap(
    log: EventLog,
) -> None:
    async with log.join("group", "telemetry") as member:
        claim = await member.claim(0)
        await claim.commit([record(b"a"), record(b"b", "signals")], 1)
        await claim.commit([record(b"c")], 2)
        await claim.close()
    await becomes(log, "visits", [b"a", b"c"])
    await becomes(log, "signals", [b"b"])
    follow = Follow(log.follow({"visits": None, "signals": None}))
    await follow.history()
    assert follow.seen["visits", 0] == [b"a", b"c"]
    assert follow.next_offsets["visits", 0] == (await log.bounds("visits"))[0].end
    await follow.close()
