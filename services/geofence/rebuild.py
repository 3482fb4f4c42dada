"""A partition whose state cannot be read: rebuilt from telemetry, and set right in public.

A release writes its state in its own format and another cannot go on from it. Since a unit that is
silent for a day is forgotten anyway, replaying the day before C gives an engine that knows nearly
all that the last one did. What may differ has to be said again, in the first commit after it:

1. Visits that are open by the log and that the rebuilt engine does not have (they began before
   that day, or by other rules) are closed where they were last known; so are episodes of silence,
   and those that only the rebuilt engine has are told.
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
from services.contracts.derived import Signal, Visit
from services.contracts.message import Message
from services.contracts.topics import SIGNALS, TELEMETRY, VISITS, Topic
from services.eventlog.port import EventLog
from services.geofence.emission import Output
from services.geofence.engine import Engine
from services.geofence.saved import Saved
from services.geofence.silence.listening import told_signals
from services.geofence.tracks import FORGOTTEN_AFTER_MS

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The visits and episodes to set right with the first commit."""

    outputs: list[Output]


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
    episodes = await _set_right(log, engine, saved.at, committed)
    return Rebuilt([*closed, *episodes])


async def _told_open(log: EventLog, partition: int, at: int) -> Iterable[Visit]:
    """The live visits that the log last said to be open."""
    told = await _told(log, VISITS, partition, at)
    last = {each.visit_id: each for each in told if isinstance(each, Visit) and not each.settled}
    return [visit for visit in last.values() if visit.state == "open"]


async def _set_right(log: EventLog, engine: Engine, at: int, committed: int) -> list[Output]:
    """Episodes that the log says go on and the engine does not, and the other way round."""
    told = await _told(log, SIGNALS, engine.partition, at)
    last = {each.episode_id: each for each in told if isinstance(each, Signal)}
    begun = {each.episode_id: each for each in engine.open_signals(committed)}
    over = [
        msgspec.structs.replace(each, ended_at=engine.time, revision=committed)
        for each in last.values()
        if each.ended_at is None and each.episode_id not in begun
    ]
    new = [
        each for name, each in begun.items() if name not in last or last[name].ended_at is not None
    ]
    return told_signals([*over, *new])


async def _told(log: EventLog, topic: Topic, partition: int, at: int) -> list[Message]:
    """What a topic has said since a day before the engine's."""
    start = (await log.offset_at(topic.name, max(0, at - 2 * FORGOTTEN_AFTER_MS)))[partition]
    return [
        message
        async for records in log.read(topic.name, partition, start)
        for message in decode_all(topic.name, [record.value for record in records])
    ]


def _closed(visit: Visit, revision: int) -> Output:
    """A visit closed where it was last known; no fix of before C can have this revision."""
    told = msgspec.structs.replace(
        visit, state="closed", left_at=visit.last_fix_time, revision=revision
    )
    return Output(VISITS.name, visit.radio_id, told)
