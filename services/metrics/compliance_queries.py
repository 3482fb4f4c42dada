"""The parameters of compliance, checked: which days, which hot spots, and added up how."""

from __future__ import annotations

from datetime import date as Day  # noqa: N812  # a field is called date
from datetime import timedelta
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

MOST_DAYS = 31
_WEEK = r"^\d{4}-W\d{2}$"


class ComplianceQuery(BaseModel):
    """Which days: ``date``, a ``week``, or ``from`` up to and with ``to``; today without any."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cursor: str | None = Field(default=None, max_length=200)
    date: Day | None = None
    week: str | None = Field(default=None, pattern=_WEEK, description="Such as 2026-W48 (ISO 8601)")
    since: Day | None = Field(default=None, alias="from")
    until: Day | None = Field(default=None, alias="to")
    hotspot_id: str | None = None
    team: str | None = None
    by: Literal["day", "week", "team"] = "day"
    format: Literal["json", "csv"] = "json"

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        given = [self.date is not None, self.week is not None, self.since is not None]
        if sum(given) > 1 or (self.since is None) != (self.until is None):
            msg = "give 'date', or 'week', or both 'from' and 'to'"
            raise ValueError(msg)
        if self.since and self.until and not 0 <= (self.until - self.since).days < MOST_DAYS:
            msg = f"'from' should not be after 'to', and they should span {MOST_DAYS} days at most"
            raise ValueError(msg)
        if self.week is not None:
            _monday(self.week)
        if self.team is not None and self.by != "team":
            msg = "'team' goes with by=team"
            raise ValueError(msg)
        return self

    def days(self, today: Day) -> list[Day]:
        """The days asked for, in order; a week without those to come."""
        if self.week is not None:
            monday = _monday(self.week)
            week = [monday + timedelta(days=number) for number in range(7)]
            return [day for day in week if day <= today] or [monday]
        first = self.since or self.date or today
        last = self.until or self.date or today
        return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _monday(week: str) -> Day:
    """Raises ValueError for a week that there is not."""
    return Day.fromisoformat(f"{week}-1")
