"""The parameters of compliance, checked: dates, weeks and stretches of days."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, PlainValidator, model_validator

from services.metrics.queries import Cursor

MOST_DAYS = 31
YEARS = range(2000, 2101)
_TO_SUNDAY = timedelta(days=6)


def a_date(given: object) -> date:
    """A date as it is written in an address. Raises ValueError where it is none."""
    if isinstance(given, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", given, re.ASCII):
        try:
            found = date.fromisoformat(given)
        except ValueError:
            found = date.min
        if found.year in YEARS:
            return found
    msg = f"should be a date such as 2026-11-24, from {YEARS[0]} to {YEARS[-1]}"
    raise ValueError(msg)


def _monday(given: object) -> date:
    if isinstance(given, str) and re.fullmatch(r"\d{4}-W\d\d", given, re.ASCII):
        try:
            found = date.fromisocalendar(int(given[:4]), int(given[6:]), 1)
        except ValueError:
            found = date.min
        if found.year in YEARS:
            return found
    msg = "should be an ISO week such as 2026-W48"
    raise ValueError(msg)


Date = Annotated[date, PlainValidator(a_date, json_schema_input_type=date)]
Week = Annotated[
    date,
    PlainValidator(_monday, json_schema_input_type=str),
]
"""The Monday of an ISO week."""


class ComplianceQuery(Cursor):
    """Which hot spots' days: those of a date, of a week, or from a date to another, both included.

    Today's where none is given. By week, whole ISO weeks.
    """

    on: Date | None = Field(default=None, alias="date")
    week: Week | None = None
    since: Date | None = Field(default=None, alias="from")
    until: Date | None = Field(default=None, alias="to")
    hotspot_id: str | None = None
    team: str | None = None
    by: Literal["day", "week", "team"] = "day"
    format: Literal["json", "csv"] = "json"

    @model_validator(mode="after")
    def _one_stretch(self) -> Self:
        if (self.since is None) != (self.until is None):
            msg = "'from' and 'to' should be given together"
            raise ValueError(msg)
        if sum(each is not None for each in (self.on, self.week, self.since)) > 1:
            msg = "should have 'date', 'week', or 'from' and 'to', and not two of them"
            raise ValueError(msg)
        if self.since and self.until and not 0 <= (self.until - self.since).days < MOST_DAYS:
            msg = f"'to' should be 'from' or later, by less than {MOST_DAYS} days"
            raise ValueError(msg)
        return self

    def stretch(self, today: date) -> tuple[date, date]:
        """The first day and the last."""
        if self.since and self.until:
            first, last = self.since, self.until
        elif self.week:
            first, last = self.week, self.week + _TO_SUNDAY
        else:
            first = last = self.on or today
        if self.by == "week":
            first -= timedelta(days=first.weekday())
            last += _TO_SUNDAY - timedelta(days=last.weekday())
        return first, last
