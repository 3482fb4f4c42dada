"""``/v1/duties``: each duty of the last eight days, and where its time went."""

# FastAPI must see the dependencies of a router's own gate, so annotations are not postponed here.

from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Query, Response

from services.contracts.reference import Duty
from services.contracts.register import Register
from services.edge.access import Gate
from services.eventlog.partitioning import partition_of
from services.metrics import accounts
from services.metrics.board import Clock
from services.metrics.duties import duty_time
from services.metrics.paging import ListResource, answer, from_cursor, page_of
from services.metrics.projection import Projection
from services.metrics.queries import DutyQuery

_DESCRIPTION = """
Duties that began from `from` on and before `to`, by their last versions. `elapsed_seconds` is the
duty's time so far, and exactly `inside_seconds`, `outside_seconds` and `unknown_seconds` together;
what no timesheet accounts for is unknown. `settled` says that all of it is final.
"""


class Key(NamedTuple):
    """A duty's place in the order of time."""

    since: int
    duty_id: str


def key_of(duty: Duty) -> Key:
    """Where a duty stands among the others."""
    return Key(duty.since, duty.duty_id)


def router(gate: Gate, register: Register, projection: Projection, clock: Clock) -> APIRouter:
    """The route of the list."""
    routes = APIRouter(tags=["duties"])

    def resource(duty: Duty) -> accounts.DutyResource:
        partition = partition_of(duty.radio_id.encode(), projection.partitions)
        time = duty_time(duty, partition, projection.timesheets, clock())
        return accounts.duty(duty, time)

    @routes.get(
        "/v1/duties",
        summary="Duties, in the order in which they began, and where their time went",
        description=_DESCRIPTION,
        response_model=ListResource[accounts.DutyResource],
        dependencies=[Depends(gate.requires("view"))],
    )
    async def duty_list(query: Annotated[DutyQuery, Query()]) -> Response:
        began = Key(query.first_ms(projection.timesheets.kept_from, "duties"), "")
        first = from_cursor(query.cursor, Key) if query.cursor else began
        found = [
            duty
            for duty in register.all_duties()
            if key_of(duty) >= max(first, began)
            and query.is_before_end(duty.since)
            and query.radio_id in (None, duty.radio_id)
        ]
        page = page_of(sorted(found, key=key_of), key_of)
        return answer([resource(duty) for duty in page.items], page.next)

    return routes
