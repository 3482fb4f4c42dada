"""What to say when records that were asked for are not there."""

from __future__ import annotations

from services.eventlog.port import Extent, Truncated

SEEK_FIRST = "a claim does not know where to read: seek before you fetch"


def refuse_missing(topic: str, partition: int, wanted: Extent, there: Extent) -> None:
    """Raise Truncated, naming both ranges, unless ``wanted`` lies within what is ``there``.

    An empty range may lie at the end: that is where the next record will be.
    """
    if wanted.start < there.start:
        lack = f"{topic}/{partition} begins at {there.start:,}: retention has removed"
        message = f"{lack} {wanted.start:,} to {there.start - 1:,}, which were asked for"
        raise Truncated(message)
    if max(wanted) > there.end:
        lack = f"{topic}/{partition} ends at {there.end:,}, but {max(wanted):,} was asked for"
        message = f"{lack}: it was asked of another log, or this one has lost its newest records"
        raise Truncated(message)
