"""Where a radio was heard again after a loss, read from the log's positions."""

from __future__ import annotations

from services.eventlog.partitioning import partition_of
from services.eventlog.port import EventLog
from services.metrics.blackspots import Loss
from services.metrics.places import Place, metres_between
from services.metrics.track import Track, first_offset, points

NEAR_M = 250.0
_TOLD_LATE_MS = 60_000
"""A loss is told to be over at the next second that passes in the log, sooner or later."""
_FIX_WITHIN_MS = 120_000
"""A radio back from below the ground needs a while to find its satellites."""


async def came_back_near(log: EventLog, loss: Loss) -> bool | None:
    """Whether a radio's first new place was within 250 m of the last before a loss.

    None while the loss goes on, and where the radio showed no place within two minutes.
    """
    if loss.ended_at is None:
        return None
    wanted = Track(
        loss.radio_id,
        partition_of(loss.radio_id.encode(), await log.partitions()),
        since=max(loss.declared_at + 1, loss.ended_at - _TOLD_LATE_MS),
        until=loss.ended_at + _FIX_WITHIN_MS,
    )
    found, _ = await points(log, wanted, await first_offset(log, wanted))
    left = Place(lat=loss.lat, lon=loss.lon)
    for each in found:
        if each.fix_time is not None and each.fix_time > loss.since:
            return metres_between(left, Place(lat=each.lat, lon=each.lon)) <= NEAR_M
    return None
