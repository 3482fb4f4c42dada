"""What the embedded log says when its file fails it: the file, what is wrong, what to do."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from services.eventlog.embedded import store
from services.eventlog.embedded.store import FILE
from services.eventlog.embedded.troubles import Damaged
from services.eventlog.opening import Embedded, open_log
from services.eventlog.port import EventLog, NewRecord, Unavailable
from tests.support.disk import small_disk
from tests.support.eventlogs import values

PAGE_BYTES = 4096


async def append(folder: Path, count: int) -> None:
    log = await open_log(Embedded(folder, 1))
    try:
        for number in range(count):
            await log.append([NewRecord("visits", b"k", b"%08d" % number * 10, 0)] * 20)
    finally:
        await log.close()


def overwrite(file: Path, page: int, garbage: bytes) -> None:
    with file.open("r+b") as damaged:
        damaged.seek(page * PAGE_BYTES)
        damaged.write(garbage)


def page_with(file: Path, value: bytes) -> int:
    """The page that holds a record of this value, by number from 0."""
    return file.read_bytes().index(value) // PAGE_BYTES


async def follow_on(log: EventLog) -> None:
    async for _ in log.follow({"visits": None}):
        pass


async def test_another_process_that_holds_the_file_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BUSY_S", 0.05)
    log = await open_log(Embedded(tmp_path, 1))
    with closing(sqlite3.connect(tmp_path / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable) as raised:
            await log.append([NewRecord("visits", b"k", b"v", 0)])
    assert not isinstance(raised.value, Damaged)
    assert str(tmp_path / FILE) in str(raised.value)
    assert "another process has held the file for 5 s; wait until" in str(raised.value)
    await log.append([NewRecord("visits", b"k", b"v", 0)])
    await log.close()


async def test_a_full_disk_is_told_of_and_waited_out(tmp_path: Path) -> None:
    with small_disk(tmp_path, 4 * 2**20) as disk:
        log = await open_log(Embedded(disk.folder / "log", 1))
        record = NewRecord("visits", b"k", b"x" * 1000, 0)
        await log.append([record])
        disk.fill()
        with pytest.raises(Unavailable) as raised:
            await log.append([record] * 100)
        assert str(disk.folder / "log" / FILE) in str(raised.value)
        assert "the disk is full; make room on it: nothing acknowledged" in str(raised.value)
        assert len(await values(log, "visits")) == 1
        disk.make_room()
        await log.append([record] * 100)
        assert len(await values(log, "visits")) == 101
        await log.close()


async def test_a_disk_full_from_the_first_is_told_of(tmp_path: Path) -> None:
    with small_disk(tmp_path, 2**20) as disk:
        disk.fill()
        with pytest.raises(Unavailable, match=r"could not open .*: the disk"):
            await open_log(Embedded(disk.folder, 1))
        disk.make_room()
        await append(disk.folder, 1)


async def test_a_file_that_is_no_log_is_told_of(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("not a database, however long it may go on" * 100)
    with pytest.raises(
        Damaged, match=r"could not open .*: the file is damaged; stop stepsix, move"
    ):
        await open_log(Embedded(tmp_path, 2))


async def test_a_damaged_page_is_told_of_by_whoever_meets_it(tmp_path: Path) -> None:
    """Opening does not look for it: that takes 19 s a gigabyte on a disk not read before."""
    await append(tmp_path / "log", 60)
    file = tmp_path / "log" / FILE
    page = page_with(file, b"00000011" * 10)
    for garbage in (os.urandom(PAGE_BYTES), bytes(PAGE_BYTES), b"\xff" * PAGE_BYTES):
        shutil.copytree(tmp_path / "log", tmp_path / "copy")
        overwrite(tmp_path / "copy" / FILE, page, garbage)
        log = await open_log(Embedded(tmp_path / "copy", 1))
        with pytest.raises(
            Damaged, match=r"could not read .*copy/log.sqlite3: the file is damaged"
        ):
            await values(log, "visits")
        # A follower does not wait for what never mends.
        with pytest.raises(Damaged, match="put a backup in its place"):
            await asyncio.wait_for(follow_on(log), 10)
        await log.close()
        shutil.rmtree(tmp_path / "copy")


READ_ONLY = """
import asyncio, sys
from pathlib import Path
from services.eventlog.opening import Embedded, open_log
asyncio.run(open_log(Embedded(Path(sys.argv[1]), 1)))
"""


async def test_a_file_that_may_not_be_written_is_told_of(tmp_path: Path) -> None:
    await append(tmp_path, 1)
    (tmp_path / FILE).chmod(0o400)
    refused = await asyncio.to_thread(
        subprocess.run,
        [*_obeying_modes(), sys.executable, "-c", READ_ONLY, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert f"could not open {tmp_path / FILE}: the file may not be written" in refused.stderr
    assert "give the user that runs stepsix the right to write it" in refused.stderr


def _obeying_modes() -> list[str]:
    """Before a command: what makes file modes count for it even where we are root."""
    if os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("needs setpriv (package util-linux), since root may write any file")
    return [setpriv, "--bounding-set", "-dac_override"]
