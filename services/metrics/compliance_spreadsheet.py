"""Planned against delivered as rows of a spreadsheet, in the officers' words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from services.metrics.compliance.standing import Status
from services.metrics.compliance.windows import Outcome
from services.metrics.compliance_resources import ComplianceResource
from services.metrics.compliance_sums import TeamResource, WeekResource
from services.metrics.spreadsheet import figures_word

_COUNTS = (
    "planned_patrols",
    "qualifying_patrols",
    "uncertain_patrols",
    "short_patrols",
    "long_patrols",
    "interrupted_patrols",
    "repeated_patrols",
)
_TIMES = ("patrol_minutes", "officer_minutes", "allocated_minutes", "other_minutes")
_BOUNDS = ("low", "estimate", "high")
_MINUTES = ("planned_minutes", *(f"{name}_{bound}" for name in _TIMES for bound in _BOUNDS))
_STATUSES: Mapping[Status, str] = {
    "not_planned": "not planned",
    "on_track": "on track",
    "behind": "behind",
    "met": "met",
    "missed": "missed",
    "not_known": "not known",
    "contaminated": "patrolled on a no-patrol day",
}
_DAYS = {
    status: f"days_{word.replace(' ', '_').replace('-', '_')}" for status, word in _STATUSES.items()
}
_OUTCOMES: tuple[Outcome, ...] = ("delivered", "missed", "not_known", "open", "ahead")

DAY_COLUMNS = (
    "hotspot_id",
    "date",
    "plan_id",
    "plan_version",
    "ring",
    "status",
    *_COUNTS,
    *_MINUTES,
    *(f"windows_{outcome}" for outcome in _OUTCOMES),
    "days_since_last_patrol",
    "figures",
)
WEEK_COLUMNS = (
    "hotspot_id",
    "week",
    "from",
    "to",
    *_DAYS.values(),
    *_COUNTS,
    *_MINUTES,
    "patrols_a_day",
    "median_patrol_minutes",
    "median_gap_minutes",
    "figures",
)
TEAM_COLUMNS = (
    "team",
    "from",
    "to",
    "hotspot_id",
    "patrols",
    "qualifying_patrols",
    *(f"{name}_{bound}" for name in ("officer_minutes", "allocated_minutes") for bound in _BOUNDS),
    "own_minutes",
    "others_minutes",
    "outside_minutes",
    "unknown_minutes",
    "duty_minutes",
    "figures",
)


def day_row(told: ComplianceResource) -> list[object]:
    """The row of a hot spot's day."""
    outcomes = [window["status"] for window in told["windows"]]
    cells = _flat(told) | {
        "status": _day_word(told),
        "figures": figures_word(told["settled"]),
        **{f"windows_{outcome}": outcomes.count(outcome) for outcome in _OUTCOMES},
    }
    return [cells[column] for column in DAY_COLUMNS]


def week_row(told: WeekResource) -> list[object]:
    """The row of a hot spot's week."""
    days = {column: told["days"].get(status, 0) for status, column in _DAYS.items()}
    cells = _flat(told) | days | {"figures": figures_word(told["settled"])}
    return [cells[column] for column in WEEK_COLUMNS]


def team_rows(told: TeamResource) -> Iterator[list[object]]:
    """The rows of a team: its duties' time, then each hot spot.

    The first has no hot spot and the others no duties, so that no column adds anything up twice.
    """
    which: dict[str, object] = {
        "team": told["team"],
        "from": told["from"],
        "to": told["to"],
        "figures": figures_word(told["settled"]),
    }
    duty = told["duty_minutes"]
    whole: dict[str, object] = {
        "own_minutes": duty["own"],
        "others_minutes": duty["others"],
        "outside_minutes": duty["outside"],
        "unknown_minutes": duty["unknown"],
        "duty_minutes": duty["duty"],
    }
    for cells in (which | whole, *(which | _flat(each) for each in told["hotspots"])):
        yield [cells.get(column) for column in TEAM_COLUMNS]


def _day_word(told: ComplianceResource) -> str:
    if told["arm"] == "control" and told["status"] == "not_planned":
        return "no-patrol day"
    return _STATUSES[told["status"]]


def _flat(told: Mapping[str, object]) -> dict[str, object]:
    """Its fields; those of a time as three, by their bounds."""
    cells: dict[str, object] = {}
    for name, value in told.items():
        if name in _TIMES and isinstance(value, Mapping):
            cells |= {f"{name}_{bound}": value[bound] for bound in _BOUNDS}
        else:
            cells[name] = value
    return cells
