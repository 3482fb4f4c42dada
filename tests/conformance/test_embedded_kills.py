"""The embedded log's writer killed at every system call that touches its files.

A process appends and commits, and is killed as it makes the first such call, then another one as
it makes the second, until one ends unharmed. Whatever it was told that the log has is there
afterwards, what was under way is there whole or not at all, and the next owner goes on at once.
"""

from __future__ import annotations

import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest

from services.eventlog.embedded.store import FILE
from tests.support.embedded_contents import assert_goes_on, assert_whole
from tests.support.embedded_writer import Ended, Written, open_there, write, write_apart
from tests.support.system_calls import Call, killed_at

CHECKPOINT_FRAMES = 1000
"""So many pages in the write-ahead log, and SQLite copies them into the file after the commit."""
FRAME_BYTES = 24 + 4096
WAL, SHM, JOURNAL = FILE + "-wal", FILE + "-shm", FILE + "-journal"


class Stage(NamedTuple):
    """Calls to be killed at: each ``step``-th of this name on these files, some at least."""

    name: str
    files: tuple[str, ...]
    at_least: int
    step: int = 1


class Prepared(NamedTuple):
    """The files of a log, and how many numbers were appended and committed to it."""

    folder: Path
    numbers: int


def stages(*each: Stage) -> pytest.MarkDecorator:
    names = [f"{stage.name} {' '.join(stage.files)}" for stage in each]
    return pytest.mark.parametrize("stage", each, ids=names)


@contextmanager
def held_open(folder: Path) -> Iterator[None]:
    """Another process's part: it has read the log and has its files open."""
    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.execute("SELECT * FROM slot").fetchall()
        yield


def kills(
    stage: Stage,
    prepared: Prepared,
    beside: Callable[[Path], AbstractContextManager[object]] = nullcontext,
) -> Iterator[tuple[Path, Ended]]:
    """Writers killed at each of the calls in turn, each on a copy of its own."""
    for done in count():
        folder = prepared.folder.with_name(f"copy-{done}")
        shutil.copytree(prepared.folder, folder)
        files = tuple(folder / name for name in stage.files)
        call = Call(stage.name, files, 1 + done * stage.step)
        with beside(folder):
            ended = write_apart(killed_at(call), folder, prepared.numbers, 1)
            if ended.code == 0:
                assert ended.lines == ["appended", "committed"]
                assert done >= stage.at_least, f"only {done} kills"
                return
            assert ended.code == -signal.SIGKILL
            yield folder, ended
        shutil.rmtree(folder)


async def assert_harmless(folder: Path, sure: Written) -> None:
    log = await open_there(folder)
    try:
        await assert_goes_on(log, folder, await assert_whole(log, folder, sure))
    finally:
        await log.close()


@stages(
    Stage("pwrite64", (FILE, WAL, JOURNAL), 20),
    Stage("fdatasync", (FILE, WAL, JOURNAL), 5),
    Stage("unlink", (WAL, SHM, JOURNAL), 3),
)
async def test_killed_while_the_log_is_made(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    for folder, ended in kills(stage, Prepared(tmp_path / "new", 0)):
        await assert_harmless(folder, ended.acknowledged(0))


@stages(
    Stage("pwrite64", (FILE,), 3),
    Stage("fdatasync", (FILE,), 1),
    Stage("ftruncate", (FILE,), 1),
)
async def test_killed_while_the_log_is_closed(stage: Stage, tmp_path: Path) -> None:
    log = await open_there(tmp_path / "young")
    await write(log, 0, 1, lambda _: None)
    await log.close()
    for folder, ended in kills(stage, Prepared(tmp_path / "young", 1)):
        assert ended.lines == ["appended", "committed"]
        await assert_harmless(folder, Written(2, 2))


@pytest.fixture
async def left(tmp_path: Path) -> Prepared:
    """What a killed process leaves that would have made a checkpoint after its next commits."""
    log = await open_there(tmp_path / "open")
    wal = tmp_path / "open" / WAL
    numbers = 0
    while wal.stat().st_size < (CHECKPOINT_FRAMES - 20) * FRAME_BYTES:
        await write(log, numbers, 1, lambda _: None)
        numbers += 1
    async with log.join("others", "telemetry") as member:
        while wal.stat().st_size < (CHECKPOINT_FRAMES - 2) * FRAME_BYTES:
            await member.claim(0)  # a page each
    (tmp_path / "left").mkdir()
    for name in (FILE, WAL):
        shutil.copy(tmp_path / "open" / name, tmp_path / "left")
    await log.close()
    return Prepared(tmp_path / "left", numbers)


@stages(
    Stage("pwrite64", (FILE,), 5),
    Stage("fdatasync", (FILE,), 1),
    Stage("unlink", (WAL, SHM), 2),
)
async def test_killed_while_what_a_killed_one_left_is_opened(stage: Stage, left: Prepared) -> None:
    for folder, ended in kills(stage, left):
        await assert_harmless(folder, ended.acknowledged(left.numbers))


@stages(
    Stage("pwrite64", (WAL,), 15),
    Stage("fdatasync", (WAL,), 4),
    Stage("pwrite64", (FILE,), 5),
    Stage("fdatasync", (FILE,), 1),
    Stage("fcntl", (SHM,), 5, step=3),
)
async def test_killed_in_a_commit_or_a_checkpoint_beside_another_process(
    stage: Stage, left: Prepared
) -> None:
    """The other one keeps the files open, so that what is found is what the killed one left.

    Alone, opening would begin by copying the write-ahead log into the file, and making anew the
    shared index that the killed one was writing.
    """
    for folder, ended in kills(stage, left, held_open):
        await assert_harmless(folder, ended.acknowledged(left.numbers))
