"""Taking up a partition where the last owner's last commit left it.

These are steps 2 and 3 of the protocol in ``task``. The snapshots in ``geofence-state`` were
written over many commits; replaying ``S..C`` brings every unit to the same offset, C. What the
replay puts out is in the log already and is dropped.

Where this release cannot read the state, it is rebuilt from the last day of telemetry (rebuild.py).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from services.contracts.topics import TELEMETRY
from services.eventlog.partitioning import partition_of
from services.eventlog.port import EventLog, LogError, Member
from services.geofence.doubts import Doubts
from services.geofence.engine import Engine
from services.geofence.rebuild import Rebuilt, rebuild, start_of
from services.geofence.rounds import Rounds
from services.geofence.saved import Saved, read_saved
from services.geofence.silence.awaiting import Owns
from services.geofence.stepping import Stepper
from services.geofence.teaching import Teacher

OnReplayed = Callable[[int], None]
"""Hears how many records are still to be replayed."""


class Unreadable(LogError):
    """The state cannot be read, and nothing says how far the partition is committed."""


@dataclass(frozen=True, slots=True)
class Restored:
    """A partition's engine as it was at ``offset``, C, with its rounds of snapshots.

    ``rebuilt`` says what else has to be committed where the state could not be read.
    """

    stepper: Stepper
    offset: int
    rounds: Rounds
    rebuilt: Rebuilt | None = None


@dataclass(frozen=True, slots=True)
class Restorer:
    """What every restore of one partition needs; ``doubts`` is of this process."""

    log: EventLog
    teacher: Teacher
    partition: int
    doubts: Doubts
    on_replayed: OnReplayed

    async def restore(self, member: Member) -> Restored:
        """The engine at C. Raises Truncated, Unreadable, Stumbled and the log's other errors."""
        saved = await read_saved(self.log, self.partition)
        if saved.foreign is None and saved.checkpoint is not None:
            try:
                return await self._from_state(saved)
            except msgspec.DecodeError as error:
                saved.foreign = f"what it holds cannot be read: {error}"
        committed = await self._committed(saved, member)
        if committed is None:
            return await self._from_the_start()
        return await self._rebuild(saved, committed)

    async def _from_state(self, saved: Saved) -> Restored:
        """Each unit as of its own snapshot, and the replay of ``S..C``."""
        checkpoint = saved.checkpoint
        assert checkpoint is not None  # noqa: S101 - the caller has looked
        body, start = bytes(checkpoint.body), checkpoint.round_start
        engine = Engine.restore(self.partition, await self._owns(), body)
        await self.teacher.teach(engine, 0, engine.reference_offset)
        for unit in saved.units:
            engine.put(unit.radio_id, unit.offset, bytes(unit.body))
        stepper = await self._replayed(engine, start, checkpoint.committed)
        engine.listen(bytes(checkpoint.outages))
        return Restored(stepper, checkpoint.committed, Rounds(start, body))

    async def _from_the_start(self) -> Restored:
        """An engine that knows nothing yet, at the first record there is."""
        start = await start_of(self.log, self.partition, 0)
        engine = Engine(self.partition, await self._owns())
        return Restored(self._stepper(engine), start, Rounds(start, engine.body()))

    async def _rebuild(self, saved: Saved, committed: int) -> Restored:
        engine = Engine(self.partition, await self._owns())
        start = await start_of(self.log, self.partition, saved.at)
        stepper = await self._replayed(engine, start, committed)
        rebuilt = await rebuild(self.log, engine, saved, committed)
        return Restored(stepper, committed, Rounds(committed, engine.body()), rebuilt)

    async def _committed(self, saved: Saved, member: Member) -> int | None:
        """C: by the checkpoint, else by what every commit notes with the group as well."""
        if saved.checkpoint is not None:
            return saved.checkpoint.committed
        committed = await member.committed(self.partition)
        if committed is None and saved.keys:
            message = (
                f"the state of partition {self.partition} cannot be read ({saved.foreign}), and"
                " nothing says how far it is committed: run the release that wrote it"
            )
            raise Unreadable(message)
        return committed

    async def _replayed(self, engine: Engine, start: int, end: int) -> Stepper:
        """The engine stepped silently from ``start`` to ``end``. Raises Truncated."""
        stepper = self._stepper(engine)
        async for records in self.log.read(TELEMETRY.name, self.partition, start, end):
            await stepper.through(records)
            self.on_replayed(end - records[-1].offset - 1)
        engine.set_aside.clear()
        engine.forgotten.clear()
        engine.take_pressing()
        return stepper

    async def _owns(self) -> Owns:
        """Whether a radio's key leads to this partition."""
        partitions = await self.log.partitions()
        return lambda radio_id: partition_of(radio_id.encode(), partitions) == self.partition

    def _stepper(self, engine: Engine) -> Stepper:
        return Stepper(engine, self.teacher, self.doubts)
