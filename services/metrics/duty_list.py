"""``/v1/duties``: each duty of the last eight days, and where its time went."""

# FastAPI must see the dependencies of a router's own gate, so annotations are not postponed here.

from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Query, Response

from services.contracts.reference import Duty
from services.contracts.register import Register
from services.edge.access import Access, Gate
from services.eventlog.partitioning import partition_of
from services.metrics import accounts
from services.metrics.audience import audience_of
from services.metrics.board import Clock
from services.metrics.control_places import ControlPlaces
from services.metrics.duties import duty_time
from services.metrics.own import is_theirs
from services.metrics.paging import ListResource, answer, from_cursor, page_of
from services.metrics.projection import Projection
from services.metrics.queries import DutyQuery
from services.metrics.sight import Sight

_DESCRIPTION = """
Duties that began from `from` on and before `to`, by their last versions. `elapsed_seconds` is the
duty's time so far, and exactly `inside_seconds`, `outside_seconds` and `unknown_seconds` together;
what no timesheet accounts for is unknown. `settled` says that all of it is final. With the scope
`own` they are the officer's own. Control places are told to those who supervise alone, and time in
one is told as time outside to all others.
"""


class Key(NamedTuple):
    """A duty's place in the order of time."""

    since: int
    duty_id: str


def key_of(duty: Duty) -> Key:
    """Where a duty stands among the others."""
    return Key(duty.since, duty.duty_id)


def router(
    gate: Gate,
    register: Register,
    projection: Projection,
    clock: Clock,
    control_places: ControlPlaces,
) -> APIRouter:
    """The route of the list."""
    routes = APIRouter(tags=["duties"])

    def resource(duty: Duty, sight: Sight) -> accounts.DutyResource:
        partition = partition_of(duty.radio_id.encode(), projection.partitions)
        time = duty_time(duty, partition, projection.timesheets, clock(), sight.timesheet)
        return accounts.duty(sight.duty(duty), time)

    @routes.get(
        "/v1/duties",
        summary="Duties, in the order in which they began, and where their time went",
        description=_DESCRIPTION,
        response_model=ListResource[accounts.DutyResource],
    )
    async def duty_list(
        query: Annotated[DutyQuery, Query()],
        access: Annotated[Access, Depends(gate.requires("view", "own"))],
    ) -> Response:
        views = "view" in access.scopes
        sight = Sight(audience_of(access) if views else "view", control_places)
        began = Key(query.first_ms(projection.timesheets.kept_from, "duties"), "")
        first = from_cursor(query.cursor, Key) if query.cursor else began
        found = [
            duty
            for duty in register.all_duties()
            if key_of(duty) >= max(first, began)
            and query.is_before_end(duty.since)
            and query.radio_id in (None, duty.radio_id)
            and (views or is_theirs(duty, access.officer_id))
        ]
        page = page_of(sorted(found, key=key_of), key_of)
        return answer([resource(duty, sight) for duty in page.items], page.next)

    return routes
