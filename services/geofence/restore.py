"""Taking up a partition where the last owner's last commit left it.

These are steps 2 and 3 of the protocol in ``task``. The snapshots in ``geofence-state`` were
written over many commits; replaying ``S..C`` brings every unit to the same offset, C. What the
replay puts out is in the log already and is dropped.

Where a release cannot read the state of another one, it starts from nothing a day before C:
the state of a unit silent for longer is not kept anyway.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from services.contracts.codec import Undecodable, decode
from services.contracts.recovery import Checkpoint, UnitSnapshot
from services.contracts.topics import GEOFENCE_STATE, TELEMETRY
from services.eventlog.port import EventLog, LogError
from services.geofence.engine import FORMAT, Engine
from services.geofence.intake import take_in
from services.geofence.rounds import Rounds
from services.geofence.stepping import step_through
from services.geofence.teaching import Teacher

REMEMBERED = timedelta(hours=24)
"""For how long a silent unit's state is kept."""


class Unreadable(LogError):
    """A record of ``geofence-state`` is no message of this release; names it and the remedy."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A partition's engine as it was at ``offset``, C, with its rounds of snapshots."""

    engine: Engine
    offset: int
    rounds: Rounds


@dataclass(slots=True)
class _State:
    """What ``geofence-state`` holds of one partition; ``at`` is when its checkpoint was written."""

    checkpoint: Checkpoint | None = None
    at: int = 0
    units: dict[str, UnitSnapshot] = field(default_factory=dict)


async def restore(log: EventLog, teacher: Teacher, partition: int) -> Restored:
    """The engine of a partition at C. Raises Truncated, Unreadable and the log's other errors."""
    state = await _read_state(log, partition)
    if state.checkpoint is None:
        return await _from_nothing(log, partition, at=0)
    if state.checkpoint.format == FORMAT:
        begun = await _from_state(teacher, partition, state.checkpoint, state.units)
    else:
        begun = await _from_nothing(log, partition, state.at - _ms(REMEMBERED))
    committed = state.checkpoint.committed
    async for records in log.read(TELEMETRY.name, partition, begun.offset, committed):
        await step_through(begun.engine, teacher, take_in(partition, records))
    begun.engine.set_aside.clear()
    return Restored(begun.engine, committed, begun.rounds)


async def _read_state(log: EventLog, partition: int) -> _State:
    state = _State()
    start = (await log.bounds(GEOFENCE_STATE.name))[partition].start
    async for records in log.read(GEOFENCE_STATE.name, partition, start):
        for record in records:
            message = decode(GEOFENCE_STATE.name, record.value)
            if isinstance(message, Checkpoint):
                state.checkpoint, state.at = message, record.timestamp
            elif isinstance(message, UnitSnapshot):
                state.units[message.radio_id] = message
            elif isinstance(message, Undecodable):
                problem = (
                    f"record {record.offset} of {GEOFENCE_STATE.name} partition {partition} "
                    f"cannot be read ({message.reason}); run the release that wrote it"
                )
                raise Unreadable(problem)
    return state


async def _from_state(
    teacher: Teacher, partition: int, checkpoint: Checkpoint, units: dict[str, UnitSnapshot]
) -> Restored:
    """The engine as at S, with each unit as of its own snapshot."""
    body = bytes(checkpoint.body)
    engine = Engine.restore(partition, body)
    await teacher.teach(engine, 0, engine.reference_offset)
    for unit in units.values():
        if unit.format == FORMAT:
            engine.put(unit.radio_id, unit.offset, bytes(unit.body))
    start = checkpoint.round_start
    return Restored(engine, start, Rounds(start, body))


async def _from_nothing(log: EventLog, partition: int, at: int) -> Restored:
    """An engine that knows nothing yet, at the first record the log has from ``at`` on."""
    engine = Engine(partition)
    start = (await log.offset_at(TELEMETRY.name, at))[partition]
    return Restored(engine, start, Rounds(start, engine.body()))


def _ms(duration: timedelta) -> int:
    return duration // timedelta(milliseconds=1)
