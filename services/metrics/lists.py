"""``/v1/units``, ``/v1/hotspots`` and ``/v1/sources``: what is now, in pages."""

# FastAPI must see the dependencies of a router's own gate, so annotations are not postponed here.

from bisect import bisect_left
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from services.edge.access import Access, Gate
from services.metrics.audience import audience_of
from services.metrics.board import Board
from services.metrics.control_places import ControlPlaces
from services.metrics.paging import ListResource, answer, from_cursor, page_of
from services.metrics.queries import Cursor
from services.metrics.resources import HotSpotResource, SourceResource, UnitResource
from services.metrics.sight import Sight


def router(gate: Gate, board: Board, control_places: ControlPlaces) -> APIRouter:
    """The routes of the three lists."""
    routes = APIRouter(tags=["lists"])

    def sight_of(access: Access) -> Sight:
        return Sight(audience_of(access), control_places, board.now())

    @routes.get(
        "/v1/units",
        summary="Units heard in the last hour",
        response_model=ListResource[UnitResource],
    )
    async def units(
        query: Annotated[Cursor, Query()],
        access: Annotated[Access, Depends(gate.requires("view"))],
    ) -> Response:
        sight = sight_of(access)
        ids = _from(board.unit_ids(), query.cursor)
        found = (unit for each in ids if (unit := board.unit(each, sight)))
        page = page_of(found, lambda unit: unit["radio_id"])
        return answer(page.items, page.next)

    @routes.get(
        "/v1/hotspots",
        summary="Hot spots, who is there and their police time today",
        response_model=ListResource[HotSpotResource],
    )
    async def hotspots(
        query: Annotated[Cursor, Query()],
        access: Annotated[Access, Depends(gate.requires("figures"))],
    ) -> Response:
        sight, now = sight_of(access), board.now()
        seen = [each for each in board.versions() if not sight.hides(each, now)]
        ids = _from(seen, query.cursor)
        found = (hotspot for each in ids if (hotspot := board.hotspot(each)))
        page = page_of(found, lambda hotspot: hotspot["hotspot_id"])
        return answer(page.items, page.next)

    @routes.get(
        "/v1/sources",
        summary="Sources, how often their radios should be heard and how often they are",
        response_model=ListResource[SourceResource],
        dependencies=[Depends(gate.requires("view"))],
    )
    async def sources(query: Annotated[Cursor, Query()]) -> Response:
        ids = _from(board.source_ids(), query.cursor)
        page = page_of(map(board.source, ids), lambda source: source["source"])
        return answer(page.items, page.next)

    return routes


def _from(ids: list[str], cursor: str | None) -> list[str]:
    """The ids, which are in order, from the cursor on."""
    return ids if cursor is None else ids[bisect_left(ids, from_cursor(cursor, str)) :]
