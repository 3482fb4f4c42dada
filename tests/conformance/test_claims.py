"""Claims: reading a partition of one's own, committing all or nothing, and being fenced."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing

import pytest
from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from services.eventlog.embedded.store import FILE
from services.eventlog.limits import LARGEST_BYTES
from services.eventlog.opening import Embedded, Kafka, open_log
from services.eventlog.port import (
    EventLog,
    Fenced,
    Member,
    NewRecord,
    TooLarge,
    Truncated,
)
from tests.support.eventlogs import becomes, values
from tests.support.kafka import PARTITIONS
from tests.support.log_process import FENCED, GROUP, log_process


@pytest.fixture
async def member(log: EventLog) -> AsyncIterator[Member]:
    async with log.join("geofence", "telemetry") as member:
        yield member


def ping(value: bytes, partition: int = 0) -> NewRecord:
    return NewRecord("telemetry", b"radio", value, partition)


def visit(value: bytes) -> NewRecord:
    return NewRecord("visits", b"radio", value, 0)


async def test_a_member_alone_has_every_partition(member: Member) -> None:
    everything = frozenset(range(PARTITIONS))
    assert await member.reassigned(frozenset()) == everything
    assert member.assigned() == everything
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(member.reassigned(everything), 1.5)


async def test_a_member_is_told_which_partitions_are_its_own_still(member: Member) -> None:
    async with asyncio.timeout(20):
        await member.confirmed(0)


async def test_a_member_is_told_how_far_its_group_is(log: EventLog, member: Member) -> None:
    await log.append([ping(b"1"), ping(b"2")])
    assert await member.committed(0) is None
    claim = await member.claim(0)
    assert await member.committed(0) is None
    await claim.commit([visit(b"a")], 2)
    await claim.close()
    await (await member.claim(0)).close()
    assert await member.committed(0) == 2
    assert await member.committed(1) is None


async def test_a_claim_reads_its_partition_from_where_it_seeks(
    log: EventLog, member: Member
) -> None:
    await log.append([ping(b"%d" % number) for number in range(10)] + [ping(b"other", 1)])
    claim = await member.claim(0)
    assert claim.partition == 0
    await claim.seek(6)
    assert [r.value for r in await claim.fetch(3, 10)] == [b"6", b"7", b"8"]
    assert [(r.offset, r.value) for r in await claim.fetch(3, 10)] == [(9, b"9")]
    await claim.seek(1)
    assert [r.value for r in await claim.fetch(2, 10)] == [b"1", b"2"]
    await claim.close()


async def test_fetching_waits_for_records_and_then_no_longer(log: EventLog, member: Member) -> None:
    claim = await member.claim(2)
    await claim.seek(0)
    assert list(await claim.fetch(10, 0.05)) == []
    fetching = asyncio.create_task(claim.fetch(10, 30))
    await log.append([ping(b"now", 2)])
    async with asyncio.timeout(10):
        assert [r.value for r in await fetching] == [b"now"]
    await claim.close()


async def test_fetching_before_seeking_is_refused(member: Member) -> None:
    claim = await member.claim(0)
    with pytest.raises(RuntimeError, match="seek before you fetch"):
        await claim.fetch(1, 1)
    await claim.close()


async def test_seeking_beyond_the_end_is_refused(member: Member) -> None:
    claim = await member.claim(0)
    with pytest.raises(Truncated, match="telemetry/0 ends at 0, but 3 was asked for"):
        await claim.seek(3)
    await claim.close()


async def test_a_commit_is_seen_whole_and_in_order_after_a_moment(
    log: EventLog, member: Member
) -> None:
    claim = await member.claim(0)
    expected: list[bytes] = []
    for number in range(3):
        outputs = [b"%d.%d" % (number, n) for n in range(3)]
        signal_ = NewRecord("signals", b"r", b"%d" % number, 3)
        await claim.commit([*map(visit, outputs), signal_], number)
        expected += outputs
        await becomes(log, "visits", expected)
    await becomes(log, "signals", [b"0", b"1", b"2"], partition=3)
    await claim.close()


async def test_the_next_claim_sees_at_once_all_that_the_last_committed(
    log: EventLog, member: Member
) -> None:
    for number in range(10):
        claim = await member.claim(0)
        assert await values(log, "visits") == [b"%d" % before for before in range(number)]
        await claim.commit([visit(b"%d" % number)], number)
        await claim.close()


async def test_an_older_claim_is_fenced_and_leaves_no_trace(log: EventLog, member: Member) -> None:
    older = await member.claim(0)
    await older.commit([visit(b"before")], 1)
    newer = await member.claim(0)
    with pytest.raises(Fenced, match="a later claim of telemetry/0 exists"):
        await older.commit([visit(b"zombie"), NewRecord("signals", b"r", b"zombie", 0)], 2)
    await newer.commit([visit(b"after")], 2)
    await becomes(log, "visits", [b"before", b"after"])
    assert await values(log, "signals") == []
    await older.close()
    await newer.close()


async def test_a_process_that_slept_through_its_succession_is_fenced(
    place: Embedded | Kafka,
) -> None:
    async with log_process(place, "commit_when_told") as zombie:
        assert zombie.stdin is not None
        assert zombie.stdout is not None
        await zombie.stdout.readline()
        zombie.send_signal(signal.SIGSTOP)
        log = await open_log(place)
        async with log.join(GROUP, "telemetry") as member:
            owner = await member.claim(0)
            await owner.commit([visit(b"successor")], 9)
            zombie.stdin.write(b"zombie\n")
            zombie.send_signal(signal.SIGCONT)
            async with asyncio.timeout(30):
                assert await zombie.wait() == FENCED
            await owner.commit([visit(b"still owner")], 10)
            await owner.close()
            after = await member.claim(0)
            assert await values(log, "visits") == [b"successor", b"still owner"]
            await after.close()
        await log.close()


async def test_the_groups_next_offset_is_committed_with_the_records(
    log: EventLog, member: Member, place: Embedded | Kafka
) -> None:
    await log.append([ping(b"1"), ping(b"2")])
    claim = await member.claim(0)
    await claim.commit([visit(b"a")], 1)
    assert await next_offset(place) == 1
    await (await member.claim(0)).close()
    with pytest.raises(Fenced):
        await claim.commit([visit(b"b")], 2)
    assert await next_offset(place) == 1
    await claim.close()


async def next_offset(place: Embedded | Kafka) -> int:
    """What the group of ``member`` has committed for telemetry/0, as an operator would ask."""
    if isinstance(place, Embedded):
        with closing(sqlite3.connect(place.data_dir / FILE)) as connection:
            query = "SELECT next_offset FROM claim JOIN slot USING (slot) WHERE name = 'geofence'"
            ((offset,),) = connection.execute(query).fetchall()
            return int(offset)
    admin = AIOKafkaAdminClient(**place.connection())
    await admin.start()
    offsets = await admin.list_consumer_group_offsets(place.name("geofence"))
    await admin.close()
    return int(offsets[TopicPartition(place.name("telemetry"), 0)].offset)


async def test_claims_of_other_partitions_and_groups_do_not_fence(
    log: EventLog, member: Member
) -> None:
    mine = await member.claim(0)
    neighbour = await member.claim(1)
    async with log.join("settlement", "telemetry") as settler:
        settling = await settler.claim(0)
        for claim in (mine, neighbour, settling):
            await claim.commit([visit(b"fine")], 1)
            await claim.close()
    await becomes(log, "visits", [b"fine"] * 3)


async def test_a_commit_that_is_broken_off_is_there_whole_or_not_at_all(
    log: EventLog, member: Member
) -> None:
    whole = [visit(b"%d" % n) for n in range(5_000)] + [NewRecord("signals", b"r", b"1", 0)]
    seen = set()
    for delay_ms in range(0, 24, 3):
        claim = await member.claim(0)
        before = len(await values(log, "visits")), len(await values(log, "signals"))
        commit = asyncio.create_task(claim.commit(whole, 1))
        await asyncio.sleep(delay_ms / 1000)
        commit.cancel()
        await asyncio.gather(commit, return_exceptions=True)
        await claim.close()
        await (await member.claim(0)).close()  # ends what was left open
        after = len(await values(log, "visits")), len(await values(log, "signals"))
        seen.add((after[0] - before[0], after[1] - before[1]))
    assert seen <= {(0, 0), (5_000, 1)}


async def test_a_commit_with_a_record_too_large_leaves_nothing(
    log: EventLog, member: Member
) -> None:
    claim = await member.claim(0)
    with pytest.raises(TooLarge):
        await claim.commit([visit(b"fits"), visit(b"x" * LARGEST_BYTES)], 1)
    assert await values(log, "visits") == []
    await claim.close()
