"""One partition's task: every record of telemetry takes effect exactly once.

1. **Claim** the partition. From here on no earlier owner can commit anything.
2. **Read its state** in ``geofence-state`` to the end: unit snapshots, each with the offset it is
   of, and the checkpoint: C, up to where the partition is committed, and S, from where the
   snapshots can be restored, with the engine's own state as it was at S.
3. **Replay** ``S..C`` silently: its outputs are in the log. Each unit passes over what its snapshot
   has seen. Where another release wrote the state, replay the day before C instead, and set right
   in the first commit what that may have changed (rebuild.py).
4. **Go on** from C. Fetch a batch, step through it, and commit in one transaction what it gave:
   outputs, dead letters, a slice of the changed unit snapshots, the keys of forgotten units, and a
   checkpoint with the new C. Whatever gives nothing to read is committed at least every
   ``QUIET_S``.
5. **Overlap**: while a commit is under way the next batch is fetched and stepped. At most one is
   under way, so batches grow with the load.
6. **Stop** in order: break off 1 to 3, or finish the commit under way and commit once more with
   every changed unit, so that the next owner has nothing to replay.

After any failure everything in memory is dropped: whether the last commit went through is read
back from the log, never guessed. Then, by what failed (keeper.py):

- *Retry, Unavailable*: the brokers have trouble. At 1 again after a pause that grows.
- *Fenced*: a later claim exists, or the brokers ended a transaction of ours that took too long,
  which they tell in the same words. At 1 again once the group, asked afterwards, says that the
  partition is still ours; else this ends when the group's word arrives.
- *Stumbled*: the engine failed on a record. At 1 again, one record at a time where it failed, until
  that record is known; it becomes a dead letter (doubts.py).
- *Truncated*: S or C lies below the log's start. The task stops and names what was lost.
- *Unreadable*: nothing says where C is. The task stops and names what cannot be read.

Other partitions' tasks go on whatever happens to this one.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from services.eventlog.port import Claim, EventLog, Member
from services.geofence.commits import Commits
from services.geofence.doubts import Doubts
from services.geofence.instruments import Instruments
from services.geofence.pending import Pending
from services.geofence.restore import Restored, Restorer
from services.geofence.standing import Standing
from services.geofence.stopping import unless_stopped
from services.geofence.teaching import Teacher

MOST_RECORDS = 5_000
"""The largest batch: some 20 ms of stepping, for which everything else in the process waits."""
WAIT_S = 0.5
"""How long to wait for records, and so for a stop to be noticed."""
QUIET_S = 5.0
"""How long what gave nothing to read may stay uncommitted."""


@dataclass(frozen=True, slots=True)
class Task:
    """The task of one partition, run again after each failure."""

    partition: int
    log: EventLog
    teacher: Teacher
    standing: Standing
    instruments: Instruments
    doubts: Doubts = field(default_factory=Doubts)

    async def run(self, member: Member, stop: asyncio.Event) -> None:
        """Own the partition until ``stop`` is set.

        Raises Stopped where that comes before 4, and what the log or the engine raises.
        """
        now = asyncio.get_running_loop().time
        began = now()
        self.standing.taking_up()
        claim = await unless_stopped(stop, member.claim(self.partition))  # 1
        try:
            restored = await unless_stopped(stop, self._restorer().restore(member))  # 2, 3
            await claim.seek(restored.offset)
            self.instruments.restore_seconds.observe(now() - began)
            self.standing.took_up(restored.offset, restored.stepper.engine.time)
            await self._go_on(claim, restored, stop)
        finally:
            await claim.close()

    def _restorer(self) -> Restorer:
        replayed = self.standing.replayed
        return Restorer(self.log, self.teacher, self.partition, self.doubts, replayed)

    async def _go_on(self, claim: Claim, restored: Restored, stop: asyncio.Event) -> None:
        pending = Pending(restored.stepper.engine, restored.rounds, restored.offset)
        commits = Commits(claim, self.standing, self.instruments)
        try:
            if restored.rebuilt is not None:
                self.instruments.rebuilt()
                pending.set_right(restored.rebuilt)
                commits.start(pending.take(whole=True))
            while not stop.is_set():
                await self._step(claim, restored, pending)  # 4
                commits.check()
                if pending.any_output or (pending.any_progress and commits.quiet_s > QUIET_S):
                    await commits.done()  # 5
                    commits.start(pending.take())
            await commits.done()  # 6
            commits.start(pending.take(whole=True))
            await commits.done()
        finally:
            await commits.drop()

    async def _step(self, claim: Claim, restored: Restored, pending: Pending) -> None:
        """Fetch a batch and step through it."""
        records = await claim.fetch(MOST_RECORDS, WAIT_S)
        if records:
            stepped = await restored.stepper.through(records)
            pending.add(stepped, records[-1].offset + 1)
