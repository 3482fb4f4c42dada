"""What an embedded log must hold after ``embedded_writer``, however that process ended."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from services.eventlog.embedded.store import FILE
from services.eventlog.port import EventLog
from tests.support.embedded_writer import GROUP, STATE, Written, derived, write
from tests.support.eventlogs import everything


async def assert_whole(log: EventLog, folder: Path, sure: Written) -> Written:
    """See that the log has what is ``sure``, and at most one write more, and that one whole.

    Offsets have no hole and no repeat; a commit's records, its state and the group's next offset
    are there together. Gives what is there.
    """
    audit = [(each.offset, each.value) for each in await everything(log, "audit")]
    appended = len(audit) // 2
    assert audit == [(offset, b"%d" % (offset // 2)) for offset in range(2 * appended)]
    visits = [(each.offset, each.value) for each in await everything(log, "visits")]
    committed = len(visits)
    assert visits == [(offset, b"%d" % offset) for offset in range(committed)]
    assert [(each.offset, each.value) for each in await everything(log, "signals")] == visits
    assert [(each.offset, each.value) for each in await everything(log, STATE)] == visits[-1:]
    assert _next_offset(folder) == committed
    more = Written(appended - sure.appended, committed - sure.committed)
    assert more in {(0, 0), (1, 0), (0, 1)}
    return Written(appended, committed)


async def assert_goes_on(log: EventLog, folder: Path, there: Written) -> None:
    """See that the next claim commits, and that SQLite finds nothing wrong with the file."""
    async with log.join(GROUP, "telemetry") as member:
        claim = await member.claim(0)
        for number in range(there.committed, there.appended):
            await claim.commit(derived(number), number + 1)
    await write(log, there.appended, 1, lambda _: None)
    both = Written(there.appended + 1, there.appended + 1)
    assert await assert_whole(log, folder, both) == both
    with closing(sqlite3.connect(folder / FILE)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]


def _next_offset(folder: Path) -> int:
    """The group's, 0 where there is none yet."""
    with closing(sqlite3.connect(folder / FILE)) as connection:
        (found,) = connection.execute("SELECT max(next_offset) FROM claim").fetchone()
    return int(found or 0)
