"""The rota of one radio: the edges at which its timesheets are cut, and when it is on duty."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from services.contracts.reference import Duty
from services.geofence.zone import FOREVER

HOUR_MS = 3_600_000


class Rota:
    """When a radio is on duty. ``duties`` is false where none is known, now or ever."""

    def __init__(self, duties: Sequence[Duty] = ()) -> None:
        self.duties = sorted((duty.since, duty.until) for duty in duties)
        self._edges = sorted({edge for duty in self.duties for edge in duty})

    def page(self, at: int) -> tuple[int, int]:
        """The sheet ``[since, ends)`` that a moment belongs to."""
        hour = at - at % HOUR_MS
        since, ends = hour, hour + HOUR_MS
        later = bisect_right(self._edges, at)
        if later:
            since = max(since, self._edges[later - 1])
        if later < len(self._edges):
            ends = min(ends, self._edges[later])
        return since, ends

    def next_edge(self, at: int) -> int:
        """When the next duty begins or ends; FOREVER where none does."""
        later = bisect_right(self._edges, at)
        return self._edges[later] if later < len(self._edges) else FOREVER

    def next_duty(self, at: int) -> int:
        """The first moment from ``at`` on that a duty covers; FOREVER where none does."""
        return min((max(at, since) for since, until in self.duties if at < until), default=FOREVER)

    def on_duty_until(self, at: int) -> int | None:
        """When the first of the duties ends that cover a moment; None where none does."""
        return min((until for since, until in self.duties if since <= at < until), default=None)


NO_DUTIES = Rota()
