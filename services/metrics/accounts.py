"""Timesheets and duties as the API says them: where the time went. Pure.

Seconds are whole milliseconds divided by 1000, so each has three decimals at most, and inside,
outside and unknown, added as decimals, are exactly the time that passed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from typing_extensions import TypedDict  # pydantic refuses that of typing before Python 3.12

from services.contracts.derived import Bounds, Timesheet
from services.contracts.reference import Duty
from services.metrics.duties import DutyTime
from services.metrics.resources import time_of

HOUR_MS = 3_600_000

EpisodesDuring = Callable[[str, int, int], list[str]]
"""The episodes of silence that concern a radio and meet a stretch of time, by their ids."""


class SecondsResource(TypedDict):
    """A duration in seconds, with its uncertainty."""

    low: float
    estimate: float
    high: float


class RingTimesResource(TypedDict):
    """The time in the two rings of one hot spot."""

    core: SecondsResource
    catchment: SecondsResource


# The functional form, because a class cannot have an attribute called "from".
UnknownResource = TypedDict(
    "UnknownResource", {"from": datetime, "to": datetime, "episode_ids": list[str]}
)
TimesheetResource = TypedDict(
    "TimesheetResource",
    {
        "radio_id": str,
        "hour": datetime,
        "from": datetime,
        "to": datetime,
        "hotspots": dict[str, RingTimesResource],
        "inside_seconds": float,
        "outside_seconds": float,
        "unknown_seconds": float,
        "unknown": list[UnknownResource],
        "fixes": int,
        "set_aside": dict[str, int],
        "revision": int,
        "settled": bool,
    },
)
DutyResource = TypedDict(
    "DutyResource",
    {
        "duty_id": str,
        "radio_id": str,
        "officer_ids": list[str],
        "call_sign": str | None,
        "role": Literal["pc", "pcso", "special"] | None,
        "mode": Literal["foot", "cycle", "vehicle"] | None,
        "team": str | None,
        "hotspot_ids": list[str],
        "from": datetime,
        "to": datetime,
        "elapsed_seconds": float,
        "inside_seconds": float,
        "outside_seconds": float,
        "unknown_seconds": float,
        "settled": bool,
    },
)


def timesheet(sheet: Timesheet, episodes_during: EpisodesDuring) -> TimesheetResource:
    """A sheet by its newest revision; ``hour`` is the hour in UTC that it lies in."""
    return {
        "radio_id": sheet.radio_id,
        "hour": time_of(sheet.since - sheet.since % HOUR_MS),
        "from": time_of(sheet.since),
        "to": time_of(sheet.until),
        "hotspots": {
            hotspot_id: {"core": _seconds(times.core), "catchment": _seconds(times.catchment)}
            for hotspot_id, times in sheet.hotspots.items()
        },
        "inside_seconds": sheet.inside_ms / 1000,
        "outside_seconds": sheet.outside_ms / 1000,
        "unknown_seconds": sheet.unknown_ms / 1000,
        "unknown": [
            {
                "from": time_of(span.since),
                "to": time_of(span.until),
                "episode_ids": episodes_during(sheet.radio_id, span.since, span.until),
            }
            for span in sheet.unknown
        ],
        "fixes": sheet.fixes,
        "set_aside": sheet.set_aside,
        "revision": sheet.revision,
        "settled": sheet.settled,
    }


def duty(message: Duty, time: DutyTime) -> DutyResource:
    """A duty and where its time went so far."""
    return {
        "duty_id": message.duty_id,
        "radio_id": message.radio_id,
        "officer_ids": message.officer_ids,
        "call_sign": message.call_sign,
        "role": message.role,
        "mode": message.mode,
        "team": message.team,
        "hotspot_ids": message.hotspot_ids,
        "from": time_of(message.since),
        "to": time_of(message.until),
        "elapsed_seconds": time.elapsed_ms / 1000,
        "inside_seconds": time.inside_ms / 1000,
        "outside_seconds": time.outside_ms / 1000,
        "unknown_seconds": time.unknown_ms / 1000,
        "settled": time.settled,
    }


def _seconds(bounds: Bounds) -> SecondsResource:
    return {
        "low": bounds.low_ms / 1000,
        "estimate": bounds.estimate_ms / 1000,
        "high": bounds.high_ms / 1000,
    }
