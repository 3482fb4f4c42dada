"""Days of visits and timesheets, as what compliance is judged by. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from services.contracts.days import Days, Span
from services.contracts.derived import Visit
from services.contracts.reference import Duty
from services.contracts.register import Register
from services.metrics.spans import Spans, union, without
from services.metrics.timesheets import Timesheets
from services.metrics.visits import Visits


class Kept(Protocol):
    """Visits and timesheets, be they of the last weeks or read from the log."""

    @property
    def kept_from(self) -> int:
        """From when on all visits are known, in epoch milliseconds."""

    @property
    def visits(self) -> Visits:
        """The visits."""

    @property
    def timesheets(self) -> Timesheets:
        """The sheets."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read from the log of days that are kept no more."""

    kept_from: int
    visits: Visits
    timesheets: Timesheets


class Recent:
    """What is kept and what the register holds, by the compliance rules' questions."""

    def __init__(self, kept: Kept, register: Register, days: Days) -> None:
        self._kept = kept
        self._register = register
        self._days = days
        self._allocated = Allocated(register)

    def first_day(self) -> date:
        """The first of the days kept."""
        return self._days.day_of(self._kept.kept_from)

    def visits(self, hotspot_id: str, since: int, until: int) -> Sequence[Visit]:
        """The visits to a hot spot that meet a stretch."""
        return self._kept.visits.overlapping(hotspot_id, since, until)

    def edition(self, hotspot_id: str) -> int:
        """Rises whenever a visit to a hot spot changes."""
        return self._kept.visits.edition(hotspot_id)

    def unknown(self, radio_id: str, since: int, until: int) -> Spans:
        """The time in a stretch of which nothing is known of a radio, by its sheets."""
        return tuple(self._kept.timesheets.unknown(radio_id, since, until))

    def unaccounted(self, radio_id: str, since: int, until: int) -> Spans:
        """The time in a stretch that no sheet of a radio accounts for."""
        accounted = self._kept.timesheets.accounted(radio_id, since, until)
        return without(union([Span(since, until)]), tuple(accounted))

    def sheets_edition(self, since: int, until: int) -> int:
        """Rises whenever a timesheet that begins in a stretch changes."""
        return self._kept.timesheets.edition(since, until)

    def duties_of(self, radio_id: str) -> Sequence[Duty]:
        """The duties of a radio."""
        return self._register.duties(radio_id)

    def duties_at(self, hotspot_id: str, since: int, until: int) -> Sequence[Duty]:
        """The duties in a stretch that are allocated to a hot spot."""
        return self._allocated.at(hotspot_id, since, until)

    def interval_ms(self, visit: Visit) -> float:
        """How often a visit's radio was expected to be heard when it entered."""
        at = visit.entered_at
        return self._register.expected_interval_s(visit.radio_id, visit.source, at) * 1000


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
