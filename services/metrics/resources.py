"""What the API, the live stream and CSV say: one shape and one mapping of each resource. Pure.

Times are RFC 3339 in UTC, durations seconds or, where the name says so, minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

import orjson
from typing_extensions import TypedDict  # pydantic refuses that of typing before Python 3.12

from services.contracts.derived import Bounds, Position, Ring, Visit
from services.contracts.reference import GeoJSON, HotSpot, Source
from services.metrics.episodes import Cause, Episode, Type
from services.metrics.intervals import Intervals, usual_of
from services.metrics.pipeline import Pipeline
from services.metrics.units import State, Unit


class InsideResource(TypedDict):
    """A ring of a hot spot that a unit is in."""

    hotspot_id: str
    ring: Ring


class TrackPoint(TypedDict):
    """Where a unit was, as far as was known, when it was heard."""

    radio_id: str
    status: str | None
    lat: float | None
    lon: float | None
    accuracy_m: float | None
    heading_deg: float | None
    speed_mps: float | None
    fix_time: datetime | None
    heard_at: datetime
    hotspots: list[InsideResource]


class UnitResource(TrackPoint):
    """Where a unit is now, whether it is heard, and what of it is not used.

    ``observed_interval_s`` is null until enough was heard; ``set_aside`` counts fixes by reason, of
    the unit's newest timesheet.
    """

    call_sign: str | None
    state: State
    expected_interval_s: float
    observed_interval_s: float | None
    set_aside: dict[str, int]


class SourceResource(TypedDict):
    """How often a source's radios should be heard, by what is set or usual, and how often they are.

    ``units`` were heard through it in the last hour.
    """

    source: str
    name: str
    units: int
    expected_interval_s: float
    observed_interval_s: float | None


class MinutesResource(TypedDict):
    """A duration in minutes, with its uncertainty."""

    low: float
    estimate: float
    high: float


class HotSpotResource(TypedDict):
    """A hot spot as in force, and what it has had today."""

    hotspot_id: str
    name: str
    version: int
    catchment_m: float
    geometry: GeoJSON
    catchment: GeoJSON
    units_present: int
    minutes_today: MinutesResource


# The functional form, because a class cannot have an attribute called "from".
StatusResource = TypedDict(
    "StatusResource", {"status": str, "from": datetime, "to": datetime | None}
)


class VisitResource(TypedDict):
    """One radio's stay in one ring of one hot spot."""

    visit_id: str
    radio_id: str
    source: str
    hotspot_id: str
    hotspot_version: int
    ring: Ring
    entered_at: datetime
    left_at: datetime | None
    seconds: float
    seconds_low: float
    seconds_high: float
    unknown_seconds: float
    statuses: list[StatusResource]
    fixes: int
    revision: int
    state: Literal["open", "closed", "retracted"]
    settled: bool


class SignalResource(TypedDict):
    """An episode of silence: of a radio, a source (no ``radio_id``), the pipeline or an area.

    ``radios`` are those of an area, and ``instance`` the ingest that fell silent.
    """

    episode_id: str
    radio_id: str | None
    radios: list[str]
    source: str | None
    kind: Type
    cause: Cause
    reason: str | None
    last_heard_at: datetime | None
    declared_at: datetime
    ended_at: datetime | None
    hotspot_id: str | None
    lat: float | None
    lon: float | None
    cell_id: str | None
    instance: str | None
    revision: int


class HealthResource(TypedDict):
    """How old the figures are and, if too old, why; and whether some are made up."""

    now: datetime
    engine_time: datetime | None
    age_seconds: float | None
    stale: bool
    reason: str | None
    simulated: bool


def time_of(at: int) -> datetime:
    """Epoch milliseconds as a time that is written as RFC 3339."""
    return datetime.fromtimestamp(at / 1000, UTC)


def written(time: datetime) -> str:
    """A time in UTC as RFC 3339, where nothing encodes it as JSON."""
    return time.isoformat().replace("+00:00", "Z")


def track_point(position: Position) -> TrackPoint:
    """A position as the track shows it."""
    return {
        "radio_id": position.radio_id,
        "status": position.status,
        "lat": position.lat,
        "lon": position.lon,
        "accuracy_m": position.accuracy_m,
        "heading_deg": position.heading_deg,
        "speed_mps": position.speed_mps,
        "fix_time": _time_or_none(position.fix_time),
        "heard_at": time_of(position.heard_at),
        "hotspots": [
            {"hotspot_id": inside.hotspot_id, "ring": inside.ring} for inside in position.hotspots
        ],
    }


def unit(
    known: Unit,
    position: Position,
    call_sign: str | None,
    expected_interval_s: float,
    set_aside: dict[str, int],
) -> UnitResource:
    """A unit as it is now, with as much of its ``position`` as is shown."""
    return {
        **track_point(position),
        "call_sign": call_sign,
        "state": known.state,
        "expected_interval_s": expected_interval_s,
        "observed_interval_s": known.intervals.usual_s,
        "set_aside": set_aside,
    }


def source(message: Source, intervals: Sequence[Intervals]) -> SourceResource:
    """A source and how often its radios, of which these are the intervals, are heard."""
    return {
        "source": message.source,
        "name": message.name,
        "units": len(intervals),
        "expected_interval_s": message.expected_interval_s,
        "observed_interval_s": usual_of(intervals),
    }


def hotspot(
    version: int, message: HotSpot, catchment: GeoJSON, units_present: int, today: Bounds
) -> HotSpotResource:
    """A hot spot as it is now."""
    return {
        "hotspot_id": message.hotspot_id,
        "name": message.name,
        "version": version,
        "catchment_m": message.catchment_m,
        "geometry": message.geometry,
        "catchment": catchment,
        "units_present": units_present,
        "minutes_today": {
            "low": today.low_ms / 60_000,
            "estimate": today.estimate_ms / 60_000,
            "high": today.high_ms / 60_000,
        },
    }


def visit(message: Visit) -> VisitResource:
    """A visit by its newest revision."""
    return {
        "visit_id": message.visit_id,
        "radio_id": message.radio_id,
        "source": message.source,
        "hotspot_id": message.hotspot_id,
        "hotspot_version": message.hotspot_version,
        "ring": message.ring,
        "entered_at": time_of(message.entered_at),
        "left_at": _time_or_none(message.left_at),
        "seconds": message.duration_ms / 1000,
        "seconds_low": message.low_ms / 1000,
        "seconds_high": message.high_ms / 1000,
        "unknown_seconds": message.unknown_ms / 1000,
        "statuses": [
            {
                "status": span.status,
                "from": time_of(span.since),
                "to": _time_or_none(span.until),
            }
            for span in message.statuses
        ],
        "fixes": message.fixes,
        "revision": message.revision,
        "state": message.state,
        "settled": message.settled,
    }


def signal(episode: Episode) -> SignalResource:
    """An episode of silence as it is known now."""
    told = episode.signal
    return {
        "episode_id": told.episode_id,
        "radio_id": told.radio_id,
        "radios": list(episode.radios),
        "source": told.source,
        "kind": told.type,
        "cause": told.cause,
        "reason": told.reason,
        "last_heard_at": _time_or_none(told.last_heard_at),
        "declared_at": time_of(told.declared_at),
        "ended_at": _time_or_none(told.ended_at),
        "hotspot_id": told.hotspot_id,
        "lat": told.lat,
        "lon": told.lon,
        "cell_id": told.cell_id,
        "instance": told.instance,
        "revision": told.revision,
    }


def health(pipeline: Pipeline, *, simulated: bool) -> HealthResource:
    """The state of the pipeline, and whether a source that is ``simulated`` feeds it."""
    return {
        "now": time_of(pipeline.now),
        "engine_time": _time_or_none(pipeline.engine_time),
        "age_seconds": None if pipeline.age_ms is None else pipeline.age_ms / 1000,
        "stale": pipeline.is_stale,
        "reason": pipeline.reason,
        "simulated": simulated,
    }


def encoded(resource: object) -> bytes:
    """A resource, or a structure of them, as JSON."""
    return orjson.dumps(resource, option=orjson.OPT_UTC_Z)


def _time_or_none(at: int | None) -> datetime | None:
    return None if at is None else time_of(at)
