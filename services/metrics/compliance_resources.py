"""Planned against delivered as the API, the live stream and CSV say it: one mapping each. Pure.

Times are RFC 3339 in UTC, dates and weeks the force's own, durations in minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from typing_extensions import TypedDict  # pydantic refuses that of typing before Python 3.12

from services.contracts.derived import Bounds, Ring
from services.metrics.audience import Audience, may_see
from services.metrics.compliance.day import DayFigures
from services.metrics.compliance.judged import JudgedPatrol, added
from services.metrics.compliance.planned import MINUTE_MS
from services.metrics.compliance.standing import Status
from services.metrics.compliance.verdicts import Kind
from services.metrics.compliance.windows import Outcome, WindowFigures
from services.metrics.resources import MinutesResource, time_of


class CountsResource(TypedDict):
    """How many patrols were due, and how many of each kind there were.

    ``qualifying_patrols`` are those that count; long ones do, unless they are repeated: too near to
    another that counts.
    """

    planned_patrols: int
    qualifying_patrols: int
    uncertain_patrols: int
    short_patrols: int
    long_patrols: int
    interrupted_patrols: int
    repeated_patrols: int


class TimeResource(TypedDict):
    """The police time due, and where it went."""

    planned_minutes: float
    patrol_minutes: MinutesResource
    officer_minutes: MinutesResource
    allocated_minutes: MinutesResource
    other_minutes: MinutesResource


# The functional form, because a class cannot have an attribute called "from".
WindowResource = TypedDict(
    "WindowResource",
    {
        "from": datetime,
        "to": datetime,
        "planned": int,
        "delivered": int,
        "uncertain": int,
        "status": Outcome,
    },
)
PatrolResource = TypedDict(
    "PatrolResource",
    {
        "patrol_id": str,
        "from": datetime,
        "to": datetime,
        "goes_on": bool,
        "verdict": Kind,
        "counts": bool,
        "repeats": bool,
        "patrol_minutes": MinutesResource,
        "officer_minutes": MinutesResource,
        "allocated_minutes": MinutesResource,
        "other_minutes": MinutesResource,
        "visit_ids": list[str],
    },
)


class ComplianceResource(CountsResource, TimeResource):
    """A hot spot's day: what was due and what was done.

    ``arm`` is null where no plan holds, ``days_since_last_patrol`` where none is known.
    """

    hotspot_id: str
    date: date
    plan_id: str | None
    plan_version: int | None
    ring: Ring
    arm: Literal["treatment", "control"] | None
    windows: list[WindowResource]
    days_since_last_patrol: int | None
    status: Status
    settled: bool


class DayResource(ComplianceResource):
    """The same, and its patrols in order of time."""

    patrols: list[PatrolResource]


@dataclass(frozen=True, slots=True)
class Day:
    """A hot spot's day, the last patrol that counts with the day it is of, and if all is final."""

    figures: DayFigures
    last: tuple[date, JudgedPatrol] | None
    settled: bool

    @property
    def days_since(self) -> int | None:
        """How many days the last patrol is ago; None where none is known."""
        return (self.figures.day - self.last[0]).days if self.last else None


def compliance(each: Day) -> ComplianceResource:
    """A day without its patrols."""
    figures = each.figures
    plan = figures.planned.plan if figures.planned else None
    return {
        "hotspot_id": figures.hotspot_id,
        "date": figures.day,
        "plan_id": plan.plan_id if plan else None,
        "plan_version": figures.planned.version if figures.planned else None,
        "ring": plan.ring if plan else "core",
        "arm": "control" if figures.is_control else "treatment" if plan else None,
        **counts([figures]),
        **time_spent([figures]),
        "windows": [window(found) for found in figures.windows],
        "days_since_last_patrol": each.days_since,
        "status": figures.status,
        "settled": each.settled,
    }


def day(each: Day, audience: Audience) -> DayResource:
    """A day with its patrols, as an audience may see them."""
    return {
        **compliance(each),
        "patrols": [patrol(found, audience) for found in each.figures.patrols],
    }


def window(figures: WindowFigures) -> WindowResource:
    """A window and what became of it."""
    span = figures.window.span
    return {
        "from": time_of(span.start),
        "to": time_of(span.end),
        "planned": figures.window.patrols,
        "delivered": figures.delivered,
        "uncertain": figures.uncertain,
        "status": figures.outcome,
    }


def patrol(judged: JudgedPatrol, audience: Audience) -> PatrolResource:
    """A patrol, its verdict and the visits it is made of.

    Who may see only figures learns of a visit once it has ended.
    """
    span = judged.patrol.span
    visits = [each for each in judged.patrol.visits if may_see(audience, each)]
    return {
        "patrol_id": judged.patrol.patrol_id,
        "from": time_of(span.start),
        "to": time_of(span.end),
        "goes_on": judged.patrol.goes_on,
        "verdict": judged.kind,
        "counts": judged.counts,
        "repeats": judged.repeats,
        "patrol_minutes": minutes(judged.patrol_time),
        "officer_minutes": minutes(judged.officer_time),
        "allocated_minutes": minutes(judged.allocated_time),
        "other_minutes": minutes(judged.other_time),
        "visit_ids": [each.visit_id for each in visits],
    }


def minutes(time: Bounds) -> MinutesResource:
    """A duration and its bounds in minutes."""
    return {
        "low": time.low_ms / MINUTE_MS,
        "estimate": time.estimate_ms / MINUTE_MS,
        "high": time.high_ms / MINUTE_MS,
    }


def counts(days: Sequence[DayFigures]) -> CountsResource:
    """How many patrols there were in days."""

    def of(kind: Kind) -> int:
        return sum(each.number_of(kind) for each in days)

    patrols = [patrol for each in days for patrol in each.patrols]
    return {
        "planned_patrols": sum(each.planned_patrols for each in days),
        "qualifying_patrols": sum(each.qualifying for each in days),
        "uncertain_patrols": of("uncertain"),
        "short_patrols": of("short"),
        "long_patrols": of("long"),
        "interrupted_patrols": of("interrupted"),
        "repeated_patrols": sum(each.repeats for each in patrols),
    }


def time_spent(several: Sequence[DayFigures]) -> TimeResource:
    """Where the time of days went."""
    planned_ms = sum(each.planned_ms for each in several)
    return {
        "planned_minutes": planned_ms / MINUTE_MS,
        "patrol_minutes": minutes(added(each.patrol_time for each in several)),
        "officer_minutes": minutes(added(each.officer_time for each in several)),
        "allocated_minutes": minutes(added(each.allocated_time for each in several)),
        "other_minutes": minutes(added(each.other_time for each in several)),
    }
