"""``/v1/units/{radio_id}/track``: where a radio was, read from the log's positions."""

# FastAPI must see the dependencies of a router's own gate, so annotations are not postponed here.

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from services.contracts.codec import decode
from services.contracts.derived import Position, Progress
from services.contracts.topics import POSITIONS
from services.edge.access import Gate
from services.eventlog.partitioning import partition_of
from services.eventlog.port import EventLog
from services.metrics.paging import ListResource, answer, from_cursor
from services.metrics.queries import Stretch, epoch_ms
from services.metrics.resources import TrackPoint, track_point

MOST_POINTS = 5_000
MOST_RECORDS = 200_000
"""Records that one request looks at, so that none keeps the others waiting for long."""
_LATE_MS = 60_000
"""A position is stamped after its unit was heard, but by a clock that may be this much behind."""
_TOLD_WITHIN_MS = 2_000
"""A position is told at the first tick of a second after its unit was heard."""


@dataclass(frozen=True, slots=True)
class Track:
    """Whose track, in which partition, and from when to when in epoch milliseconds."""

    radio_id: str
    partition: int
    since: int
    until: int


def router(gate: Gate, log: EventLog) -> APIRouter:
    """The route of the track."""
    routes = APIRouter(tags=["lists"])

    @routes.get(
        "/v1/units/{radio_id}/track",
        summary="Where a radio was",
        description=(
            "The radio's positions by when it was heard, `from` up to and without `to`. A page "
            "may be short or empty and still have a `next`."
        ),
        response_model=ListResource[TrackPoint],
        dependencies=[Depends(gate.requires("view"))],
    )
    async def track(
        radio_id: Annotated[str, Path(max_length=64)], query: Annotated[Stretch, Query()]
    ) -> Response:
        wanted = Track(
            radio_id,
            partition_of(radio_id.encode(), await log.partitions()),
            epoch_ms(query.since),
            epoch_ms(query.until),
        )
        if query.cursor is None:
            first = await first_offset(log, wanted)
        else:
            first = from_cursor(query.cursor, int)
        return answer(*await points(log, wanted, first))

    return routes


async def first_offset(log: EventLog, wanted: Track) -> int:
    """An offset in the partition of a track below which none of its positions stands."""
    offsets = await log.offset_at(POSITIONS.name, wanted.since - _LATE_MS)
    return offsets[wanted.partition]


async def points(log: EventLog, wanted: Track, first: int) -> tuple[list[TrackPoint], int | None]:
    """One page of a track, from offset ``first`` on, and the offset where the next one begins."""
    extent = (await log.bounds(POSITIONS.name))[wanted.partition]
    first = min(max(first, extent.start), extent.end)
    # The partition's progress stands between the positions and says when enough was read.
    keys = {wanted.radio_id.encode(), str(wanted.partition).encode()}
    found: list[TrackPoint] = []
    looked_at = 0
    async for records in log.read(POSITIONS.name, wanted.partition, first, extent.end):
        for record in records:
            match decode(POSITIONS.name, record.value) if record.key in keys else None:
                case Position() as position if _is_wanted(position, wanted):
                    found.append(track_point(position))
                case Progress(engine_time=reached) if reached >= wanted.until + _TOLD_WITHIN_MS:
                    return found, None
            looked_at += 1
            if len(found) == MOST_POINTS or looked_at == MOST_RECORDS:
                return found, record.offset + 1
    return found, None


def _is_wanted(position: Position, wanted: Track) -> bool:
    return position.radio_id == wanted.radio_id and wanted.since <= position.heard_at < wanted.until
