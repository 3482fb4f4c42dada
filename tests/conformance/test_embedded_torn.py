"""The embedded log after the power failed: its write-ahead log torn at every place it can be.

A kill leaves what was written; a power cut leaves of what was not yet synced any part, or zeros,
or what the disk held before. What was acknowledged is synced, so it lies before every tear that
can happen; here the tear comes anywhere, and whatever lies whole before it must be there.
"""

from __future__ import annotations

import os
import shutil
from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from services.eventlog.embedded.store import FILE
from tests.support.embedded_contents import assert_goes_on, assert_whole
from tests.support.embedded_writer import Written, open_there, write

WAL = FILE + "-wal"
HEADER_BYTES, FRAME_HEADER_BYTES, PAGE_BYTES = 32, 24, 4096
FRAME_BYTES = FRAME_HEADER_BYTES + PAGE_BYTES
"""The write-ahead log: https://www.sqlite.org/fileformat2.html#the_write_ahead_log."""
NUMBERS = 4
INSIDE = (0, 10, FRAME_HEADER_BYTES + 2000)
"""Where in a frame it is torn: before it, in its header and in its page."""


class Grown(NamedTuple):
    """A log's files as they were with all its records, and how far they went at each write."""

    folder: Path
    sizes: list[int]
    """The size of the write-ahead log after each append and each commit, in turn."""

    def before(self, tear: int) -> Written:
        """What had been acknowledged when the write-ahead log was not longer than ``tear``."""
        writes = bisect_right(self.sizes, tear)
        return Written((writes + 1) // 2, writes // 2)


@pytest.fixture
async def grown(tmp_path: Path) -> Grown:
    log = await open_there(tmp_path / "open")
    wal, sizes = tmp_path / "open" / WAL, list[int]()
    await write(log, 0, NUMBERS, lambda _: sizes.append(wal.stat().st_size))
    (tmp_path / "grown").mkdir()
    for name in (FILE, WAL):
        shutil.copy(tmp_path / "open" / name, tmp_path / "grown")
    await log.close()
    return Grown(tmp_path / "grown", sizes)


def cut(_: bytes) -> bytes:
    return b""


def zeros(rest: bytes) -> bytes:
    return bytes(len(rest))


def garbage(rest: bytes) -> bytes:
    return os.urandom(len(rest))


def one_bad_byte(rest: bytes) -> bytes:
    return bytes([rest[0] ^ 0xFF]) + rest[1:]


@pytest.mark.parametrize("tear", [cut, zeros, garbage, one_bad_byte])
async def test_what_lies_before_the_tear_is_there_and_nothing_half(
    tear: Callable[[bytes], bytes], grown: Grown, tmp_path: Path
) -> None:
    whole = (grown.folder / WAL).read_bytes()
    frames = range(HEADER_BYTES, len(whole), FRAME_BYTES)
    assert len(frames) > 4 * NUMBERS
    for at in (frame + inside for frame in frames for inside in INSIDE):
        folder = tmp_path / f"torn-{at}"
        shutil.copytree(grown.folder, folder)
        (folder / WAL).write_bytes(whole[:at] + tear(whole[at:]))
        log = await open_there(folder)
        there = grown.before(at)
        assert await assert_whole(log, folder, there) == there
        await assert_goes_on(log, folder, there)
        await log.close()
        shutil.rmtree(folder)


async def test_pages_torn_in_a_checkpoint_are_copied_again(grown: Grown, tmp_path: Path) -> None:
    """Any page of the file that the write-ahead log has too may be half written at that time."""
    whole = (grown.folder / WAL).read_bytes()
    frames = range(HEADER_BYTES, len(whole), FRAME_BYTES)
    pages = {int.from_bytes(whole[frame : frame + 4]) for frame in frames}
    assert len(pages) >= 4
    for page in pages:
        folder = tmp_path / f"page-{page}"
        shutil.copytree(grown.folder, folder)
        with (folder / FILE).open("r+b") as file:
            file.seek((page - 1) * PAGE_BYTES)
            file.write(os.urandom(PAGE_BYTES))
        log = await open_there(folder)
        there = Written(NUMBERS, NUMBERS)
        assert await assert_whole(log, folder, there) == there
        await log.close()
