"""Emission: what the engine says, and when.

Visits are told when a fix enters, leaves or reopens one and when a rewind changes one, and those
that grew at the first tick of a minute; timesheets that changed at the first tick of a minute;
positions of the units heard, and progress, at the first tick of a second. Never by batch: the same
log gives the same outputs, record for record, however it is cut.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from services.contracts.derived import (
    Inside,
    Position,
    Progress,
    RingTimes,
    Timesheet,
    UnknownSpan,
    Visit,
)
from services.contracts.message import Message
from services.contracts.topics import POSITIONS, TIMESHEETS, VISITS
from services.geofence.dwell import ring_bounds, visit_bounds
from services.geofence.sheet import Sheet, Times
from services.geofence.statuses import Given, held
from services.geofence.unit import Stay, Unit

SECOND_MS = 1_000
MINUTE_MS = 60_000
_NONE = Times()


class Output(NamedTuple):
    """A message to append to the partition of the input it comes from."""

    topic: str
    key: str
    message: Message


class Beat(msgspec.Struct):
    """A beat of engine time: a period, the last one told of, and the tick that began it."""

    every_ms: int
    period: int = -1
    offset: int = -1

    def first(self, time: int) -> bool:
        """Whether ``time`` lies in a later period than the last one told of."""
        return time // self.every_ms > self.period

    def mark(self, time: int, offset: int) -> None:
        """Take note that the period of ``time`` is told of, by the tick at ``offset``."""
        self.period = time // self.every_ms
        self.offset = offset


def visits(unit: Unit, stays: Iterable[Stay], revision: int) -> list[Output]:
    """Stays of a unit as they are now."""
    radio_id, given = unit.radio_id, unit.statuses
    return [Output(VISITS.name, radio_id, visit(radio_id, stay, given, revision)) for stay in stays]


def retractions(unit: Unit, stays: Iterable[Stay], revision: int) -> list[Output]:
    """Stays of a unit that turned out never to have been."""
    return [
        output._replace(message=msgspec.structs.replace(output.message, state="retracted"))
        for output in visits(unit, stays, revision)
    ]


def visit(radio_id: str, stay: Stay, given: Sequence[Given], revision: int) -> Visit:
    """A stay as it is told, with which of the given statuses held."""
    bounds = visit_bounds(stay)
    return Visit(
        visit_id=stay.visit_id,
        radio_id=radio_id,
        source=stay.source,
        hotspot_id=stay.hotspot_id,
        hotspot_version=stay.hotspot_version,
        ring=stay.ring,
        entered_at=stay.entered_at,
        last_fix_time=stay.last_fix_time,
        left_at=stay.left_at,
        duration_ms=bounds.estimate_ms,
        low_ms=bounds.low_ms,
        high_ms=bounds.high_ms,
        unknown_ms=stay.unknown_ms,
        statuses=held(given, stay.entered_at, stay.ends),
        fixes=stay.fixes,
        revision=revision,
        state="open" if stay.left_at is None else "closed",
    )


def timesheets(unit: Unit, sheets: Iterable[Sheet], revision: int) -> list[Output]:
    """Timesheets of a unit as they are now, and those to be taken back."""
    radio_id = unit.radio_id
    withdrawn, unit.withdrawn = unit.withdrawn, []
    taken_back = [
        timesheet(radio_id, Sheet(since=at, ends=at, until=at), {}, revision) for at in withdrawn
    ]
    told = [timesheet(radio_id, sheet, unit.aside, revision) for sheet in sheets]
    return [Output(TIMESHEETS.name, radio_id, each) for each in (*taken_back, *told)]


def timesheet(
    radio_id: str, sheet: Sheet, aside: Mapping[int, Mapping[str, int]], revision: int
) -> Timesheet:
    """A sheet as it is told, with what was set aside in it before it came to the trail."""
    unused = Counter(sheet.set_aside)
    for minute, counts in aside.items():
        if sheet.since <= minute < sheet.ends:
            unused.update(counts)
    return Timesheet(
        radio_id=radio_id,
        since=sheet.since,
        until=sheet.until,
        inside_ms=sheet.inside_ms,
        outside_ms=sheet.outside_ms,
        unknown_ms=sheet.unknown_ms,
        fixes=sheet.fixes,
        revision=revision,
        hotspots=_by_hotspot(sheet.rings),
        unknown=[UnknownSpan(since=since, until=until) for since, until in sheet.unknown],
        set_aside=dict(sorted(unused.items())),
    )


def set_aside(aside: dict[int, dict[str, int]], received_at: int, reason: str) -> None:
    """Count a fix that never came to its trail, for the sheet of when it was received."""
    counts = aside.setdefault(received_at - received_at % MINUTE_MS, {})
    counts[reason] = counts.get(reason, 0) + 1


def _by_hotspot(rings: Mapping[str, Times]) -> dict[str, RingTimes]:
    """The times of both rings of each hot spot of which one was touched."""
    names = sorted({place.rpartition("/")[0] for place in rings})
    return {
        name: RingTimes(
            core=ring_bounds(rings.get(f"{name}/core", _NONE)),
            catchment=ring_bounds(rings.get(f"{name}/catchment", _NONE)),
        )
        for name in names
    }


def position(unit: Unit, revision: int) -> Output:
    """Where a unit is by its newest usable fix, and which open visits it has."""
    fix = unit.fix
    hotspots = [
        Inside(hotspot_id=stay.hotspot_id, ring=stay.ring)
        for stay in unit.course.stays.values()
        if stay.left_at is None
    ]
    known = (
        Position(
            radio_id=unit.radio_id,
            source=unit.source,
            heard_at=unit.heard_at,
            revision=revision,
            status=unit.status,
            cell_id=unit.cell_id,
            hotspots=hotspots,
        )
        if fix is None
        else Position(
            radio_id=unit.radio_id,
            source=unit.source,
            heard_at=unit.heard_at,
            revision=revision,
            lat=fix.lat,
            lon=fix.lon,
            accuracy_m=unit.accuracy_m if fix.accuracy_m is None else fix.accuracy_m,
            heading_deg=fix.heading_deg,
            speed_mps=fix.speed_mps,
            fix_time=fix.fix_time,
            status=unit.status,
            cell_id=unit.cell_id,
            hotspots=hotspots,
        )
    )
    return Output(POSITIONS.name, unit.radio_id, known)


def progress(partition: int, time: int, reference_offset: int, revision: int) -> Output:
    """How far the engine of a partition is."""
    message = Progress(
        partition=partition,
        revision=revision,
        engine_time=time,
        reference_offset=reference_offset,
    )
    return Output(POSITIONS.name, str(partition), message)
