"""``/v1/units``, ``/v1/hotspots`` and ``/v1/sources``: what is now, in pages."""

# FastAPI must see the dependencies of a router's own gate, so annotations are not postponed here.

from bisect import bisect_left
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from services.edge.access import Gate
from services.metrics.board import Board
from services.metrics.paging import ListResource, answer, from_cursor, page_of
from services.metrics.queries import Cursor
from services.metrics.resources import HotSpotResource, SourceResource, UnitResource


def router(gate: Gate, board: Board) -> APIRouter:
    """The routes of the three lists."""
    routes = APIRouter(tags=["lists"])

    @routes.get(
        "/v1/units",
        summary="Units heard in the last hour",
        response_model=ListResource[UnitResource],
        dependencies=[Depends(gate.requires("view"))],
    )
    async def units(query: Annotated[Cursor, Query()]) -> Response:
        ids = _from(board.unit_ids(), query.cursor)
        found = (unit for each in ids if (unit := board.unit(each)))
        page = page_of(found, lambda unit: unit["radio_id"])
        return answer(page.items, page.next)

    @routes.get(
        "/v1/hotspots",
        summary="Hot spots, who is there and their police time today",
        response_model=ListResource[HotSpotResource],
        dependencies=[Depends(gate.requires("figures"))],
    )
    async def hotspots(query: Annotated[Cursor, Query()]) -> Response:
        ids = _from(list(board.versions()), query.cursor)
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
