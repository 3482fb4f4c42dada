"""The embedded log alone: its file, its retention, and what it says when it cannot go on."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from services.contracts.topics import POSITIONS, VISITS
from services.eventlog.embedded import log as embedded
from services.eventlog.embedded import reading, retention, writer
from services.eventlog.embedded.log import EmbeddedLog
from services.eventlog.embedded.store import FILE
from services.eventlog.port import (
    EventLog,
    Extent,
    Fenced,
    NewRecord,
    Truncated,
    Unavailable,
    WrongTopics,
)
from tests.support.eventlogs import everything, values

NOON = 1_780_000_000_000
DAY_MS = timedelta(days=1) // timedelta(milliseconds=1)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def record(value: bytes, topic: str = "visits") -> NewRecord:
    return NewRecord(topic, b"k", value, 0)


async def test_what_was_appended_is_there_after_reopening(tmp_path: Path, clock: Clock) -> None:
    for number in range(3):
        log = await EmbeddedLog.open(tmp_path / "new" / "folder", 2, clock)
        await log.append([record(b"%d" % number)])
        await log.close()
    log = await EmbeddedLog.open(tmp_path / "new" / "folder", 2, clock)
    assert await values(log, "visits") == [b"0", b"1", b"2"]
    await log.close()
    assert (tmp_path / "new" / "folder").stat().st_mode & 0o777 == 0o700


async def test_another_number_of_partitions_is_refused(tmp_path: Path, clock: Clock) -> None:
    await (await EmbeddedLog.open(tmp_path, 2, clock)).close()
    with pytest.raises(WrongTopics, match=r"has 2 partitions, 5 were asked for.*ask for 2, or"):
        await EmbeddedLog.open(tmp_path, 5, clock)


async def test_a_file_of_another_format_is_refused(tmp_path: Path, clock: Clock) -> None:
    await (await EmbeddedLog.open(tmp_path, 2, clock)).close()
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(WrongTopics, match="has format 99, this release reads 1"):
        await EmbeddedLog.open(tmp_path, 2, clock)


async def test_a_topic_that_a_newer_catalogue_has_is_made(tmp_path: Path, clock: Clock) -> None:
    await (await EmbeddedLog.open(tmp_path, 2, clock)).close()
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("DELETE FROM slot WHERE topic = 'visits'")
        connection.commit()
    log = await EmbeddedLog.open(tmp_path, 2, clock)
    await log.append([record(b"new")])
    assert await values(log, "visits") == [b"new"]
    await log.close()


async def test_what_cannot_be_opened_is_unavailable(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(Unavailable, match="file/log for the embedded log cannot be made"):
        await EmbeddedLog.open(tmp_path / "file" / "log", 2, clock)


async def test_time_never_runs_back(tmp_path: Path, clock: Clock) -> None:
    log = await EmbeddedLog.open(tmp_path, 1, clock)
    for now in (NOON, NOON + 5, NOON - 60_000, NOON + 6):
        clock.now = now
        await log.append([record(b"v")])
    stamps = [found.timestamp - NOON for found in await everything(log, "visits")]
    assert stamps == [0, 5, 5, 6]
    await log.close()


async def test_compaction_leaves_one_record_a_key(tmp_path: Path, clock: Clock) -> None:
    log = await EmbeddedLog.open(tmp_path, 1, clock)
    for number in range(5):
        key = b"%d" % (number % 2)
        await log.append([NewRecord("geofence-state", key, b"%d" % number, 0)] * 2)
    found = await everything(log, "geofence-state")
    assert [(r.offset, r.key, r.value) for r in found] == [(7, b"1", b"3"), (9, b"0", b"4")]
    assert await log.bounds("geofence-state") == {0: Extent(0, 10)}
    await log.append([NewRecord("geofence-state", b"1", None, 0)])
    await log.append([NewRecord("geofence-state", b"0", None, 0)])
    assert await log.offset_at("geofence-state", NOON) == {0: 10}
    await log.close()


async def test_each_topic_is_kept_as_long_as_the_catalogue_says(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "FORGET_S", 0.02)
    monkeypatch.setattr(retention, "PIECE_RECORDS", 3)
    log = await EmbeddedLog.open(tmp_path, 1, clock)
    topics = [POSITIONS.name, VISITS.name, "reference", "geofence-state"]
    for day in range(10):
        clock.now = NOON + day * DAY_MS
        await log.append([record(b"%d" % day, topic) for topic in topics])
    clock.now = NOON + 7 * DAY_MS + POSITIONS.retention // timedelta(milliseconds=1)  # type: ignore[operator]
    async with log.join("geofence", POSITIONS.name) as member:
        claim = await member.claim(0)
        await claim.seek(5)
        await until_start(log, POSITIONS.name, 7)
        assert await values(log, POSITIONS.name) == [b"7", b"8", b"9"]
        with pytest.raises(Truncated, match=r"positions/0 begins at 7: .* removed 5 to 6"):
            await claim.fetch(10, 1)
        with pytest.raises(Truncated, match="removed 6 to 6"):
            await claim.seek(6)
    for refused in (log.read(POSITIONS.name, 0, 0), log.follow({POSITIONS.name: {0: 6}})):
        with pytest.raises(Truncated, match="retention has removed"):
            await anext(refused)
    clock.now += 10_000 * DAY_MS
    await until_start(log, VISITS.name, 10)
    assert len(await values(log, "reference")) == 10
    assert len(await values(log, "geofence-state")) == 1
    await log.close()


async def until_start(log: EventLog, topic: str, start: int) -> None:
    async with asyncio.timeout(10):
        while True:
            if (await log.bounds(topic))[0].start == start:
                return
            await asyncio.sleep(0.01)


async def test_a_compacted_partition_is_read_in_one_piece(tmp_path: Path, clock: Clock) -> None:
    log = await EmbeddedLog.open(tmp_path, 1, clock)
    many = 5_000
    keys = [b"%d" % number for number in range(many)]
    await log.append([NewRecord("geofence-state", key, b"old", 0) for key in keys])
    async for batch in log.read("geofence-state", 0, 0):
        assert len(batch) == many
        await log.append([NewRecord("geofence-state", key, b"new", 0) for key in keys])
    assert (await values(log, "geofence-state")) == [b"new"] * many
    await log.close()


async def test_a_fenced_commit_costs_no_other_caller_anything(tmp_path: Path, clock: Clock) -> None:
    log = await EmbeddedLog.open(tmp_path, 1, clock)
    async with log.join("geofence", "telemetry") as member:
        older, newer = await member.claim(0), await member.claim(0)
        outcomes = await asyncio.gather(
            older.commit([record(b"zombie")], 1),
            newer.commit([record(b"owner")], 1),
            log.append([record(b"bystander")]),
            older.commit([record(b"zombie")], 2),
            return_exceptions=True,
        )
    assert [type(outcome) for outcome in outcomes] == [Fenced, type(None), dict, Fenced]
    assert await values(log, "visits") == [b"owner", b"bystander"]
    await log.close()


async def test_large_groups_are_cut(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "GROUP_RECORDS", 10)
    log = await EmbeddedLog.open(tmp_path, 1, clock)
    await asyncio.gather(*(log.append([record(b"%d" % n)] * 4) for n in range(20)))
    assert await values(log, "visits") == [b"%d" % n for n in range(20) for _ in range(4)]
    await log.close()


async def test_an_append_that_nobody_waits_for_any_more_is_left_out(
    tmp_path: Path, clock: Clock
) -> None:
    log = await EmbeddedLog.open(tmp_path, 1, clock)
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")  # holds up the writer
        holding = asyncio.create_task(log.append([record(b"held up")]))
        await asyncio.sleep(0.1)
        given_up = asyncio.create_task(log.append([record(b"given up")]))
        await asyncio.sleep(0.1)
        given_up.cancel()
        await asyncio.sleep(0.1)
        other.execute("COMMIT")
    await holding
    await log.append([record(b"next")])
    assert await values(log, "visits") == [b"held up", b"next"]
    await log.close()


async def test_a_closed_log_is_unavailable(tmp_path: Path, clock: Clock) -> None:
    log = await EmbeddedLog.open(tmp_path, 1, clock)
    await log.close()
    with pytest.raises(Unavailable, match="the embedded log is closed"):
        await log.append([record(b"late")])


async def test_a_follower_waits_until_the_file_can_be_read_again(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "RETRY_S", 0.02)
    log = await EmbeddedLog.open(tmp_path, 1, clock)
    following = log.follow({"visits": None})
    assert (await anext(following)).caught_up
    await log.append([record(b"1")])
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("ALTER TABLE record RENAME TO away")
        with pytest.raises(Unavailable, match=r"could not read .*: no such table: record"):
            await values(log, "visits")
        following_on = asyncio.ensure_future(anext(following))
        await asyncio.sleep(0.1)
        assert not following_on.done()
        other.execute("ALTER TABLE away RENAME TO record")
    async with asyncio.timeout(10):
        assert [found.value for found in (await following_on).records] == [b"1"]
    await log.close()


FULL_DISK = """
import asyncio, resource, sys
from pathlib import Path
from services.eventlog.opening import Embedded, open_log
from services.eventlog.port import NewRecord, Unavailable

async def main():
    log = await open_log(Embedded(Path(sys.argv[1]), 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
    taken = 0
    try:
        while True:
            await log.append([NewRecord("visits", b"k", b"x" * 1000, 0)] * 10)
            taken += 10
    except Unavailable as error:
        print(taken, error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    await log.append([NewRecord("visits", b"k", b"room again", 0)])
    await log.close()

asyncio.run(main())
"""


async def test_a_full_disk_is_unavailable_and_nothing_taken_is_lost(
    tmp_path: Path, clock: Clock
) -> None:
    """The largest file that the process may write stands for the size of the disk."""
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", FULL_DISK, str(tmp_path), str(2**20)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "the disk refused; see whether it is full" in done.stdout
    taken = int(done.stdout.split()[0])
    assert taken > 100
    log = await EmbeddedLog.open(tmp_path, 1, clock)
    found = await values(log, "visits")
    assert len(found) == taken + 1
    assert found[-1] == b"room again"
    await log.close()
