"""``/v1/visits``: the visits of the last eight days, as JSON in pages or as one CSV file."""

# FastAPI must see the dependencies of a router's own gate, so annotations are not postponed here.

import asyncio
from collections.abc import AsyncIterator, Iterator
from http import HTTPStatus
from itertools import takewhile
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import StreamingResponse

from services.contracts.derived import Visit
from services.edge.access import Access, Gate
from services.edge.problems import Problem
from services.metrics import resources, spreadsheet
from services.metrics.audience import Audience, audience_of, may_see
from services.metrics.paging import ListResource, answer, from_cursor, page_of
from services.metrics.queries import VisitQuery, epoch_ms
from services.metrics.visits import Key, Visits, key_of


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
            return StreamingResponse(
                _lines(wanted),
                media_type="text/csv; charset=utf-8; header=present",
                headers={
                    "Cache-Control": "no-store",
                    "Content-Disposition": 'attachment; filename="visits.csv"',
                },
            )
        page = page_of(wanted.since(wanted.first), key_of)
        return answer([resources.visit(visit) for visit in page.items], page.next)

    return routes


class _Wanted:
    """The visits that a request asks for and its bearer may see."""

    def __init__(self, query: VisitQuery, audience: Audience, visits: Visits) -> None:
        """Raises Problem where the stretch begins before the days that are kept."""
        since = visits.kept_from if query.since is None else epoch_ms(query.since)
        if since < visits.kept_from:
            kept_from = resources.written(resources.time_of(visits.kept_from))
            raise Problem(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "too_early",
                f"from: visits are listed from {kept_from} on. Ask for that or later.",
            )
        # Visits that began before and still go on are listed too where no beginning is asked for.
        began = Key(0 if query.since is None else since, "")
        self.first = from_cursor(query.cursor, Key) if query.cursor else began
        self._query = query
        self._until = None if query.until is None else epoch_ms(query.until)
        self._audience = audience
        self._visits = visits

    def since(self, first: Key) -> Iterator[Visit]:
        """The visits from a place in their order on."""
        found = self._visits.since(max(first, self.first))
        if self._until is not None:
            until = self._until
            found = takewhile(lambda visit: visit.entered_at < until, found)
        return filter(self._matches, found)

    def _matches(self, visit: Visit) -> bool:
        query = self._query
        return (
            query.radio_id in (None, visit.radio_id)
            and query.hotspot_id in (None, visit.hotspot_id)
            and query.ring in (None, visit.ring)
            and may_see(self._audience, visit)
        )


async def _lines(wanted: _Wanted) -> AsyncIterator[bytes]:
    """The file, page by page, since visits change while it is written."""
    yield spreadsheet.HEADER
    first: Key | None = wanted.first
    while first is not None:
        page = page_of(wanted.since(first), key_of)
        yield spreadsheet.rows(page.items)
        first = page.next
        await asyncio.sleep(0)
