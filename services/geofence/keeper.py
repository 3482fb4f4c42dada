"""Keeps one partition's task going: what is mended by starting over, and when; what is not."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import structlog

from services.eventlog.port import Fenced, LogError, Member, Truncated
from services.geofence.doubts import Stumbled
from services.geofence.restore import Unreadable
from services.geofence.stopping import Stopped, unless_stopped
from services.geofence.task import Task

FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 10.0
_log = structlog.get_logger()


def pause_after(error: Exception, failures: int) -> float | None:
    """How long to wait before starting over, in seconds; None where that mends nothing.

    ``failures`` counts those in a row, this one included. A fault of our own is tried again too:
    a later release, or a restart of what it stumbled over, may mend it, and nothing is skipped.
    """
    if isinstance(error, Truncated | Unreadable):
        return None
    return min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** min(failures - 1, 8))


async def keep(task: Task, member: Member, stop: asyncio.Event) -> None:
    """Run the task, again after each failure, until ``stop`` is set or it cannot go on."""
    failures, committed = 0, -1
    with suppress(Stopped):
        while not stop.is_set():
            try:
                await task.run(member, stop)
            except Stopped:
                raise
            except Exception as error:  # noqa: BLE001 - one partition's failure stops no other
                moved = task.standing.offset > committed
                failures, committed = 1 if moved else failures + 1, task.standing.offset
                pause = pause_after(error, failures)
                _tell(task, error, pause)
                if pause is None:
                    return
                if isinstance(error, Stumbled):
                    task.doubts.learn(error)
                await unless_stopped(stop, asyncio.sleep(pause))
                if isinstance(error, Fenced):
                    await unless_stopped(stop, member.confirmed(task.partition))


def _tell(task: Task, error: Exception, pause: float | None) -> None:
    """Say what happened, in the log, in the health and in the counters."""
    reason = str(error) or type(error).__name__
    task.standing.trouble = reason
    task.instruments.restarted(type(error).__name__)
    _log.error(
        "partition task failed",
        partition=task.partition,
        reason=reason,
        again_in_s=pause,
        # What the log answers is expected to happen; anything else is a fault to be found.
        exc_info=None if isinstance(error, LogError) else error,
    )
