"""A force's days: local to its time zone, and perhaps begun at another hour than midnight. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

_ONE = timedelta(days=1)


class Span(NamedTuple):
    """A stretch of time in epoch milliseconds: ``start <= t < end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Days:
    """How a force divides time into days.

    A day lasts 23 or 25 hours when the clocks change in it. Where ``starts`` is told twice that
    night the first telling counts; where it is skipped the day starts when it would have been.
    """

    zone: ZoneInfo
    starts: time

    def start_of(self, day: date) -> int:
        """When a day starts, in epoch milliseconds."""
        local = datetime.combine(day, self.starts, tzinfo=self.zone)
        return round(local.timestamp() * 1000)

    def span(self, day: date) -> Span:
        """From a day's start to the next day's."""
        return Span(self.start_of(day), self.start_of(day + _ONE))

    def day_of(self, at: int) -> date:
        """The day that a moment, in epoch milliseconds, belongs to."""
        day = datetime.fromtimestamp(at / 1000, UTC).astimezone(self.zone).date()
        return day if at >= self.start_of(day) else day - _ONE
