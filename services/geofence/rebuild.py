"""A partition whose state cannot be read: rebuilt from telemetry, and set right in public.

A release writes its state in its own format and another cannot go on from it. Since a unit that is
silent for a day is forgotten anyway, replaying the day before C gives an engine that knows nearly
all that the last one did. What may differ has to be said again, in the first commit after it:

1. Visits that are open by the log and that the rebuilt engine does not have (they began before
   that day, or by other rules) are closed where they were last known.
2. Visits and timesheets under way are told again at the next tick of a minute.
3. Every unit is written in this release's format, and the keys of all others are deleted, so that
   nobody meets the foreign state again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
import structlog

from services.contracts.codec import decode_all
from services.contracts.derived import Visit
from services.contracts.topics import TELEMETRY, VISITS
from services.eventlog.port import EventLog
from services.geofence.emission import Output
from services.geofence.engine import Engine
from services.geofence.saved import Saved
from services.geofence.tracks import FORGOTTEN_AFTER_MS

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The visits to close with the first commit."""

    closed: list[Output]


async def start_of(log: EventLog, partition: int, at: int) -> int:
    """Where a rebuild begins: a day before ``at``, or where the log does."""
    since = max(0, at - FORGOTTEN_AFTER_MS)
    return (await log.offset_at(TELEMETRY.name, since))[partition]


async def rebuild(log: EventLog, engine: Engine, saved: Saved, committed: int) -> Rebuilt:
    """What is to be set right for an engine that was rebuilt up to C, ``committed``."""
    engine.tell_again(committed)
    engine.forgotten += sorted(saved.radios - engine.radios())
    known = engine.open_visits()
    told = await _told_open(log, engine.partition, saved.at)
    closed = [_closed(visit, committed) for visit in told if visit.visit_id not in known]
    _log.warning(
        "state rebuilt from telemetry",
        partition=engine.partition,
        reason=saved.foreign or "there is no state, but the group has committed",
        committed=committed,
        units=len(engine.radios()),
        visits_open=len(known),
        visits_closed=len(closed),
    )
    return Rebuilt(closed)


async def _told_open(log: EventLog, partition: int, at: int) -> Iterable[Visit]:
    """The live visits that the log last said to be open."""
    since = max(0, at - 2 * FORGOTTEN_AFTER_MS)
    start = (await log.offset_at(VISITS.name, since))[partition]
    last: dict[str, Visit] = {}
    async for records in log.read(VISITS.name, partition, start):
        for message in decode_all(VISITS.name, [record.value for record in records]):
            if isinstance(message, Visit) and not message.settled:
                last[message.visit_id] = message
    return [visit for visit in last.values() if visit.state == "open"]


def _closed(visit: Visit, revision: int) -> Output:
    """A visit closed where it was last known; no fix of before C can have this revision."""
    told = msgspec.structs.replace(
        visit, state="closed", left_at=visit.last_fix_time, revision=revision
    )
    return Output(VISITS.name, visit.radio_id, told)
