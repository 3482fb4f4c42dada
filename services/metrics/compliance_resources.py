"""Planned against delivered as the API, the live stream and CSV say it: one mapping each. Pure.

Times are RFC 3339 in UTC, dates and weeks the force's own, durations in minutes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from typing_extensions import TypedDict  # pydantic refuses that of typing before Python 3.12

from services.contracts.derived import Bounds, Ring
from services.metrics.audience import Audience, sees
from services.metrics.compliance.day import DayFigures
from services.metrics.compliance.judged import JudgedPatrol, added
from services.metrics.compliance.planned import MINUTE_MS
from services.metrics.compliance.rhythm import rhythm
from services.metrics.compliance.standing import Status
from services.metrics.compliance.teams import Team
from services.metrics.compliance.verdicts import Kind
from services.metrics.compliance.windows import Outcome, WindowFigures
from services.metrics.figures import goes_on
from services.metrics.resources import MinutesResource, time_of

Arm = Literal["treatment", "control"]


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
    {"from": datetime, "to": datetime, "planned": int, "delivered": int, "status": Outcome},
)
PatrolResource = TypedDict(
    "PatrolResource",
    {
        "patrol_id": str,
        "from": datetime,
        "to": datetime | None,
        "verdict": Kind,
        "counts": bool,
        "visit_ids": list[str],
        "patrol_minutes": MinutesResource,
    },
)


class DayResource(CountsResource, TimeResource):
    """A hot spot's day; ``arm`` is told to those who supervise, and null to others.

    ``days_since_last_patrol`` is null where none is known, and ``ring`` is the one that counts.
    """

    hotspot_id: str
    date: str
    plan_id: str | None
    plan_version: int | None
    ring: Ring
    arm: Arm | None
    windows: list[WindowResource]
    days_since_last_patrol: int | None
    status: Status
    settled: bool


class DayWithPatrols(DayResource):
    """The same, and the visits of each patrol."""

    patrols: list[PatrolResource]


WeekResource = TypedDict(
    "WeekResource",
    {
        "hotspot_id": str,
        "week": str,
        "from": str,
        "to": str,
        "days": dict[Status, int],
        "planned_patrols": int,
        "qualifying_patrols": int,
        "uncertain_patrols": int,
        "short_patrols": int,
        "long_patrols": int,
        "interrupted_patrols": int,
        "repeated_patrols": int,
        "planned_minutes": float,
        "patrol_minutes": MinutesResource,
        "officer_minutes": MinutesResource,
        "allocated_minutes": MinutesResource,
        "other_minutes": MinutesResource,
        "patrols_a_day": float,
        "median_patrol_minutes": float | None,
        "median_gap_minutes": float | None,
        "settled": bool,
    },
)


class TeamAtHotSpotResource(TypedDict):
    """What a team did at a hot spot."""

    hotspot_id: str
    patrols: int
    qualifying_patrols: int
    officer_minutes: MinutesResource
    allocated_minutes: MinutesResource


class DutyMinutesResource(TypedDict):
    """The time of a team's allocated duties; the first four add up to the last."""

    own: float
    others: float
    outside: float
    unknown: float
    duty: float


TeamResource = TypedDict(
    "TeamResource",
    {
        "team": str | None,
        "from": str,
        "to": str,
        "hotspots": list[TeamAtHotSpotResource],
        "duty_minutes": DutyMinutesResource,
        "settled": bool,
    },
)


@dataclass(frozen=True, slots=True)
class Day:
    """A hot spot's day, its last patrol so far and whether it is final."""

    figures: DayFigures
    is_control: bool
    last_patrol: date | None
    settled: bool


def day(each: Day, audience: Audience) -> DayResource:
    """A day as an audience may see it."""
    figures = each.figures
    planned = figures.planned
    arm: Arm = "control" if each.is_control else "treatment"
    since = None if each.last_patrol is None else (figures.day - each.last_patrol).days
    return {
        "hotspot_id": figures.hotspot_id,
        "date": figures.day.isoformat(),
        "plan_id": planned.plan.plan_id if planned else None,
        "plan_version": planned.version if planned else None,
        "ring": planned.plan.ring if planned else "core",
        "arm": arm if sees(audience, "supervise") else None,
        **_counts([figures]),
        **_time([figures]),
        "windows": [window(found) for found in figures.windows],
        "days_since_last_patrol": since,
        "status": figures.status,
        "settled": each.settled,
    }


def day_with_patrols(each: Day, audience: Audience) -> DayWithPatrols:
    """A day with its patrols, in order of time."""
    patrols = [patrol(found, audience) for found in each.figures.patrols]
    return {**day(each, audience), "patrols": patrols}


def week(days: Sequence[Day]) -> WeekResource:
    """Days of one hot spot and one week, in order."""
    figures = [each.figures for each in days]
    first, last = figures[0].day, figures[-1].day
    found = rhythm(figures)
    return {
        "hotspot_id": figures[0].hotspot_id,
        "week": week_name(first),
        "from": first.isoformat(),
        "to": last.isoformat(),
        "days": dict(Counter(each.status for each in figures)),
        **_counts(figures),
        **_time(figures),
        "patrols_a_day": found.patrols_a_day,
        "median_patrol_minutes": None if found.patrol_ms is None else found.patrol_ms / MINUTE_MS,
        "median_gap_minutes": None if found.gap_ms is None else found.gap_ms / MINUTE_MS,
        "settled": all(each.settled for each in days),
    }


def team(name: str | None, found: Team, first: date, last: date, *, settled: bool) -> TeamResource:
    """A team's work from a day to another."""
    own, others, outside, unknown = (ms / MINUTE_MS for ms in found.duty_time)
    return {
        "team": name,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "hotspots": [
            {
                "hotspot_id": hotspot_id,
                "patrols": there.patrols,
                "qualifying_patrols": there.qualifying,
                "officer_minutes": minutes(there.officer_time),
                "allocated_minutes": minutes(there.allocated_time),
            }
            for hotspot_id, there in sorted(found.hotspots.items())
        ],
        "duty_minutes": {
            "own": own,
            "others": others,
            "outside": outside,
            "unknown": unknown,
            "duty": found.duty_time.duty_ms / MINUTE_MS,
        },
        "settled": settled,
    }


def window(found: WindowFigures) -> WindowResource:
    """A window of a plan."""
    return {
        "from": time_of(found.window.span.start),
        "to": time_of(found.window.span.end),
        "planned": found.window.patrols,
        "delivered": found.delivered,
        "status": found.outcome,
    }


def patrol(found: JudgedPatrol, audience: Audience) -> PatrolResource:
    """A patrol; who may see only figures learns of its visits once they have ended."""
    shown = sees(audience, "view")
    span = found.patrol.span
    visits = [each for each in found.patrol.visits if shown or not goes_on(each)]
    return {
        "patrol_id": found.patrol.patrol_id,
        "from": time_of(span.start),
        "to": None if found.patrol.goes_on else time_of(span.end),
        "verdict": found.kind,
        "counts": found.counts,
        "visit_ids": [each.visit_id for each in visits],
        "patrol_minutes": minutes(found.patrol_time),
    }


def minutes(time: Bounds) -> MinutesResource:
    """A duration and its bounds in minutes."""
    return {
        "low": time.low_ms / MINUTE_MS,
        "estimate": time.estimate_ms / MINUTE_MS,
        "high": time.high_ms / MINUTE_MS,
    }


def week_name(of: date) -> str:
    """The ISO week of a day, as ``2026-W48``."""
    year, number, _ = of.isocalendar()
    return f"{year}-W{number:02}"


def _counts(days: Sequence[DayFigures]) -> CountsResource:
    def of(kind: Kind) -> int:
        return sum(each.number_of(kind) for each in days)

    patrols = [patrol for each in days for patrol in each.patrols]
    return {
        "planned_patrols": sum(each.planned.patrols for each in days if each.planned),
        "qualifying_patrols": sum(each.qualifying for each in days),
        "uncertain_patrols": of("uncertain"),
        "short_patrols": of("short"),
        "long_patrols": of("long"),
        "interrupted_patrols": of("interrupted"),
        "repeated_patrols": sum(each.repeats for each in patrols),
    }


def _time(days: Iterable[DayFigures]) -> TimeResource:
    several = list(days)
    planned_ms = sum(each.planned.day_ms for each in several if each.planned)
    return {
        "planned_minutes": planned_ms / MINUTE_MS,
        "patrol_minutes": minutes(added(each.patrol_time for each in several)),
        "officer_minutes": minutes(added(each.officer_time for each in several)),
        "allocated_minutes": minutes(added(each.allocated_time for each in several)),
        "other_minutes": minutes(added(each.other_time for each in several)),
    }
