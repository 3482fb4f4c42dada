"""Compliance as the API, the live stream and CSV say it: one shape and one mapping. Pure.

Durations are minutes, unless their name says otherwise; times are RFC 3339 in UTC, and dates are
days of the force.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal, get_args

from typing_extensions import TypedDict  # pydantic refuses that of typing before Python 3.12

from services.contracts.derived import Bounds, Ring
from services.metrics.compliance.day import DayFigures
from services.metrics.compliance.judged import JudgedPatrol
from services.metrics.compliance.rhythm import Rhythm
from services.metrics.compliance.standing import Status
from services.metrics.compliance.teams import TeamFigures
from services.metrics.compliance.verdicts import Kind
from services.metrics.compliance.windows import Outcome, WindowFigures
from services.metrics.resources import MinutesResource, time_of

MINUTE_MS = 60_000

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


class ComplianceResource(TypedDict):
    """A hot spot's day: what was due and what was done.

    ``qualifying_patrols`` are those that count, ``long_patrols`` are among them where they do.
    """

    hotspot_id: str
    date: date
    plan_id: str | None
    plan_version: int | None
    ring: Ring
    arm: Literal["treatment", "control"] | None
    planned_patrols: int
    qualifying_patrols: int
    uncertain_patrols: int
    short_patrols: int
    long_patrols: int
    interrupted_patrols: int
    planned_minutes: float
    patrol_minutes: MinutesResource
    officer_minutes: MinutesResource
    allocated_minutes: MinutesResource
    other_minutes: MinutesResource
    windows: list[WindowResource]
    days_since_last_patrol: int | None
    status: Status
    settled: bool


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


def compliance(figures: DayFigures, days_since: int | None, *, settled: bool) -> ComplianceResource:
    """A day's figures; ``settled`` says that all of them are final."""
    plan = figures.planned.plan if figures.planned else None
    return {
        "hotspot_id": figures.hotspot_id,
        "date": figures.day,
        "plan_id": plan.plan_id if plan else None,
        "plan_version": figures.planned.version if figures.planned else None,
        "ring": plan.ring if plan else "core",
        "arm": plan.arm if plan else None,
        "planned_patrols": figures.planned_patrols,
        "qualifying_patrols": figures.qualifying,
        "uncertain_patrols": figures.number_of("uncertain"),
        "short_patrols": figures.number_of("short"),
        "long_patrols": figures.number_of("long"),
        "interrupted_patrols": figures.number_of("interrupted"),
        "planned_minutes": figures.planned_ms / MINUTE_MS,
        "patrol_minutes": minutes(figures.patrol_time),
        "officer_minutes": minutes(figures.officer_time),
        "allocated_minutes": minutes(figures.allocated_time),
        "other_minutes": minutes(figures.other_time),
        "windows": [window(each) for each in figures.windows],
        "days_since_last_patrol": days_since,
        "status": figures.status,
        "settled": settled,
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


def patrol(judged: JudgedPatrol) -> PatrolResource:
    """A patrol, its verdict and the visits it is made of."""
    span = judged.patrol.span
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
        "visit_ids": [visit.visit_id for visit in judged.patrol.visits],
    }


def minutes(bounds: Bounds) -> MinutesResource:
    """A duration."""
    return {
        "low": bounds.low_ms / MINUTE_MS,
        "estimate": bounds.estimate_ms / MINUTE_MS,
        "high": bounds.high_ms / MINUTE_MS,
    }


class WeekResource(TypedDict):
    """A hot spot over some days: how they came out, how often and how long it was patrolled.

    ``frequency_per_day`` is of patrols that count, the other two are medians of them.
    """

    hotspot_id: str
    since: date
    until: date
    days: dict[Status, int]
    planned_patrols: int
    qualifying_patrols: int
    planned_minutes: float
    patrol_minutes: MinutesResource
    officer_minutes: MinutesResource
    allocated_minutes: MinutesResource
    other_minutes: MinutesResource
    frequency_per_day: float
    duration_minutes: float | None
    intermittency_minutes: float | None


class TeamResource(TypedDict):
    """A team at a hot spot over some days; ``team`` is null where no duty names one."""

    hotspot_id: str
    team: str | None
    patrols: int
    qualifying_patrols: int
    officer_minutes: MinutesResource
    allocated_minutes: MinutesResource


def over_days(rhythm: Rhythm) -> WeekResource:
    """A hot spot's days taken together."""
    first, last = rhythm.days[0], rhythm.days[-1]
    return {
        "hotspot_id": first.hotspot_id,
        "since": first.day,
        "until": last.day,
        "days": {status: rhythm.by_status[status] for status in get_args(Status)},
        "planned_patrols": sum(day.planned_patrols for day in rhythm.days),
        "qualifying_patrols": sum(day.qualifying for day in rhythm.days),
        "planned_minutes": sum(day.planned_ms for day in rhythm.days) / MINUTE_MS,
        "patrol_minutes": minutes(rhythm.patrol_time),
        "officer_minutes": minutes(rhythm.officer_time),
        "allocated_minutes": minutes(rhythm.allocated_time),
        "other_minutes": minutes(rhythm.other_time),
        "frequency_per_day": rhythm.frequency,
        "duration_minutes": _minutes_or_none(rhythm.duration_ms),
        "intermittency_minutes": _minutes_or_none(rhythm.intermittency_ms),
    }


def team(figures: TeamFigures) -> TeamResource:
    """A team at a hot spot."""
    return {
        "hotspot_id": figures.hotspot_id,
        "team": figures.team,
        "patrols": figures.patrols,
        "qualifying_patrols": figures.qualifying,
        "officer_minutes": minutes(figures.officer_time),
        "allocated_minutes": minutes(figures.allocated_time),
    }


def flat(resource: Mapping[str, object]) -> dict[str, object]:
    """A resource as the cells of a table's row: each bound of a duration has its own column.

    Lists have none: they have tables of their own.
    """
    cells: dict[str, object] = {}
    for name, value in resource.items():
        if isinstance(value, Mapping):
            cells |= {f"{name}_{key}": each for key, each in value.items()}
        elif not isinstance(value, list):
            cells[name] = value
    return cells


def _minutes_or_none(ms: float | None) -> float | None:
    return None if ms is None else ms / MINUTE_MS
