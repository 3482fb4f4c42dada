"""Emission: what the engine says, and when.

Visits are told when a fix enters, leaves or reopens one, and those that grew at the first tick of
a minute; positions of the units heard, and progress, at the first tick of a second. Never by
batch: the same log gives the same outputs, record for record, however it is cut.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from services.contracts.derived import Inside, Position, Progress, Visit
from services.contracts.message import Message
from services.contracts.topics import POSITIONS, VISITS
from services.geofence.dwell import minutes
from services.geofence.unit import Stay, Unit

SECOND_MS = 1_000
MINUTE_MS = 60_000


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


def visits(radio_id: str, stays: Iterable[Stay], revision: int) -> list[Output]:
    """Stays of a unit as they are now."""
    return [Output(VISITS.name, radio_id, _visit(radio_id, stay, revision)) for stay in stays]


def _visit(radio_id: str, stay: Stay, revision: int) -> Visit:
    low_ms, estimate_ms, high_ms = minutes(stay)
    return Visit(
        visit_id=stay.visit_id,
        radio_id=radio_id,
        hotspot_id=stay.hotspot_id,
        hotspot_version=stay.hotspot_version,
        ring=stay.ring,
        entered_at=stay.entered_at,
        last_fix_time=stay.last_fix_time,
        left_at=stay.left_at,
        duration_ms=estimate_ms,
        low_ms=low_ms,
        high_ms=high_ms,
        unknown_ms=stay.unknown_ms,
        fixes=stay.fixes,
        revision=revision,
        state="open" if stay.left_at is None else "closed",
    )


def position(unit: Unit, revision: int) -> Output:
    """Where a unit is by its newest usable fix, and which open visits it has."""
    fix = unit.fix
    hotspots = [
        Inside(hotspot_id=stay.hotspot_id, ring=stay.ring)
        for stay in unit.stays.values()
        if stay.left_at is None
    ]
    known = (
        Position(
            radio_id=unit.radio_id,
            source=unit.source,
            heard_at=unit.heard_at,
            revision=revision,
            status=unit.status,
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
