"""``/v1/visits``: the visits of the last five weeks, as JSON in pages or as one CSV file."""

# FastAPI must see the dependencies of a router's own gate, so annotations are not postponed here.

from collections.abc import Iterator
from itertools import takewhile
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from services.contracts.derived import Visit
from services.edge.access import Access, Gate
from services.metrics import resources, spreadsheet
from services.metrics.audience import Audience, audience_of, may_see
from services.metrics.download import download
from services.metrics.paging import ListResource, answer, from_cursor, page_of
from services.metrics.queries import VisitQuery
from services.metrics.timeline import Key, key_of
from services.metrics.visits import Visits


def router(gate: Gate, visits: Visits) -> APIRouter:
    """The route of the list."""
    routes = APIRouter(tags=["lists"])

    @routes.get(
        "/v1/visits",
        summary="Visits, in the order in which they began",
        description="Who may see only figures is shown a visit once it has ended.",
        response_model=ListResource[resources.VisitResource],
        responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
    )
    async def visit_list(
        query: Annotated[VisitQuery, Query()],
        access: Annotated[Access, Depends(gate.requires("figures"))],
    ) -> Response:
        wanted = _Wanted(query, audience_of(access), visits)
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


class _Wanted:
    """The visits that a request asks for and its bearer may see."""

    def __init__(self, query: VisitQuery, audience: Audience, visits: Visits) -> None:
        """Raises Problem where the stretch begins before the days that are kept."""
        since = query.first_ms(visits.kept_from, "visits")
        # Visits that began before and still go on are listed too where no beginning is asked for.
        began = Key(0 if query.since is None else since, "")
        self.first = from_cursor(query.cursor, Key) if query.cursor else began
        self._query = query
        self._audience = audience
        self._visits = visits

    def since(self, first: Key) -> Iterator[Visit]:
        """The visits from a place in their order on."""
        query = self._query
        found = self._visits.since(max(first, self.first), query.radio_id, query.hotspot_id)
        found = takewhile(lambda visit: query.is_before_end(visit.entered_at), found)
        return filter(self._matches, found)

    def _matches(self, visit: Visit) -> bool:
        query = self._query
        return query.ring in (None, visit.ring) and may_see(self._audience, visit)
