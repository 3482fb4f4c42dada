"""Records that retention has removed before they were processed: given up when a person says so.

The task of a partition whose state points below the log's start has stopped (task.py), since going
on means that those records will never count.

1. Claim the partition: from here on nobody goes on with it meanwhile.
2. See what is missing, from S or from C up to the log's start.
3. In one transaction delete the checkpoint and note with the group where to go on: at C, or at the
   log's start where that lies beyond it. The next owner rebuilds the state from what there is.
"""

from __future__ import annotations

from typing import NamedTuple

from services.contracts.codec import encode
from services.contracts.people import Audit
from services.contracts.recovery import CHECKPOINT_KEY
from services.contracts.topics import AUDIT, GEOFENCE_STATE, TELEMETRY
from services.eventlog.port import EventLog, NewRecord
from services.geofence.saved import read_saved
from services.geofence.worker import GROUP


class Loss(NamedTuple):
    """What a partition has lost: its state is of ``restored_from`` on, the log begins at ``start``.

    The records from ``committed`` up to ``start`` were never processed.
    """

    partition: int
    restored_from: int
    committed: int
    start: int

    @property
    def unprocessed(self) -> int:
        """How many offsets that is."""
        return max(0, self.start - self.committed)

    @property
    def what(self) -> str:
        """The range, in words."""
        place = f"{TELEMETRY.name}/{self.partition}"
        if self.unprocessed:
            return f"{place}: the records {self.committed} to {self.start - 1}"
        return f"{place}: no record, only what its state was restored from"


async def accept_loss(log: EventLog, partition: int, *, who: str, at: int) -> Loss | None:
    """Give up what a partition has lost, at ``at`` in epoch ms; None where it has lost nothing.

    Raises LogError.
    """
    async with log.join(GROUP, TELEMETRY.name) as member:
        claim = await member.claim(partition)  # 1
        try:
            checkpoint = (await read_saved(log, partition)).checkpoint
            start = (await log.bounds(TELEMETRY.name))[partition].start
            if checkpoint is None or checkpoint.round_start >= start:
                return None
            loss = Loss(partition, checkpoint.round_start, checkpoint.committed, start)  # 2
            audit = Audit(who=who, action="accept loss", what=loss.what, at=at)
            records = [
                NewRecord(GEOFENCE_STATE.name, CHECKPOINT_KEY.encode(), None, partition),
                NewRecord(AUDIT.name, who.encode(), encode(audit)),
            ]
            await claim.commit(records, max(start, loss.committed))  # 3
        finally:
            await claim.close()
    return loss
