"""``/v1/compliance``: planned against delivered by day, week or team, as JSON pages or one CSV."""

# FastAPI must see the dependencies of a router's own gate, so annotations are not postponed here.

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from services.contracts.register import Register
from services.edge.access import Access, Gate
from services.metrics import compliance_resources as resources
from services.metrics import compliance_spreadsheet as spreadsheet
from services.metrics import compliance_sums as sums
from services.metrics.archive import Archive, Reckonings
from services.metrics.audience import audience_of
from services.metrics.compliance_gathering import BEGINNING, Gathering, Key, Wanted
from services.metrics.compliance_query import ComplianceQuery
from services.metrics.control_places import ControlPlaces
from services.metrics.download import Row, file
from services.metrics.older import NotKept
from services.metrics.paging import PAGE, ListResource, answer, from_cursor, page_of
from services.metrics.queries import too_early
from services.metrics.standings import Standings

_DESCRIPTION = """
Hot spots' days in order: of a `date`, an ISO `week`, or `from` a date `to` another, both included,
31 at most; today's where none is given. With `team`, the hot spots that a duty of that team is
allocated to on the day. `by=week` gives whole ISO weeks up to today, `by=team` what each team did
in all those days. Days over a week ago are read from the log, which may take some seconds. Control
places are told to those who supervise alone.
"""


def router(
    gate: Gate,
    standings: Standings,
    archive: Archive,
    register: Register,
    control_places: ControlPlaces,
) -> APIRouter:
    """The route of the list."""
    routes = APIRouter(tags=["compliance"])

    @routes.get(
        "/v1/compliance",
        summary="Planned patrols and police time against delivered ones",
        description=_DESCRIPTION,
        response_model=ListResource[resources.DayResource | sums.WeekResource | sums.TeamResource],
        responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
    )
    async def compliance_list(
        query: Annotated[ComplianceQuery, Query()],
        access: Annotated[Access, Depends(gate.requires("figures"))],
    ) -> Response:
        first, last = query.stretch(standings.day)
        wanted = Wanted(first, last, query.hotspot_id, query.team, audience_of(access))
        reckonings = await reckoned(archive, first, last)
        gathering = Gathering(wanted, reckonings, register, standings.days, control_places)
        listing = _LISTINGS[query.by](wanted, gathering)
        if query.format == "csv":
            return file("compliance.csv", listing.columns, _row_by_row(listing))
        first_key = from_cursor(query.cursor, Key) if query.cursor else BEGINNING
        head = [each async for each in _head(listing.items(first_key))]
        page = page_of(head, lambda item: item.key)
        return answer([item.resource for item in page.items], page.next)

    return routes


async def reckoned(archive: Archive, first: date, last: date) -> Reckonings:
    """The figures of some days. Raises Problem where the log no longer has what they rest on."""
    try:
        return await archive.over(first, last)
    except NotKept as error:
        raise too_early(error.begins, "visits and timesheets") from error


@dataclass(frozen=True, slots=True)
class _Item:
    """Something listed: its place in the order, and how it is told in JSON and in rows."""

    key: Key
    resource: object
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True)
class _Listing:
    """What is listed, from a place in its order on."""

    items: Callable[[Key], AsyncIterator[_Item]]
    columns: Sequence[str]


async def _head(items: AsyncIterator[_Item]) -> AsyncIterator[_Item]:
    """A page of items, and the one after it."""
    left = PAGE
    async for each in items:
        yield each
        left -= 1
        if left < 0:
            return


async def _row_by_row(listing: _Listing) -> AsyncIterator[Iterable[Row]]:
    async for item in listing.items(BEGINNING):
        yield item.rows


def _by_day(wanted: Wanted, gathering: Gathering) -> _Listing:
    async def items(since: Key) -> AsyncIterator[_Item]:
        async for day in gathering.days(since):
            told = resources.day(day, wanted.audience)
            key = Key(told["date"].isoformat(), told["hotspot_id"])
            yield _Item(key, told, [spreadsheet.day_row(told)])

    return _Listing(items, spreadsheet.DAY_COLUMNS)


def _by_week(_wanted: Wanted, gathering: Gathering) -> _Listing:
    async def items(since: Key) -> AsyncIterator[_Item]:
        async for week in gathering.weeks(since):
            told = sums.week(week)
            key = Key(told["week"], told["hotspot_id"])
            yield _Item(key, told, [spreadsheet.week_row(told)])

    return _Listing(items, spreadsheet.WEEK_COLUMNS)


def _by_team(wanted: Wanted, gathering: Gathering) -> _Listing:
    async def items(since: Key) -> AsyncIterator[_Item]:
        teams = await gathering.teams()
        settled = gathering.is_settled()
        for name, team in teams.in_order():
            key = Key("none" if name is None else "", name or "")
            if key >= since and wanted.team in (None, name):
                told = sums.team(name, team, wanted.first, wanted.last, settled=settled)
                yield _Item(key, told, spreadsheet.team_rows(told))

    return _Listing(items, spreadsheet.TEAM_COLUMNS)


_LISTINGS = {"day": _by_day, "week": _by_week, "team": _by_team}
