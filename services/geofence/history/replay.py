"""Replay: what a period came to, or would have come to with other boundaries."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import msgspec

from services.contracts.derived import Timesheet, Visit
from services.eventlog.port import EventLog
from services.geofence.account import account
from services.geofence.history.boundaries import Boundaries, surveyor_of
from services.geofence.history.gathering import Gathered, Gatherer
from services.geofence.history.identity import id_of
from services.geofence.history.period import Period
from services.geofence.history.watching import Watcher
from services.geofence.survey import Surveyor


@dataclass(slots=True)
class Figures:
    """Visits and timesheets that began in a period, and how many units they are of.

    ``unreadable`` counts the records that are no messages.
    """

    visits: list[Visit] = field(default_factory=list)
    timesheets: list[Timesheet] = field(default_factory=list)
    units: int = 0
    unreadable: int = 0


async def replay(
    log: EventLog, period: Period, boundaries: Boundaries, watcher: Watcher
) -> Figures:
    """Account for a period, in the order of time. Nothing is written.

    Raises Truncated where the log has lost part of it, and the log's other errors.
    """
    surveyor = await surveyor_of(log, boundaries)
    gatherer = await Gatherer.begin(log, period, watcher)
    figures = Figures()
    for partition in gatherer.partitions:
        gathered = await gatherer.gather(partition, watcher)
        await account_for(figures, gathered, surveyor, period, watcher)
    figures.visits.sort(key=lambda v: (v.entered_at, v.radio_id, v.hotspot_id, v.ring))
    figures.timesheets.sort(key=lambda sheet: (sheet.since, sheet.radio_id))
    return figures


async def account_for(
    figures: Figures, gathered: Gathered, surveyor: Surveyor, period: Period, watcher: Watcher
) -> None:
    """Add to ``figures`` what the units of one partition came to in a period."""
    until = min(gathered.engine_time, period.taken_until)
    watcher.units_ahead(len(gathered.packed))
    figures.unreadable += gathered.unreadable
    for radio_id, fixes, given in gathered.units():
        came_to = account(surveyor, radio_id, fixes, until, given)
        visits = [visit for visit in came_to.visits if period.holds(visit.entered_at)]
        sheets = [sheet for sheet in came_to.timesheets if period.holds(sheet.since)]
        figures.visits += [msgspec.structs.replace(v, visit_id=id_of(v)) for v in visits]
        figures.timesheets += sheets
        figures.units += bool(visits or sheets)
        watcher.unit_accounted()
        await asyncio.sleep(0)  # the log's own work goes on beside a long run
