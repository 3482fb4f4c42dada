"""What radios and cameras report, and the ticks that carry time: the topic ``telemetry``.

``received_at`` is when ingest accepted the message. ``source`` is the system that posted it.
"""

from __future__ import annotations

from services.contracts.message import Message


class Gps(Message, frozen=True, kw_only=True, tag="gps"):
    """A fix: one GPS position of one radio.

    ``accuracy_m`` is the radius of the circle that holds the true place with 68 % probability.
    """

    radio_id: str
    source: str
    lat: float
    lon: float
    fix_time: int
    received_at: int
    accuracy_m: float | None = None
    hdop: float | None = None
    satellites: int | None = None
    speed_mps: float | None = None
    heading_deg: float | None = None
    battery_pct: float | None = None
    reason: str | None = None
    cell_id: str | None = None
    sent_at: int | None = None
    message_id: str | None = None


class Presence(Message, frozen=True, kw_only=True, tag="radio"):
    """A radio was heard, without a position."""

    radio_id: str
    source: str
    received_at: int
    battery_pct: float | None = None
    reason: str | None = None
    cell_id: str | None = None
    sent_at: int | None = None
    message_id: str | None = None


class Status(Message, frozen=True, kw_only=True, tag="status"):
    """An officer's status, in the vocabulary of stepsix, with the source's own code beside it."""

    radio_id: str
    source: str
    status: str
    at: int
    received_at: int
    code: str | None = None


class Sighting(Message, frozen=True, kw_only=True, tag="sighting"):
    """A camera operator saw (or, with ``present`` false, did not see) an officer at a place."""

    source: str
    at: int
    lat: float
    lon: float
    radius_m: float
    received_at: int
    radio_id: str | None = None
    call_sign: str | None = None
    officer_id: str | None = None
    camera_id: str | None = None
    seen_by: str | None = None
    present: bool = True


class Mark(Message, frozen=True, kw_only=True, tag="mark"):
    """An officer gives the true place of a radio for a stretch of time: "I am standing here"."""

    radio_id: str
    source: str
    since: int
    until: int
    lat: float
    lon: float
    radius_m: float
    received_at: int
    made_by: str | None = None


class Tick(Message, frozen=True, kw_only=True, tag="tick"):
    """One second has passed for one ingest instance; on every partition.

    ``reference_offset`` is the end of ``reference`` that was in force: every record below it.
    ``sources`` maps each source to when this instance last heard it. ``farewell`` is set on the
    last tick of an instance that stops in order.
    """

    instance: str
    at: int
    reference_offset: int
    sources: dict[str, int] = {}
    farewell: bool = False


Telemetry = Gps | Presence | Status | Sighting | Mark | Tick
