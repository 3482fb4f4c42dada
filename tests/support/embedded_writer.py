"""Appends and commits on an embedded log: ``python -m tests.support.embedded_writer``.

Given a folder, the first number and how many, it writes each number by an append and by a commit,
and prints ``appended`` or ``committed`` once the log has acknowledged it, and the reason where the
log could not take it, which it then tries again. It imports little, because it is started often.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from services.eventlog.embedded.log import EmbeddedLog
from services.eventlog.port import EventLog, NewRecord, Unavailable

ROOT = Path(__file__).parents[2]
NOON = 1_780_000_000_000
GROUP = "writers"
STATE = "geofence-state"
"""Compacted: each commit replaces the state that the one before it left there."""


class Written(NamedTuple):
    """How many numbers, from 0, were appended and how many were committed."""

    appended: int
    committed: int


class Ended(NamedTuple):
    """How the process ended, and what it printed."""

    code: int
    lines: list[str]

    def acknowledged(self, before: int) -> Written:
        """What it was told that the log has, on top of ``before`` numbers of each."""
        return Written(
            before + self.lines.count("appended"), before + self.lines.count("committed")
        )


async def open_there(folder: Path) -> EmbeddedLog:
    """The log that it writes to."""
    return await EmbeddedLog.open(folder, 1, lambda: NOON)


def write_apart(prefix: Sequence[str], folder: Path, first: int, count: int) -> Ended:
    """Run the process, with what stands before its command, to its end."""
    command = [*prefix, sys.executable, "-m", __name__, str(folder), str(first), str(count)]
    done = subprocess.run(  # noqa: S603 - our own command, no shell
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=60, check=False
    )
    return Ended(done.returncode, done.stdout.splitlines())


async def write(log: EventLog, first: int, count: int, say: Callable[[str], None]) -> None:
    """Append and commit each number, each until the log has taken it."""
    async with log.join(GROUP, "telemetry") as member:
        claim = await member.claim(0)
        for number in range(first, first + count):
            value = b"%d" % number
            await _until_taken(partial(log.append, [NewRecord("audit", b"w", value)] * 2), say)
            say("appended")
            await _until_taken(partial(claim.commit, derived(number), number + 1), say)
            say("committed")


def derived(number: int) -> list[NewRecord]:
    """What is committed for a number: two outputs and the state after it."""
    return [NewRecord(topic, b"w", b"%d" % number, 0) for topic in ("visits", "signals", STATE)]


async def _until_taken(work: Callable[[], Awaitable[object]], say: Callable[[str], None]) -> None:
    while True:
        try:
            await work()
        except Unavailable as reason:
            say(str(reason))
        else:
            return


async def _main(folder: str, first: str, count: str) -> None:
    log = await open_there(Path(folder))
    await write(log, int(first), int(count), lambda line: print(line, flush=True))  # noqa: T201 - the test reads it
    await log.close()


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
