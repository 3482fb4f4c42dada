"""``stepsix feed``: a recorded track, posted as if its radio sent it.

Fast, it keeps the times it was recorded at; at its recorded pace, they are shifted so that its
first ping is of now.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from services.simulator.sending import BATCH, Link
from services.simulator.tracks import Report


class Pace(StrEnum):
    """How quickly a track is posted."""

    FAST = "fast"
    RECORDED = "recorded"


@dataclass(slots=True)
class Fed:
    """What became of a track: how many pings were taken, and a line for each that was not."""

    accepted: int = 0
    rejected: list[str] = field(default_factory=list)


async def feed(
    link: Link, batches: AsyncIterator[Sequence[Report]], tell: Callable[[int], None]
) -> Fed:
    """Post batch after batch, telling each time how many pings have been answered for.

    Raises NotSent.
    """
    fed = Fed()
    async for batch in batches:
        verdict = await link.post([report.ping for report in batch])
        fed.accepted += verdict.accepted
        fed.rejected += [
            f"{batch[rejection.index].where}: {rejection}" for rejection in verdict.rejected
        ]
        tell(fed.accepted + len(fed.rejected))
    return fed


async def fast(reports: Sequence[Report]) -> AsyncIterator[Sequence[Report]]:
    """The track in batches as large as a request may be."""
    for start in range(0, len(reports), BATCH):
        yield reports[start : start + BATCH]


async def at_recorded_pace(
    reports: Sequence[Report], clock: Callable[[], int]
) -> AsyncIterator[Sequence[Report]]:
    """The track shifted to begin now, each ping when it is due; one without a time goes along.

    ``clock`` gives epoch milliseconds. Raises BadTrack.
    """
    times = [time for report in reports if (time := report.time) is not None]
    shift = clock() - times[0] if times else 0
    due: list[Report] = []
    for report in (each.shifted(shift) for each in reports):
        ahead_ms = (report.time or 0) - clock()
        if ahead_ms > 0:
            if due:
                yield due
            due = []
            await asyncio.sleep(ahead_ms / 1000)
        due.append(report)
    if due:
        yield due
