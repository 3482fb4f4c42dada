"""A town's day on a log whose clock the test sets, the figures it showed, and its final ones."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, time
from pathlib import Path
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from services.contracts.codec import decode_all, encode
from services.contracts.days import Days
from services.contracts.derived import Settlement, Timesheet, Visit
from services.contracts.message import Message
from services.contracts.reference import Duty, key_of
from services.contracts.telemetry import Tick
from services.contracts.topics import REFERENCE, TELEMETRY, TIMESHEETS, VISITS
from services.eventlog.embedded.log import EmbeddedLog
from services.eventlog.port import EventLog, NewRecord
from tests.support.eventlogs import everything
from tests.support.patrols import INTERVAL_MS, Patrols, hotspot
from tests.support.working import working

DAYS = Days(ZoneInfo("UTC"), time(0))
DAY = date(2025, 5, 28)
START = DAYS.start_of(DAY) + 20 * 3_600_000
"""Eight in the evening."""
DAY_MS = 86_400_000
BEATS = 260

F = TypeVar("F", Visit, Timesheet)


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: int) -> None:
        self.now = now

    def __call__(self) -> int:
        """What it says."""
        return self.now


class Unwatched:
    """A watcher who looks away."""

    def records_ahead(self, count: int) -> None:
        """Look away."""

    def records_read(self, count: int) -> None:
        """Look away."""

    def units_ahead(self, count: int) -> None:
        """Look away."""

    def unit_accounted(self) -> None:
        """Look away."""


class Shown(NamedTuple):
    """Figures, whoever said them: visits by id, timesheets by radio and ``since``."""

    visits: dict[str, Visit]
    timesheets: dict[tuple[str, int], Timesheet]


@asynccontextmanager
async def log_at(folder: Path, clock: Clock) -> AsyncIterator[EventLog]:
    """An embedded log with two partitions that stamps by the clock."""
    log = await EmbeddedLog.open(folder, 2, clock)
    try:
        yield log
    finally:
        await log.close()


async def draw(log: EventLog, *more: Duty) -> int:
    """Draw the hot spots of the town, and say who is on duty; the end of ``reference``."""
    duties = [NewRecord(REFERENCE.name, key_of(d).encode(), encode(d)) for d in more]
    ends = await log.append([*(hotspot(number, 0) for number in range(5)), *duties])
    return ends[REFERENCE.name, 0]


def duty(radio_id: str, since: int, until: int) -> Duty:
    """A radio's duty."""
    return Duty(
        duty_id=f"d-{radio_id}",
        radio_id=radio_id,
        since=since,
        until=until,
        officer_ids=["P1"],
        effective_from=since,
        changed_by="test",
    )


async def patrol(
    log: EventLog,
    clock: Clock,
    seed: int,
    start: int,
    reference_end: int,
    withheld: str | None = None,
) -> list[NewRecord]:
    """Some twenty minutes of everybody's walking, as it happens.

    What is ``withheld``, a radio's, is not appended but given back.
    """
    patrols = Patrols(seed, start=start, units=8)
    held: list[NewRecord] = []
    for beat in range(1, BEATS + 1):
        clock.now = start + beat * INTERVAL_MS + 400
        records = patrols.beat(await log.partitions(), reference_end)
        late = [each for each in records if withheld and each.key == withheld.encode()]
        await log.append([each for each in records if each not in late])
        held += late
    return held


async def tick(log: EventLog, at: int, reference_end: int) -> None:
    """A tick on every partition."""
    message = Tick(instance="ingest-1", at=at, reference_offset=reference_end)
    await log.append(
        [
            NewRecord(TELEMETRY.name, b"ingest-1", encode(message), partition)
            for partition in range(await log.partitions())
        ]
    )


async def run_engine(log: EventLog) -> None:
    """Let the engine take everything there is in telemetry, and stop it."""
    async with working(log) as worker:
        ends = await log.bounds(TELEMETRY.name)
        for _ in range(1_500):
            standings = worker.standings
            if all(p in standings and standings[p].offset >= e.end for p, e in ends.items()):
                return
            await asyncio.sleep(0.02)
    raise AssertionError(worker.standings)


async def live(log: EventLog) -> Shown:
    """What the engine has said of the day, each by its last revision."""
    visits: dict[str, Visit] = {}
    sheets: dict[tuple[str, int], Timesheet] = {}
    for message in [*await messages(log, VISITS.name), *await messages(log, TIMESHEETS.name)]:
        if isinstance(message, Visit) and not message.settled:
            visits[message.visit_id] = message
        elif isinstance(message, Timesheet) and not message.settled:
            sheets[message.radio_id, message.since] = message
    day = DAYS.span(DAY)
    return Shown(
        {
            visit_id: _bare(visit)
            for visit_id, visit in visits.items()
            if visit.state != "retracted" and day.start <= visit.entered_at < day.end
        },
        {
            key: _bare(sheet)
            for key, sheet in sheets.items()
            if sheet.until > sheet.since and day.start <= sheet.since < day.end
        },
    )


async def final(log: EventLog) -> Shown:
    """The figures of the last settlement of each partition."""
    visits: dict[str, Visit] = {}
    sheets: dict[tuple[str, int], Timesheet] = {}
    for partition in range(await log.partitions()):
        for message in await _since_settled(log, VISITS.name, partition):
            assert isinstance(message, Visit)
            visits[message.visit_id] = _bare(message)
        for message in await _since_settled(log, TIMESHEETS.name, partition):
            assert isinstance(message, Timesheet)
            sheets[message.radio_id, message.since] = _bare(message)
    return Shown(visits, sheets)


async def becomes_final(log: EventLog, run: int) -> Shown:
    """The final figures once so many settlements show everywhere; a commit does after a moment."""
    for _ in range(200):
        announced = [
            len(await settlements(log, partition, topic))
            for partition in range(await log.partitions())
            for topic in (VISITS.name, TIMESHEETS.name)
        ]
        if min(announced) == run:
            return await final(log)
        await asyncio.sleep(0.05)
    raise AssertionError(announced)


async def begun_to_forget(log: EventLog) -> None:
    """Wait until retention has removed some telemetry."""
    for _ in range(500):
        if (await log.bounds(TELEMETRY.name))[0].start:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(await log.bounds(TELEMETRY.name))


async def settlements(log: EventLog, partition: int, topic: str = VISITS.name) -> list[Settlement]:
    """Every settlement announced in a partition."""
    found = await messages(log, topic, partition)
    return [message for message in found if isinstance(message, Settlement)]


async def messages(log: EventLog, topic: str, partition: int | None = None) -> list[Message]:
    """Everything that one topic says."""
    found: list[Message] = []
    partitions = range(await log.partitions()) if partition is None else [partition]
    for each in partitions:
        records = await everything(log, topic, each)
        found += decode_all(topic, [record.value for record in records])
    return found


async def _since_settled(log: EventLog, topic: str, partition: int) -> list[Message]:
    said = await messages(log, topic, partition)
    last = max(i for i, message in enumerate(said) if isinstance(message, Settlement))
    figures = [
        message
        for message in said[last + 1 :]
        if isinstance(message, Visit | Timesheet) and message.settled
    ]
    return list(figures)


def _bare(figure: F) -> F:
    return msgspec.structs.replace(figure, revision=0, settled=False)
