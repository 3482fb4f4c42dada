"""Messages that the engine derives, with what a test does not care about filled in."""

from __future__ import annotations

import msgspec

from services.contracts.derived import (
    Bounds,
    Inside,
    Position,
    Progress,
    Ring,
    RingTimes,
    Settlement,
    Signal,
    Timesheet,
    UnknownSpan,
    Visit,
)

NOON = 1_780_311_600_000
"""2026-06-01 12:00 in London (British Summer Time), in epoch milliseconds."""
MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS


def a_visit(
    visit_id: str = "v-1", *, entered_at: int = NOON, minutes: int = 10, **given: object
) -> Visit:
    """A closed core visit, its bounds a minute either side of its length, but for ``given``."""
    visit = Visit(
        visit_id=visit_id,
        radio_id="T-1",
        source="airwave",
        hotspot_id="hs-1",
        hotspot_version=0,
        ring="core",
        entered_at=entered_at,
        last_fix_time=entered_at + minutes * MINUTE_MS,
        left_at=entered_at + minutes * MINUTE_MS,
        duration_ms=minutes * MINUTE_MS,
        low_ms=(minutes - 1) * MINUTE_MS,
        high_ms=(minutes + 1) * MINUTE_MS,
        fixes=minutes,
        revision=1,
        state="closed",
    )
    return msgspec.structs.replace(visit, **given)


def an_open_visit(
    visit_id: str = "v-1", *, entered_at: int = NOON, minutes: int = 10, **given: object
) -> Visit:
    """A core visit that goes on."""
    return a_visit(
        visit_id, entered_at=entered_at, minutes=minutes, left_at=None, state="open", **given
    )


def a_position(
    radio_id: str = "T-1",
    *,
    heard_at: int = NOON,
    revision: int = 1,
    inside: tuple[str, Ring] | None = None,
    source: str = "airwave",
    **given: object,
) -> Position:
    """A radio in the middle of Manchester, but for ``given``."""
    position = Position(
        radio_id=radio_id,
        source=source,
        heard_at=heard_at,
        revision=revision,
        lat=53.4798,
        lon=-2.2450,
        accuracy_m=8.5,
        fix_time=heard_at - 1000,
        hotspots=[Inside(hotspot_id=inside[0], ring=inside[1])] if inside else [],
    )
    return msgspec.structs.replace(position, **given)


def a_signal(
    episode_id: str = "e-1", radio_id: str | None = "T-1", *, heard_at: int = NOON, **given: object
) -> Signal:
    """A radio lost unexpectedly, three minutes after it was heard, but for ``given``."""
    signal = Signal(
        episode_id=episode_id,
        type="lost",
        cause="unexpected",
        declared_at=heard_at + 3 * MINUTE_MS,
        revision=1,
        radio_id=radio_id,
        source="airwave",
        last_heard_at=heard_at,
        lat=53.4798,
        lon=-2.2450,
    )
    return msgspec.structs.replace(signal, **given)


def an_outage(episode_id: str = "o-1", *, declared_at: int = NOON, **given: object) -> Signal:
    """A source that fell silent, as one partition tells it, but for ``given``."""
    signal = Signal(
        episode_id=episode_id,
        type="lost",
        cause="source",
        declared_at=declared_at,
        revision=1,
        source="airwave",
    )
    return msgspec.structs.replace(signal, **given)


def progress(partition: int = 0, *, engine_time: int = NOON) -> Progress:
    """How far one partition has come."""
    return Progress(partition=partition, revision=1, engine_time=engine_time, reference_offset=0)


def a_timesheet(radio_id: str = "T-1", *, since: int = NOON, **given: object) -> Timesheet:
    """An hour with 10 min in a core, 45 outside and the last 5 unknown, but for ``given``."""
    until = since + HOUR_MS
    sheet = Timesheet(
        radio_id=radio_id,
        since=since,
        until=until,
        inside_ms=10 * MINUTE_MS,
        outside_ms=45 * MINUTE_MS,
        unknown_ms=5 * MINUTE_MS,
        fixes=60,
        revision=1,
        hotspots={"hs-1": RingTimes(core=minutes(9, 10, 11), catchment=minutes(10, 12, 13))},
        unknown=[UnknownSpan(since=until - 5 * MINUTE_MS, until=until)],
    )
    return msgspec.structs.replace(sheet, **given)


def minutes(low: int, estimate: int, high: int) -> Bounds:
    """A duration and its bounds, given in minutes."""
    return Bounds(
        low_ms=low * MINUTE_MS, estimate_ms=estimate * MINUTE_MS, high_ms=high * MINUTE_MS
    )


def a_settlement(partition: int = 0, *, since: int = NOON, run: int = 1) -> Settlement:
    """A settlement of the 24 hours from ``since`` on."""
    return Settlement(
        partition=partition,
        day=str(since // DAY_MS),
        since=since,
        until=since + DAY_MS,
        run=run,
        end_offset=1000,
    )
