"""The demo's log brought up to now, before it is served.

1. A new town began seven of the force's days before today, and today five hours ago or a little
   more: whatever the time, today's figures say something. A town that the log knows goes on.
2. ``reference`` is told of the town, and of every shift up to the next one.
3. Telemetry is given what was to be heard since its newest record, of the last seven days at most.
4. Each of those days is settled.
5. What was to be heard meanwhile follows.
6. The town's streets are written beside the log, for the page to draw.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.cli.bars import Bar, HistoryBars, bars
from services.cli.demo.ground import with_streets
from services.cli.demo.hearing import Ear
from services.cli.demo.knowledge import beginning, rosters_of, town_of, unknown
from services.contracts.codec import decode_all, encode
from services.contracts.days import Days
from services.contracts.derived import Settlement
from services.contracts.reference import key_of
from services.contracts.register import Register
from services.contracts.topics import REFERENCE, TELEMETRY, VISITS
from services.edge.reference import read_register
from services.eventlog.embedded.past import write_past
from services.eventlog.port import EventLog, NewRecord
from services.geofence.history.settlement import settle
from services.settings import Settings, WrongSetting
from services.simulator.shifts import shift_at, shift_of
from services.simulator.world import World

SEED, OFFICERS = 1, 12
SETTLED_DAYS = 7
_TODAY_BEGAN_S = 5 * 3600
_HOUR_MS = 3_600_000
_NOT_OURS = "--data-dir: {} holds a log that is not the demo's; name another folder"


async def bring_up_to_now(log: EventLog, settings: Settings, clock: Callable[[], int]) -> Settings:
    """Do all that; the settings by which to serve the demo: its days and streets are the town's.

    Raises LogError, and WrongSetting where the log is not the demo's.
    """
    register = await read_register(log)
    newest = await _newest(log)
    known = beginning(register)
    if known is None and newest is not None:
        raise WrongSetting(_NOT_OURS.format(settings.data_dir))
    now = clock()
    settings = settings.model_copy(update={"day_starts": _day_starts(now, known, settings.zone)})
    days = Days(settings.zone, settings.day_starts)
    today = days.day_of(now)
    past = [today - timedelta(days=each) for each in range(SETTLED_DAYS, 0, -1)]
    began = days.start_of(past[0]) if known is None else known  # 1
    since = max(days.start_of(past[0]), began if newest is None else newest)
    world = World(SEED, OFFICERS, began, since)
    await _tell(log, register, world, began, settings.day_starts, now)  # 2
    with bars() as progress:
        writing = await _Writing.begin(log, settings, world, days.start_of(today))
        await writing.write(since, now, Bar(progress, "Simulating hours"))  # 3
        done = await _settled(log)
        for day in past:
            if day.isoformat() not in done:
                await settle(log, day, days, clock, HistoryBars(progress))  # 4
        await writing.write(now, clock(), Bar(progress, "Simulating hours"))  # 5
    return with_streets(settings, world.town)  # 6


class _Writing:
    """Writes what the town's radios say, an hour at a time, so that it can be stopped."""

    def __init__(self, settings: Settings, world: World, ear: Ear) -> None:
        self._settings = settings
        self._world = world
        self._ear = ear

    @classmethod
    async def begin(
        cls, log: EventLog, settings: Settings, world: World, ticks_from: int
    ) -> _Writing:
        """Learn what ``reference`` says now."""
        end = (await log.bounds(REFERENCE.name))[0].end
        register = await read_register(log)
        partitions = await log.partitions()
        return cls(settings, world, Ear(settings.instance, partitions, register, end, ticks_from))

    async def write(self, since: int, until: int, bar: Bar) -> None:
        """Write from ``since`` to ``until`` (epoch ms)."""
        hours = range(since, until, _HOUR_MS)
        bar.ahead(len(hours))
        for hour in hours:
            moments = self._ear.hear(self._world, hour, min(hour + _HOUR_MS, until))
            where = self._settings
            await asyncio.to_thread(write_past, where.data_dir, where.partitions, moments)
            bar.done(1)


def _day_starts(now: int, began: int | None, zone: ZoneInfo) -> time:
    """At which hour the town's days start."""
    if began is None:
        return time(datetime.fromtimestamp(now / 1000 - _TODAY_BEGAN_S, zone).hour)
    return datetime.fromtimestamp(began / 1000, zone).time()


async def _tell(
    log: EventLog, register: Register, world: World, began: int, day_starts: time, now: int
) -> None:
    numbers = range(world.shift.number, shift_at(now, began).number + 2)
    shifts = [shift_of(number, began) for number in (0, *numbers)]
    town = [*town_of(world, began, day_starts), *rosters_of(shifts, OFFICERS)]
    await log.append(
        [
            NewRecord(REFERENCE.name, key_of(message).encode(), encode(message))
            for message in unknown(register, town)
        ]
    )


async def _newest(log: EventLog) -> int | None:
    """The timestamp of telemetry's newest record; None where there is none."""
    stamps = [
        record.timestamp
        for partition, there in (await log.bounds(TELEMETRY.name)).items()
        if there.end > there.start
        async for records in log.read(TELEMETRY.name, partition, there.end - 1)
        for record in records
    ]
    return max(stamps, default=None)


async def _settled(log: EventLog) -> set[str]:
    """The days that were settled to the end, which is the last partition."""
    partition, there = max((await log.bounds(VISITS.name)).items())
    return {
        message.day
        async for records in log.read(VISITS.name, partition, there.start)
        for message in decode_all(VISITS.name, [record.value for record in records])
        if isinstance(message, Settlement)
    }
