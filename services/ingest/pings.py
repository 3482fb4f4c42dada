"""A ping as a radio system posts it, and the message it becomes."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from services.contracts.telemetry import Gps, Presence
from services.ingest.ids import EXACT_ID, ID_WORDS
from services.ingest.posted import Posted
from services.ingest.times import DAY_MS, Instant, rfc3339, to_ms
from services.ingest.verdicts import Code, Fault

EARLIEST_MS = 946_684_800_000
"""2000-01-01: no earlier fix is one; GPS receivers without a date begin in 1980 or 1999."""

Id = Annotated[str, Meta(pattern=EXACT_ID, description=ID_WORDS)]
Text = Annotated[str, Meta(max_length=200, description="text of at most 200 characters")]
Latitude = Annotated[float, Meta(ge=-90, le=90, description="degrees north, from -90 to 90")]
Longitude = Annotated[float, Meta(ge=-180, le=180, description="degrees east, from -180 to 180")]
Metres = Annotated[
    float,
    Meta(gt=0, le=100_000, description="metres over 0, to 100000; leave it out where not known"),
]
Dilution = Annotated[
    float, Meta(gt=0, le=1000, description="a number over 0, to 1000; leave it out where not known")
]
Satellites = Annotated[int, Meta(ge=0, le=200, description="a whole number from 0 to 200")]
Speed = Annotated[
    float,
    Meta(ge=0, le=1000, description="metres a second, from 0 to 1000; leave it out where unknown"),
]
Heading = Annotated[
    float,
    Meta(ge=0, le=360, description="degrees from north, from 0 to 360; leave it out where unknown"),
]
Percent = Annotated[
    float, Meta(ge=0, le=100, description="percent, from 0 to 100; leave it out where not known")
]


class Ping(msgspec.Struct, kw_only=True, gc=False):
    """One message of a radio: ``gps`` (where no kind is given) with a fix, or ``radio`` without."""

    radio_id: Id
    kind: Literal["gps", "radio"] | None = None
    lat: Latitude | None = None
    lon: Longitude | None = None
    fix_time: Instant | None = None
    accuracy_m: Metres | None = None
    hdop: Dilution | None = None
    satellites: Satellites | None = None
    speed_mps: Speed | None = None
    heading_deg: Heading | None = None
    battery_pct: Percent | None = None
    reason: Text | None = None
    cell_id: Text | None = None
    sent_at: Instant | None = None
    message_id: Text | None = None


def to_message(ping: Ping, source: str, received_at: int) -> Gps | Presence | Fault:
    """The message for the log, or what is wrong with the ping as a whole.

    A fix without ``fix_time`` was made at ``sent_at``, else at receipt.
    """
    sent_at = None if ping.sent_at is None else to_ms(ping.sent_at)
    if ping.kind == "radio":
        return Presence(
            radio_id=ping.radio_id,
            source=source,
            received_at=received_at,
            battery_pct=ping.battery_pct,
            reason=ping.reason,
            cell_id=ping.cell_id,
            sent_at=sent_at,
            message_id=ping.message_id,
        )
    if ping.lat is None or ping.lon is None:
        return _no_position("lat" if ping.lat is None else "lon")
    if ping.fix_time is not None:
        fix_time = to_ms(ping.fix_time)
    else:
        fix_time = received_at if sent_at is None else sent_at
    said_in = "sent_at" if ping.fix_time is None else "fix_time"
    absurd = absurd_time(said_in, fix_time, received_at)
    if absurd is not None:
        return absurd
    return Gps(
        radio_id=ping.radio_id,
        source=source,
        lat=ping.lat,
        lon=ping.lon,
        fix_time=fix_time,
        received_at=received_at,
        accuracy_m=ping.accuracy_m,
        hdop=ping.hdop,
        satellites=ping.satellites,
        speed_mps=ping.speed_mps,
        heading_deg=ping.heading_deg,
        battery_pct=ping.battery_pct,
        reason=ping.reason,
        cell_id=ping.cell_id,
        sent_at=sent_at,
        message_id=ping.message_id,
    )


def absurd_time(field: str, at: int, received_at: int) -> Fault | None:
    """Why what was received at ``received_at`` cannot be of the time ``at`` (ms); else None."""
    if EARLIEST_MS <= at <= received_at + DAY_MS:
        return None
    if at >= EARLIEST_MS:
        words = "more than a day ahead of our clock; set the sender's clock"
        return Fault(field, Code.IN_FUTURE, f"{field} is {rfc3339(at)}, {words}")
    if at * 1000 >= EARLIEST_MS:
        words = "looks like seconds; send milliseconds, or RFC 3339 with an offset"
        return Fault(field, Code.TOO_OLD, f"{field} {words}")
    return Fault(field, Code.TOO_OLD, f"{field} lies before 2000; set the radio's clock")


def _no_position(field: str) -> Fault:
    words = "is needed in a gps; send the kind 'radio' where there is no position"
    return Fault(field, Code.MISSING, f"{field} {words}")


PINGS: Posted[Ping, Gps | Presence] = Posted(
    name="pings",
    item=Ping,
    example='{"radio_id": "R1", "lat": 51.5, "lon": -0.1}',
    to_message=to_message,
)
