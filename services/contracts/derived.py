"""What the engine derives: visits, timesheets, signals, accuracy and positions.

``revision`` is the offset of the telemetry record that caused a message, so of two messages
with the same identity the higher revision holds.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from services.contracts.message import Message

Ring = Literal["core", "catchment"]


class StatusSpan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A stretch of a visit with one officer status."""

    status: str
    since: int
    until: int | None = None


class Visit(Message, frozen=True, kw_only=True, tag="visit"):
    """One radio's stay in one ring of one hot spot.

    ``duration_ms`` is the estimate up to ``last_fix_time`` (or to ``left_at`` once closed), within
    ``low_ms`` and ``high_ms``; ``unknown_ms`` lies in gaps too long to say anything about.
    ``source`` is the one that its first fix came through.
    """

    visit_id: str
    radio_id: str
    source: str
    hotspot_id: str
    hotspot_version: int
    ring: Ring
    entered_at: int
    last_fix_time: int
    duration_ms: int
    low_ms: int
    high_ms: int
    fixes: int
    revision: int
    state: Literal["open", "closed", "retracted"]
    left_at: int | None = None
    unknown_ms: int = 0
    statuses: list[StatusSpan] = []
    settled: bool = False


class Bounds(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A duration with its uncertainty, in milliseconds."""

    low_ms: int
    estimate_ms: int
    high_ms: int


class RingTimes(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The time in the two rings of one hot spot."""

    core: Bounds
    catchment: Bounds


class UnknownSpan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A stretch of unknown time and the silence episodes that overlap it."""

    since: int
    until: int
    episode_ids: list[str] = []


class Timesheet(Message, frozen=True, kw_only=True, tag="timesheet"):
    """Where one radio's time went: inside, outside, unknown; together exactly the time that passed.

    A sheet is an hour, cut where a duty of the radio begins or ends, so that the sheets of a duty
    add up to it. ``since`` identifies it, and ``until`` is how far it is accounted for, at most
    its end. ``inside_ms`` is the time in one core or more. One with ``until`` equal to ``since``
    takes back what was said of that sheet.
    """

    radio_id: str
    since: int
    until: int
    inside_ms: int
    outside_ms: int
    unknown_ms: int
    fixes: int
    revision: int
    hotspots: dict[str, RingTimes] = {}
    unknown: list[UnknownSpan] = []
    set_aside: dict[str, int] = {}
    settled: bool = False


class Settlement(Message, frozen=True, kw_only=True, tag="settlement"):
    """A day's final figures of one partition follow, in the same transaction.

    They replace every visit of the partition that began in ``[since, until)`` and every sheet
    that does, whoever said them; of two settlements of a day the later ``run`` holds.
    ``end_offset`` is the end of ``telemetry`` up to which the run had read.
    """

    partition: int
    day: str
    since: int
    until: int
    run: int
    end_offset: int


class Signal(Message, frozen=True, kw_only=True, tag="signal"):
    """An episode of silence of one radio, a whole source or the pipeline, and whose fault it is.

    ``radio_id`` is None in an episode of a source, and ``source`` in one of the pipeline, where
    ``instance`` says which ingest fell silent. ``cell_id`` is the mast that served the radio last.
    Times are log times, but ``last_heard_at`` of a source is by the clock of ingest.
    """

    episode_id: str
    type: Literal["lost", "no_position", "frozen"]
    cause: Literal["unexpected", "explained", "source", "pipeline", "area"]
    declared_at: int
    revision: int
    radio_id: str | None = None
    source: str | None = None
    reason: str | None = None
    last_heard_at: int | None = None
    ended_at: int | None = None
    hotspot_id: str | None = None
    lat: float | None = None
    lon: float | None = None
    cell_id: str | None = None
    instance: str | None = None


class Accuracy(Message, frozen=True, kw_only=True, tag="accuracy"):
    """One verified presence held against the fix of that moment: an error vector."""

    radio_id: str
    source: str
    at: int
    verified_by: Literal["sighting", "mark"]
    lat: float
    lon: float
    radius_m: float
    fix_time: int
    error_m: float
    bearing_deg: float
    revision: int
    accuracy_m: float | None = None
    hotspot_id: str | None = None


class Inside(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The ring of a hot spot that a unit is in."""

    hotspot_id: str
    ring: Ring


class Position(Message, frozen=True, kw_only=True, tag="position"):
    """Where a unit is now, as far as is known: coalesced to one message a second."""

    radio_id: str
    source: str
    heard_at: int
    revision: int
    lat: float | None = None
    lon: float | None = None
    accuracy_m: float | None = None
    heading_deg: float | None = None
    speed_mps: float | None = None
    fix_time: int | None = None
    status: str | None = None
    cell_id: str | None = None
    hotspots: list[Inside] = []


class Progress(Message, frozen=True, kw_only=True, tag="progress"):
    """How far the engine of one partition has come, each second of its own time.

    A reader that sees no progress knows that the pipeline, not the town, is silent.
    """

    partition: int
    revision: int
    engine_time: int
    reference_offset: int
