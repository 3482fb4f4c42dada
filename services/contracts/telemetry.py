"""What radios and cameras report, and the ticks that carry time: the topic ``telemetry``.

``received_at`` is when ingest accepted the message. ``source`` is the system that posted it.

What decodes can be stepped: everything that the engine computes with or keeps is bounded here, so
that nonsense placed on the topic is a dead letter that names the field. The bounds are never
narrower than what ingest takes (tests/property/geofence/test_poison.py). An id is held to its
length alone: a pattern would double the cost of decoding.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from services.contracts.message import Message

LATEST_MS = 253_402_300_799_999
"""The end of the year 9999: the last millisecond that RFC 3339 can write."""
EARLIEST_SAID_MS = -62_167_219_200_000
"""The start of the year 0, the first it can: what the clock of a radio may say."""

Id = Annotated[str, Meta(min_length=1, max_length=64)]
Name = Annotated[str, Meta(min_length=1, max_length=255)]
"""Of a host, by RFC 1035 at most so long."""
Text = Annotated[str, Meta(max_length=200)]
Moment = Annotated[int, Meta(ge=0, le=LATEST_MS)]
Said = Annotated[int, Meta(ge=EARLIEST_SAID_MS, le=LATEST_MS)]
Offset = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Count = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Latitude = Annotated[float, Meta(ge=-90, le=90)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]
Dilution = Annotated[float, Meta(ge=0, le=1_000)]
Radius = Annotated[float, Meta(ge=0, le=100_000)]
Satellites = Annotated[int, Meta(ge=0, le=200)]
Speed = Annotated[float, Meta(ge=0, le=1_000)]
Heading = Annotated[float, Meta(ge=0, le=360)]
Percent = Annotated[float, Meta(ge=0, le=100)]


class Gps(Message, frozen=True, kw_only=True, tag="gps"):
    """A fix: one GPS position of one radio.

    ``accuracy_m`` is the radius of the circle that holds the true place with 68 % probability.
    """

    radio_id: Id
    source: Id
    lat: Latitude
    lon: Longitude
    fix_time: Moment
    received_at: Moment
    accuracy_m: Radius | None = None
    hdop: Dilution | None = None
    satellites: Satellites | None = None
    speed_mps: Speed | None = None
    heading_deg: Heading | None = None
    battery_pct: Percent | None = None
    reason: Text | None = None
    cell_id: Text | None = None
    sent_at: Said | None = None
    message_id: Text | None = None


class Presence(Message, frozen=True, kw_only=True, tag="radio"):
    """A radio was heard, without a position."""

    radio_id: Id
    source: Id
    received_at: Moment
    battery_pct: Percent | None = None
    reason: Text | None = None
    cell_id: Text | None = None
    sent_at: Said | None = None
    message_id: Text | None = None


class Status(Message, frozen=True, kw_only=True, tag="status"):
    """An officer's status, in the vocabulary of stepsix, with the source's own code beside it."""

    radio_id: Id
    source: Id
    status: Text
    at: Moment
    received_at: Moment
    code: Text | None = None


class Sighting(Message, frozen=True, kw_only=True, tag="sighting"):
    """A camera operator saw (or, with ``present`` false, did not see) an officer at a place."""

    source: Id
    at: Moment
    lat: Latitude
    lon: Longitude
    radius_m: Radius
    received_at: Moment
    radio_id: Id | None = None
    call_sign: Text | None = None
    officer_id: Text | None = None
    camera_id: Text | None = None
    seen_by: Text | None = None
    present: bool = True


class Mark(Message, frozen=True, kw_only=True, tag="mark"):
    """An officer gives the true place of a radio for a stretch of time: "I am standing here"."""

    radio_id: Id
    source: Id
    since: Moment
    until: Moment
    lat: Latitude
    lon: Longitude
    radius_m: Radius
    received_at: Moment
    made_by: Text | None = None


class Tick(Message, frozen=True, kw_only=True, tag="tick"):
    """One second has passed for one ingest instance; on every partition.

    ``reference_offset`` is the end of ``reference`` that was in force: every record below it.
    ``sources`` maps each source to when this instance last heard it, and ``radios`` to how many
    radios it was heard for in the last quarter of an hour. ``farewell`` is set on the last tick of
    an instance that stops in order.
    """

    instance: Name
    at: Moment
    reference_offset: Offset
    sources: dict[Id, Moment] = {}
    radios: dict[Id, Count] = {}
    farewell: bool = False


Telemetry = Gps | Presence | Status | Sighting | Mark | Tick
