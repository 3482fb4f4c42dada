"""``/v1/compliance``: planned against delivered, by day, week or team; JSON in pages, or CSV."""

# FastAPI must see the dependencies of a router's own gate, so annotations are not postponed here.

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import date
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response
from fastapi.responses import StreamingResponse

from services.edge.access import Access, Gate
from services.edge.problems import Problem
from services.metrics import comma_separated
from services.metrics import compliance_resources as resources
from services.metrics.compliance.day import DayFigures
from services.metrics.compliance.rhythm import Rhythm
from services.metrics.compliance.teams import teams_of
from services.metrics.compliance_explained import ExplanationResource, explanation
from services.metrics.compliance_queries import ComplianceQuery
from services.metrics.paging import ListResource, answer, from_cursor, page_of
from services.metrics.resources import encoded
from services.metrics.standings import Standings

_DESCRIPTION = """
With `by=day` each hot spot's days, with `by=week` its days taken together (of a `week`, or of
`from` up to and with `to`), with `by=team` what each team did there. Today where no day is given.
A place where no patrols should be is shown to the scope `supervise` alone.
"""
Resource = resources.ComplianceResource | resources.WeekResource | resources.TeamResource


def router(gate: Gate, standings: Standings) -> APIRouter:
    """The routes of compliance."""
    routes = APIRouter(tags=["compliance"])

    @routes.get(
        "/v1/compliance",
        summary="Planned against delivered",
        description=_DESCRIPTION,
        response_model=ListResource[Resource],
        responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
    )
    async def compliance(
        query: Annotated[ComplianceQuery, Query()],
        access: Annotated[Access, Depends(gate.requires("figures"))],
    ) -> Response:
        wanted = _Wanted(query, access, standings)
        if query.format == "csv":
            return _download(wanted)
        page = page_of([each async for each in wanted.items()], _key_of)
        return answer(page.items, page.next)

    @routes.get(
        "/v1/compliance/{hotspot_id}/{day}",
        summary="Where each number of a hot spot's day comes from",
        response_model=ExplanationResource,
    )
    async def explained(
        hotspot_id: str,
        day: Annotated[date, Path()],
        access: Annotated[Access, Depends(gate.requires("view"))],
    ) -> Response:
        _refuse_early(day, standings)
        figures = standings.ledger.on(hotspot_id, day, standings.now)
        known = standings.ledger.hotspot_ids(day, standings.now)
        if hotspot_id not in known or not _may_see(access, figures):
            raise Problem(HTTPStatus.NOT_FOUND, "not_found", f"There is no hot spot {hotspot_id}.")
        body = explanation(figures, standings.resource(figures))
        headers = {"Cache-Control": "no-store"}
        return Response(encoded(body), media_type="application/json", headers=headers)

    return routes


class _Wanted:
    """What a request asks for and its bearer may see. Raises Problem for days not kept."""

    def __init__(self, query: ComplianceQuery, access: Access, standings: Standings) -> None:
        self._query = query
        self._access = access
        self._standings = standings
        self._days = query.days(standings.day)
        self._first = from_cursor(query.cursor, list[str]) if query.cursor else []
        _refuse_early(self._days[0], standings)

    async def items(self) -> AsyncIterator[Mapping[str, object]]:
        """The resources, in the order of their keys."""
        for hotspot_id in self._hotspot_ids():
            for item in self._of(hotspot_id):
                if _key_of(item) >= self._first:
                    yield item
            await asyncio.sleep(0)  # many hot spots take a while: let others in between

    def _hotspot_ids(self) -> list[str]:
        ledger, now = self._standings.ledger, self._standings.now
        known = {each for day in self._days for each in ledger.hotspot_ids(day, now)}
        wanted = self._query.hotspot_id
        return sorted(known if wanted is None else known & {wanted})

    def _of(self, hotspot_id: str) -> Iterator[Mapping[str, object]]:
        ledger, now = self._standings.ledger, self._standings.now
        days = [ledger.on(hotspot_id, day, now) for day in self._days]
        seen = [day for day in days if _may_see(self._access, day)]
        if self._query.by == "day":
            yield from (self._standings.resource(day) for day in seen)
        elif self._query.by == "week" and seen:
            yield resources.over_days(Rhythm(seen))
        elif self._query.by == "team":
            for team in teams_of(hotspot_id, seen):
                if self._query.team in (None, team.team):
                    yield resources.team(team)


def _may_see(access: Access, figures: DayFigures) -> bool:
    return not figures.is_control or "supervise" in access.scopes


def _key_of(item: Mapping[str, object]) -> list[str]:
    """A resource's place in the list."""
    return [str(item["hotspot_id"]), str(item.get("date") or item.get("team") or "")]


def _refuse_early(day: date, standings: Standings) -> None:
    first = standings.ledger.first_day()
    if day < first:
        detail = f"Compliance is known from {first} on. Ask for that day or a later one."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "too_early", detail)


def _download(wanted: _Wanted) -> StreamingResponse:
    async def written() -> AsyncIterator[bytes]:
        columns: list[str] | None = None
        async for item in wanted.items():
            cells = resources.flat(item)
            if columns is None:
                columns = list(cells)
                yield comma_separated.header(columns)
            yield comma_separated.lines([[cells.get(column) for column in columns]])

    return StreamingResponse(
        written(),
        media_type="text/csv; charset=utf-8; header=present",
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": 'attachment; filename="compliance.csv"',
        },
    )
