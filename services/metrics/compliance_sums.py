"""Compliance added up by week and by team, as the API says it. Pure. Durations are minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import get_args

from typing_extensions import TypedDict  # pydantic refuses that of typing before Python 3.12

from services.metrics.compliance.planned import MINUTE_MS
from services.metrics.compliance.rhythm import rhythm
from services.metrics.compliance.standing import Status
from services.metrics.compliance.teams import Team
from services.metrics.compliance_resources import Day, counts, minutes, time_spent
from services.metrics.resources import MinutesResource

# The functional form, because a class cannot have an attribute called "from".
WeekResource = TypedDict(
    "WeekResource",
    {
        "hotspot_id": str,
        "week": str,
        "from": date,
        "to": date,
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
        "from": date,
        "to": date,
        "hotspots": list[TeamAtHotSpotResource],
        "duty_minutes": DutyMinutesResource,
        "settled": bool,
    },
)


def week(days: Sequence[Day]) -> WeekResource:
    """Days of one hot spot and one week, in order."""
    figures = [each.figures for each in days]
    first, last = figures[0].day, figures[-1].day
    found = rhythm(figures)
    by_status = Counter(each.status for each in figures)
    return {
        "hotspot_id": figures[0].hotspot_id,
        "week": week_name(first),
        "from": first,
        "to": last,
        "days": {status: by_status[status] for status in get_args(Status)},
        **counts(figures),
        **time_spent(figures),
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
        "from": first,
        "to": last,
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


def week_name(of: date) -> str:
    """The ISO week of a day, as ``2026-W48``."""
    year, number, _ = of.isocalendar()
    return f"{year}-W{number:02}"
