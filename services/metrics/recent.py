"""The days that metrics keeps, as what compliance is judged by. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from services.contracts.days import Days, Span
from services.contracts.derived import Visit
from services.contracts.reference import Duty
from services.contracts.register import Register
from services.metrics.compliance.spans import Spans, union, without
from services.metrics.projection import Projection


class Recent:
    """What the projection and the register hold, by the compliance rules' questions."""

    def __init__(self, projection: Projection, register: Register, days: Days) -> None:
        self._projection = projection
        self._register = register
        self._days = days
        self._allocated = Allocated(register)

    def first_day(self) -> date:
        """The first of the days kept."""
        return self._days.day_of(self._projection.visits.kept_from)

    def visits(self, hotspot_id: str, since: int, until: int) -> Sequence[Visit]:
        """The visits to a hot spot that meet a stretch."""
        return self._projection.visits.overlapping(hotspot_id, since, until)

    def edition(self, hotspot_id: str) -> int:
        """Rises whenever a visit to a hot spot changes."""
        return self._projection.visits.edition(hotspot_id)

    def unknown(self, radio_id: str, since: int, until: int) -> Spans:
        """The time in a stretch of which nothing is known of a radio, by its sheets."""
        return tuple(self._projection.timesheets.unknown(radio_id, since, until))

    def unaccounted(self, radio_id: str, since: int, until: int) -> Spans:
        """The time in a stretch that no sheet of a radio accounts for."""
        accounted = self._projection.timesheets.accounted(radio_id, since, until)
        return without(union([Span(since, until)]), union(accounted))

    def sheets_edition(self, since: int, until: int) -> int:
        """Rises whenever a timesheet that begins in a stretch changes."""
        return self._projection.timesheets.edition(since, until)

    def duties_of(self, radio_id: str) -> Sequence[Duty]:
        """The duties of a radio."""
        return self._register.duties(radio_id)

    def duties_at(self, hotspot_id: str, since: int, until: int) -> Sequence[Duty]:
        """The duties in a stretch that are allocated to a hot spot."""
        return self._allocated.at(hotspot_id, since, until)

    def interval_ms(self, radio_id: str, at: int) -> float:
        """How often a radio is expected to be heard, through the source it was last heard by."""
        source = self._projection.source_of(radio_id)
        return self._register.expected_interval_s(radio_id, source, at) * 1000


class Allocated:
    """Duties by the hot spots they are allocated to."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._as_of = -1
        self._duties: dict[str, list[Duty]] = {}

    def at(self, hotspot_id: str, since: int, until: int) -> list[Duty]:
        """Those in a stretch that are allocated to a hot spot, earliest first."""
        if self._as_of != self._register.offset:
            self._as_of = self._register.offset
            self._duties.clear()
            for duty in self._register.all_duties():
                for each in duty.hotspot_ids:
                    self._duties.setdefault(each, []).append(duty)
        found = self._duties.get(hotspot_id, [])
        return [duty for duty in found if duty.since < until and since < duty.until]
