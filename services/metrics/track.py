"""``/v1/units/{radio_id}/track``: where a radio was, read from the log's positions.

Each look at a track is in ``audit`` before the track is read: each page of it is one, for who
makes up a cursor would else look at it unseen. Where the log cannot take that, nothing is shown.
"""

# FastAPI must see the dependencies of a router's own gate, so annotations are not postponed here.

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Response

from services.contracts.codec import decode, encode
from services.contracts.days import Span
from services.contracts.derived import Position, Progress
from services.contracts.people import Audit
from services.contracts.register import Register
from services.contracts.topics import AUDIT, POSITIONS
from services.edge.access import Access, Gate
from services.eventlog.partitioning import partition_of
from services.eventlog.port import EventLog, NewRecord
from services.metrics.board import Clock
from services.metrics.control_places import ControlPlaces
from services.metrics.entitled import Entitling
from services.metrics.looking import LEAST, MOST, WHY, look, no_reason, reason
from services.metrics.paging import ListResource, answer, from_cursor
from services.metrics.queries import Stretch, epoch_ms
from services.metrics.resources import TrackPoint, track_point
from services.metrics.sight import Sight

MOST_POINTS = 5_000
MOST_RECORDS = 200_000
"""Records that one request looks at, so that none keeps the others waiting for long."""
_LATE_MS = 60_000
"""A position is stamped after its unit was heard, but by a clock that may be this much behind."""
_TOLD_WITHIN_MS = 2_000
"""A position is told at the first tick of a second after its unit was heard."""
_DESCRIPTION = """
The radio's positions by when it was heard, `from` up to and without `to`. A page may be short or
empty and still have a `next`. Who looks at a track says why, and each look is put into `audit`: who
looked, at which radio and stretch, at whom, and why. An officer's `own` is what lies within their
duties with the radio; of it nobody asks why.
"""
_WHY = (
    f"Why you look at it, in {LEAST} to {MOST} characters on one line; what is not ASCII as UTF-8, "
    "percent-encoded. Needed unless it is your own."
)


@dataclass(frozen=True, slots=True)
class Track:
    """Whose track, in which partition, and from when to when in epoch milliseconds."""

    radio_id: str
    partition: int
    since: int
    until: int


def router(  # what the route rests on, each by its name
    gate: Gate,
    log: EventLog,
    register: Register,
    entitled: Entitling,
    control_places: ControlPlaces,
    clock: Clock,
) -> APIRouter:
    """The route of the track."""
    routes = APIRouter(tags=["lists"])

    @routes.get(
        "/v1/units/{radio_id}/track",
        summary="Where a radio was",
        description=_DESCRIPTION,
        response_model=ListResource[TrackPoint],
    )
    async def track(
        radio_id: Annotated[str, Path(max_length=64)],
        query: Annotated[Stretch, Query()],
        access: Annotated[Access, Depends(gate.requires("view", "own"))],
        header: Annotated[str | None, Header(alias=WHY, description=_WHY)] = None,
    ) -> Response:
        asking, why = entitled(access, radio_id, query), reason(header)
        if why is None and not asking.own:
            raise no_reason()
        stretch = Span(epoch_ms(query.since), epoch_ms(query.until))
        given = None if query.cursor is None else from_cursor(query.cursor, int)
        now = clock()
        await note(
            log, look(access.token_id, radio_id, stretch, register=register, why=why, at=now)
        )
        partition = partition_of(radio_id.encode(), await log.partitions())
        wanted = Track(radio_id, partition, *stretch)
        first = await first_offset(log, wanted) if given is None else given
        found, next_offset = await points(log, wanted, first)
        sight = Sight(asking.audience, control_places)
        return answer([track_point(sight.position(each)) for each in found], next_offset)

    return routes


async def note(log: EventLog, audit: Audit) -> None:
    """Have it in the log who does what. Raises LogError."""
    await log.append([NewRecord(AUDIT.name, audit.who.encode(), encode(audit))])


async def first_offset(log: EventLog, wanted: Track) -> int:
    """An offset in the partition of a track below which none of its positions stands."""
    offsets = await log.offset_at(POSITIONS.name, wanted.since - _LATE_MS)
    return offsets[wanted.partition]


async def points(log: EventLog, wanted: Track, first: int) -> tuple[list[Position], int | None]:
    """One page of a track, from offset ``first`` on, and the offset where the next one begins."""
    extent = (await log.bounds(POSITIONS.name))[wanted.partition]
    first = min(max(first, extent.start), extent.end)
    # The partition's progress stands between the positions and says when enough was read.
    keys = {wanted.radio_id.encode(), str(wanted.partition).encode()}
    found: list[Position] = []
    looked_at = 0
    async for records in log.read(POSITIONS.name, wanted.partition, first, extent.end):
        for record in records:
            match decode(POSITIONS.name, record.value) if record.key in keys else None:
                case Position() as position if _is_wanted(position, wanted):
                    found.append(position)
                case Progress(engine_time=reached) if reached >= wanted.until + _TOLD_WITHIN_MS:
                    return found, None
            looked_at += 1
            if len(found) == MOST_POINTS or looked_at == MOST_RECORDS:
                return found, record.offset + 1
    return found, None


def _is_wanted(position: Position, wanted: Track) -> bool:
    return position.radio_id == wanted.radio_id and wanted.since <= position.heard_at < wanted.until
