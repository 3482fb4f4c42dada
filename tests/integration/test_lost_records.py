"""What retention removed before it was processed: the task stops, a person decides, it goes on."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from services.contracts.codec import decode_all
from services.contracts.topics import AUDIT, VISITS
from services.eventlog.embedded.store import FILE
from services.eventlog.opening import Embedded, open_log
from services.eventlog.port import EventLog, Truncated
from tests.support.deployment import stepsix
from tests.support.eventlogs import everything
from tests.support.offline import there
from tests.support.patrols import Patrols
from tests.support.tasks import (
    PARTITION,
    START,
    caught_up,
    crashing,
    feed,
    new_task,
    restored,
    running,
    town,
)


async def one_day(folder: Path) -> int:
    """A task that has crashed with some of telemetry unprocessed; up to where it is committed."""
    log = await open_log(Embedded(folder))
    patrols, end = Patrols(3, start=START, units=150), await town(log)
    await feed(log, patrols, 20, end)
    async with crashing(new_task(log)) as task:
        await caught_up(task)
    await feed(log, patrols, 20, end)
    await log.close()
    return task.standing.offset


def remove_below(folder: Path, offset: int) -> None:
    """Let retention have been at work while nobody was."""
    with closing(sqlite3.connect(folder / FILE)) as file, file:
        query = "SELECT slot FROM slot WHERE topic = 'telemetry' AND partition = ?"
        (slot,) = file.execute(query, (PARTITION,)).fetchone()
        file.execute("DELETE FROM record WHERE slot = ? AND offset < ?", (slot, offset))
        file.execute("UPDATE slot SET start = ? WHERE slot = ?", (offset, slot))


async def open_visits(log: EventLog) -> set[str]:
    """Those that go on by the last word on each."""
    lines = (await there(log))[VISITS.name, PARTITION]
    visits = decode_all(VISITS.name, [line.value for line in lines])
    last = {visit.visit_id: visit.state for visit in visits}
    return {visit_id for visit_id, state in last.items() if state == "open"}


@pytest.mark.parametrize("beyond", [-3, 7], ids=["what was processed", "what was not"])
async def test_it_stops_until_the_loss_is_accepted(tmp_path: Path, beyond: int) -> None:
    committed = await one_day(tmp_path)
    start = committed + beyond
    remove_below(tmp_path, start)
    log = await open_log(Embedded(tmp_path))
    with pytest.raises(Truncated, match=f"telemetry/0 begins at {start}: retention has removed"):
        await restored(log)
    await log.close()

    options = ("--data-dir", str(tmp_path), "--partition", str(PARTITION))
    given_up = stepsix("accept-loss", *options)
    assert given_up.returncode == 0, given_up.stderr
    if beyond > 0:
        assert f"telemetry/0: the records {committed} to {start - 1}." in given_up.stdout
    else:
        assert "no record, only what its state was restored from." in given_up.stdout
    assert f"goes on at {max(start, committed)}" in given_up.stdout

    log = await open_log(Embedded(tmp_path))
    successor = await restored(log)
    assert (successor.offset, successor.rebuilt is None) == (max(start, committed), False)
    task = new_task(log)
    async with running(task):
        await caught_up(task)
    going_on = await open_visits(log)
    assert going_on
    assert going_on == (await restored(log)).stepper.engine.open_visits()
    audited = [record.value for p in range(12) for record in await everything(log, AUDIT.name, p)]
    assert [audit.action for audit in decode_all(AUDIT.name, audited)] == ["accept loss"]
    await log.close()

    again = stepsix("accept-loss", *options)
    assert "Partition 0 has lost nothing" in again.stdout


async def test_a_partition_that_is_none_is_refused(tmp_path: Path) -> None:
    none = stepsix("accept-loss", "--data-dir", str(tmp_path), "--partition", "0")
    assert "there is no log in" in none.stderr
    await (await open_log(Embedded(tmp_path))).close()
    refused = stepsix("accept-loss", "--data-dir", str(tmp_path), "--partition", "40")
    assert refused.returncode == 2
    assert "there are 12, from 0 to 11" in refused.stderr
