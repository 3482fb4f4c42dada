"""What has been derived since the last commit, and the records of the commit it becomes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from services.contracts.codec import encode
from services.contracts.recovery import CHECKPOINT_KEY, Checkpoint, UnitSnapshot
from services.contracts.topics import DEAD_LETTERS, GEOFENCE_STATE
from services.eventlog.port import NewRecord
from services.geofence.emission import Output
from services.geofence.engine import FORMAT, Engine
from services.geofence.instruments import Work
from services.geofence.rebuild import Rebuilt
from services.geofence.rounds import Rounds
from services.geofence.stepping import Stepped


@dataclass(frozen=True, slots=True)
class Transaction:
    """All that one commit makes final: telemetry up to ``offset``, at ``engine_time``."""

    records: list[NewRecord]
    offset: int
    engine_time: int
    work: Work


class Pending:
    """What one partition has derived up to ``offset`` and not begun to commit."""

    def __init__(self, engine: Engine, rounds: Rounds, offset: int) -> None:
        self._offset = offset
        self._taken = offset
        self._partition = engine.partition
        self._engine = engine
        self._rounds = rounds
        self._records: list[NewRecord] = []
        self._work = Work()

    def add(self, stepped: Stepped, offset: int) -> None:
        """Take in what a batch up to ``offset`` gave."""
        self._put_out(stepped.outputs)
        self._records += stepped.letters
        self._work.records += stepped.kinds
        self._work.outputs[DEAD_LETTERS.name] += len(stepped.letters)
        self._offset = offset

    def set_right(self, rebuilt: Rebuilt) -> None:
        """Take in what a rebuilt state has to say, before anything else."""
        self._put_out(rebuilt.outputs)

    @property
    def any_output(self) -> bool:
        """Whether there is something that somebody may wait for."""
        return bool(self._records)

    @property
    def any_progress(self) -> bool:
        """Whether anything was stepped through at all."""
        return self._offset > self._taken

    def take(self, *, whole: bool = False) -> Transaction:
        """Seal what is pending; afterwards nothing is.

        With it go the keys of forgotten units, deleted, the unit snapshots that are due (every
        changed one if ``whole``; a unit may have been forgotten and heard again) or pressing, and
        the checkpoint.
        """
        gone = [self._state(radio_id, None) for radio_id in self._engine.forgotten]
        self._engine.forgotten.clear()
        pressing = self._engine.take_pressing()
        due = dict.fromkeys([*self._due(whole=whole), *pressing])
        snapshots = [self._snapshot(radio_id) for radio_id in due]
        records = [*self._records, *gone, *snapshots, self._checkpoint()]
        self._work.set_aside, self._engine.set_aside = self._engine.set_aside, Counter()
        sealed = Transaction(records, self._offset, self._engine.time, self._work)
        self._records, self._work, self._taken = [], Work(), self._offset
        return sealed

    def _put_out(self, outputs: Sequence[Output]) -> None:
        partition = self._partition
        self._records += [
            NewRecord(output.topic, output.key.encode(), encode(output.message), partition)
            for output in outputs
        ]
        self._work.outputs.update(output.topic for output in outputs)

    def _due(self, *, whole: bool) -> list[str]:
        engine = self._engine
        changed = list(engine.changed())
        if whole:
            self._rounds.finish(self._offset, engine.body())
            return changed
        return self._rounds.due(self._offset, engine.time, changed, engine.body)

    def _snapshot(self, radio_id: str) -> NewRecord:
        snapshot = UnitSnapshot(
            format=FORMAT,
            radio_id=radio_id,
            offset=self._offset,
            body=msgspec.Raw(self._engine.snapshot(radio_id)),
        )
        return self._state(radio_id, snapshot)

    def _checkpoint(self) -> NewRecord:
        checkpoint = Checkpoint(
            format=FORMAT,
            committed=self._offset,
            round_start=self._rounds.start,
            body=msgspec.Raw(self._rounds.body),
            outages=msgspec.Raw(self._engine.outages()),
        )
        return self._state(CHECKPOINT_KEY, checkpoint)

    def _state(self, key: str, message: UnitSnapshot | Checkpoint | None) -> NewRecord:
        value = None if message is None else encode(message)
        return NewRecord(GEOFENCE_STATE.name, key.encode(), value, self._partition)
