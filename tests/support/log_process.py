"""A process that writes to a log until it is killed: ``python -m tests.support.log_process``.

It prints each number once the log has acknowledged it. The place of the log is given as JSON:
{"data_dir": ..., "partitions": ...} or {"bootstrap": ..., "prefix": ...}.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path

from services.eventlog.opening import Embedded, Kafka, open_log
from services.eventlog.port import EventLog, Fenced, NewRecord

GROUP = "writers"
FENCED = 3
"""Its exit code where a later claim of its partition exists."""


@asynccontextmanager
async def log_process(
    place: Embedded | Kafka, work: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The process at work; killed on exit at the latest."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        __name__,
        json.dumps(asdict(place), default=str),
        work,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def acknowledged(process: asyncio.subprocess.Process, count: int) -> list[int]:
    """Wait for ``count`` numbers, kill the process, and give all that it printed."""
    assert process.stdout is not None
    printed = [int(await process.stdout.readline()) for _ in range(count)]
    process.kill()
    rest = (await process.stdout.read()).split(b"\n")
    return printed + [int(line) for line in rest[:-1]]


async def append(log: EventLog) -> None:
    """Append numbered records, five at a time."""
    for number in range(10**9):
        record = NewRecord("audit", b"writer", str(number).encode())
        await log.append([record] * 5)
        print(number, flush=True)  # noqa: T201 - the test reads it


async def commit(log: EventLog) -> None:
    """Commit numbered records to two topics, hundreds at a time."""
    async with log.join(GROUP, "telemetry") as member:
        claim = await member.claim(0)
        for number in range(10**9):
            value = str(number).encode()
            both = [NewRecord(topic, b"w", value, 0) for topic in ("visits", "signals")]
            await claim.commit(both * 200, number)
            print(number, flush=True)  # noqa: T201 - the test reads it


async def commit_when_told(log: EventLog) -> None:
    """Commit one record for each line of its input: between them it holds no lock of the log."""
    async with log.join(GROUP, "telemetry") as member:
        claim = await member.claim(0)
        print("claimed", flush=True)  # noqa: T201 - the test reads it
        while line := await asyncio.to_thread(sys.stdin.buffer.readline):
            await claim.commit([NewRecord("visits", b"w", line.strip(), 0)], 1)


async def main(place: str, work: str) -> None:
    """Work on the log until killed."""
    where = json.loads(place)
    if "data_dir" in where:
        log = await open_log(Embedded(Path(where["data_dir"]), where["partitions"]))
    else:
        log = await open_log(Kafka(**where))
    try:
        await WORK[work](log)
    except Fenced:
        sys.exit(FENCED)


WORK = {"append": append, "commit": commit, "commit_when_told": commit_when_told}

if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
