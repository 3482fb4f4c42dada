"""``/v1/visits``: as JSON in pages or as one CSV file.

The visits of the last five weeks are at hand, those before are read from the log.
"""

# FastAPI must see the dependencies of a router's own gate, so annotations are not postponed here.

from collections.abc import Iterator
from http import HTTPStatus
from itertools import takewhile
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from services.contracts.derived import Visit
from services.edge.access import Access, Gate
from services.edge.problems import Problem
from services.metrics import resources, spreadsheet
from services.metrics.control_places import ControlPlaces
from services.metrics.download import download
from services.metrics.entitled import Entitling
from services.metrics.older import MOST_MS, NotKept, Older
from services.metrics.paging import ListResource, answer, from_cursor, page_of
from services.metrics.queries import VisitQuery, epoch_ms, too_early
from services.metrics.resources import time_of, written
from services.metrics.sight import Sight
from services.metrics.timeline import Key, key_of
from services.metrics.visits import Visits

_DESCRIPTION = """
Who may see only figures is shown a visit once it has ended. An officer's `own` are those of a radio
that began from `from` on and before `to`, both within their duties with it. What began over five
weeks ago is read from the log, at most 31 days at once, which may take some seconds; `to` is needed
then. Visits to a control place are shown to those who supervise alone.
"""


def router(
    gate: Gate,
    visits: Visits,
    older: Older,
    entitled: Entitling,
    control_places: ControlPlaces,
) -> APIRouter:
    """The route of the list."""
    routes = APIRouter(tags=["lists"])

    @routes.get(
        "/v1/visits",
        summary="Visits, in the order in which they began",
        description=_DESCRIPTION,
        response_model=ListResource[resources.VisitResource],
        responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
    )
    async def visit_list(
        query: Annotated[VisitQuery, Query()],
        access: Annotated[Access, Depends(gate.requires("figures", "own"))],
    ) -> Response:
        sight = Sight(entitled(access, query.radio_id, query).audience, control_places)
        wanted = _Wanted(query, sight, await _among(query, visits, older))
        if query.format == "csv":
            return download(
                "visits.csv",
                spreadsheet.VISIT_COLUMNS,
                wanted.since,
                wanted.first,
                key_of,
                lambda visit: iter([spreadsheet.visit_row(visit)]),
            )
        page = page_of(wanted.since(wanted.first), key_of)
        return answer([resources.visit(visit) for visit in page.items], page.next)

    return routes


async def _among(query: VisitQuery, visits: Visits, older: Older) -> Visits:
    """The visits to look among. Raises Problem where the log cannot or shall not give them."""
    if query.since is None or epoch_ms(query.since) >= visits.kept_from:
        return visits
    since = epoch_ms(query.since)
    if query.until is None or epoch_ms(query.until) - since > MOST_MS:
        kept, most = written(time_of(visits.kept_from)), written(time_of(since + MOST_MS))
        detail = f"to: what began before {kept} is given 31 days at once. Ask for {most} or before."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "too_long", detail)
    try:
        return await older.visits(since, epoch_ms(query.until))
    except NotKept as error:
        raise too_early(error.begins, "visits") from error


class _Wanted:
    """The visits that a request asks for and its bearer may see."""

    def __init__(self, query: VisitQuery, sight: Sight, visits: Visits) -> None:
        # Visits that began before and still go on are listed too where no beginning is asked for.
        began = Key(0 if query.since is None else epoch_ms(query.since), "")
        self.first = from_cursor(query.cursor, Key) if query.cursor else began
        self._query = query
        self._sight = sight
        self._visits = visits

    def since(self, first: Key) -> Iterator[Visit]:
        """The visits from a place in their order on."""
        query = self._query
        found = self._visits.since(max(first, self.first), query.radio_id, query.hotspot_id)
        found = takewhile(lambda visit: query.is_before_end(visit.entered_at), found)
        return filter(self._matches, found)

    def _matches(self, visit: Visit) -> bool:
        query = self._query
        return query.ring in (None, visit.ring) and self._sight.sees(visit)
