"""``/v1/timesheets``: the sheets of the last eight days, as JSON in pages or as one CSV file."""

# FastAPI must see the dependencies of a router's own gate, so annotations are not postponed here.

from collections.abc import Iterator
from itertools import takewhile
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from services.contracts.derived import Timesheet
from services.edge.access import Access, Gate
from services.metrics import accounts, spreadsheet
from services.metrics.audience import is_among
from services.metrics.control_places import ControlPlaces
from services.metrics.download import download
from services.metrics.entitled import Entitled, Entitling
from services.metrics.paging import ListResource, answer, from_cursor, page_of
from services.metrics.projection import Projection
from services.metrics.queries import TimesheetQuery, epoch_ms
from services.metrics.sight import Sight
from services.metrics.timesheets import Key, key_of

_DESCRIPTION = """
A sheet is an hour (UTC), cut where a duty of its radio begins or ends. `inside_seconds`,
`outside_seconds` and `unknown_seconds` are whole milliseconds and together exactly `to` less
`from`. Each stretch of `unknown` names the episodes of silence of the radio, of its source and of
the pipeline that it overlaps. Who may see only figures is shown a sheet once it is final.
An officer's `own` are those that lie in `from` to `to`, within their duties with a radio.
Time in a control place is told as time outside to all but those who supervise.
"""


def router(
    gate: Gate, projection: Projection, entitled: Entitling, control_places: ControlPlaces
) -> APIRouter:
    """The route of the list."""
    routes = APIRouter(tags=["lists"])

    @routes.get(
        "/v1/timesheets",
        summary="Where each radio's time went: inside, outside, unknown",
        description=_DESCRIPTION,
        response_model=ListResource[accounts.TimesheetResource],
        responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
    )
    async def timesheet_list(
        query: Annotated[TimesheetQuery, Query()],
        access: Annotated[Access, Depends(gate.requires("figures", "own"))],
    ) -> Response:
        asking = entitled(access, query.radio_id, query)
        sight = Sight(asking.audience, control_places)
        during = projection.episodes_during
        wanted = _Wanted(query, asking, projection)
        if query.format == "csv":
            return download(
                "timesheets.csv",
                spreadsheet.TIMESHEET_COLUMNS,
                wanted.since,
                wanted.first,
                key_of,
                lambda sheet: spreadsheet.timesheet_rows(sight.timesheet(sheet), during),
            )
        page = page_of(wanted.since(wanted.first), key_of)
        shown = map(sight.timesheet, page.items)
        return answer([accounts.timesheet(sheet, during) for sheet in shown], page.next)

    return routes


class _Wanted:
    """The sheets that a request asks for and its bearer may see."""

    def __init__(self, query: TimesheetQuery, asking: Entitled, known: Projection) -> None:
        """Raises Problem where the stretch begins before the days that are kept."""
        began = Key(query.first_ms(known.timesheets.kept_from, "timesheets"), "")
        self.first = from_cursor(query.cursor, Key) if query.cursor else began
        self._query = query
        self._asking = asking
        self._timesheets = known.timesheets

    def since(self, first: Key) -> Iterator[Timesheet]:
        """The sheets from a place in their order on."""
        found = self._timesheets.since(max(first, self.first))
        found = takewhile(lambda sheet: self._query.is_before_end(sheet.since), found)
        return filter(self._matches, found)

    def _matches(self, sheet: Timesheet) -> bool:
        # The sheet of now, by its hot spots, would tell who is where.
        may_see = is_among(self._asking.audience, "view") or sheet.settled
        return may_see and self._query.radio_id in (None, sheet.radio_id) and self._fits(sheet)

    def _fits(self, sheet: Timesheet) -> bool:
        """Whether no other officer's time is in it: a duty put late has not cut its sheet yet."""
        until = self._query.until
        return not self._asking.only_own or until is None or sheet.until <= epoch_ms(until)
