"""Recorded tracks: a GPX file, or NDJSON whose lines are pings as ``POST /v1/pings`` takes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Never

import gpxpy
from gpxpy.gpx import GPXException, GPXTrackPoint

from services.simulator.radio import Ping


class BadTrack(Exception):
    """A file that cannot be read as a track; the message names the place and the remedy."""


@dataclass(frozen=True, slots=True)
class Report:
    """One ping of a recorded track, and ``where`` in the file it stands."""

    where: str
    ping: Ping

    @property
    def time(self) -> int | None:
        """When the radio sent it, in epoch milliseconds; None where it does not say.

        Raises BadTrack where it says no proper time.
        """
        said = self.ping.get("fix_time", self.ping.get("sent_at"))
        if said is None or (isinstance(said, int) and not isinstance(said, bool)):
            return said
        try:
            time = datetime.fromisoformat(said)
        except (TypeError, ValueError):
            time = None
        if time is None or time.tzinfo is None:
            msg = (
                f"{self.where}: fix_time {said!r} should be an RFC 3339 time with offset, such as "
                "2026-06-01T22:00:00Z, or epoch milliseconds."
            )
            raise BadTrack(msg)
        return round(time.timestamp() * 1000)

    def shifted(self, by_ms: int) -> Report:
        """The same report as if made ``by_ms`` later: a new message, so without its old id."""
        if (time := self.time) is None:
            return self
        kept = {name: value for name, value in self.ping.items() if name not in _OF_ITS_MOMENT}
        stamp = "fix_time" if "fix_time" in self.ping else "sent_at"
        return Report(self.where, kept | {stamp: time + by_ms})


_OF_ITS_MOMENT = {"fix_time", "sent_at", "message_id"}


def read(path: Path, radio_id: str | None) -> list[Report]:
    """A track's pings in the file's order, as ``radio_id``'s where that is given.

    Raises BadTrack.
    """
    readers = {".gpx": _gpx, ".ndjson": _ndjson, ".jsonl": _ndjson}
    try:
        reader = readers[path.suffix.lower()]
    except KeyError:
        msg = f"{path}: should be a .gpx or an .ndjson file."
        raise BadTrack(msg) from None
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path}: cannot be read as UTF-8 text: {error}"
        raise BadTrack(msg) from None
    try:
        reports = list(reader(text, radio_id))
    except BadTrack as error:
        msg = f"{path}: {error}"
        raise BadTrack(msg) from None
    if not reports:
        msg = f"{path}: holds no track points."
        raise BadTrack(msg)
    return reports


def _gpx(text: str, radio_id: str | None) -> Iterator[Report]:
    if radio_id is None:
        msg = "a GPX file does not say whose track it is. Give --radio RADIO."
        raise BadTrack(msg)
    try:
        document = gpxpy.parse(text)
    except GPXException as error:
        msg = f"is not GPX: {error}"
        raise BadTrack(msg) from None
    points = [
        (f"track {number}, point {index}", point)
        for number, track in enumerate(document.tracks, start=1)
        for index, point in enumerate(
            (point for segment in track.segments for point in segment.points), start=1
        )
    ]
    for where, point in points:
        yield Report(where, _ping_of(point, where, radio_id))


def _ping_of(point: GPXTrackPoint, where: str, radio_id: str) -> Ping:
    if point.time is None:
        msg = f"{where} has no <time>. Export the track with times; a route has none."
        raise BadTrack(msg)
    time = point.time if point.time.tzinfo else point.time.replace(tzinfo=UTC)
    optional = {
        "hdop": point.horizontal_dilution,
        "satellites": point.satellites,
    }
    return {
        "radio_id": radio_id,
        "kind": "gps",
        "lat": point.latitude,
        "lon": point.longitude,
        "fix_time": round(time.timestamp() * 1000),
    } | {name: value for name, value in optional.items() if value is not None}


def _ndjson(text: str, radio_id: str | None) -> Iterator[Report]:
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        where = f"line {number}"
        try:
            ping = json.loads(line, parse_constant=_not_json)
        except ValueError as error:
            msg = f"{where} is not JSON ({error}). Each line should be one ping."
            raise BadTrack(msg) from None
        if not isinstance(ping, dict):
            msg = f"{where} should be a JSON object such as " + '{"lat": 52.1, "lon": -0.1, ...}.'
            raise BadTrack(msg)
        yield Report(where, ping | {"radio_id": radio_id} if radio_id else ping)


def _not_json(constant: str) -> Never:
    msg = f"{constant} is not a JSON number"
    raise ValueError(msg)
