"""Days of the worked week of docs/compliance.md as its radios would have sent them, of late.

Each radio on duty pings at half past every minute, and when a duty begins and ends. A visit from
20:00 to 20:15 has its first ping at 20:00:30 and its last at 20:14:30, so it was entered and left
where the file says; low and high are forty seconds less and more. Where the file says that nothing
is known a radio is silent. The week is moved to one of the last, since a log keeps no telemetry
for longer.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from services.cli import duty_rows
from services.contracts.codec import encode
from services.contracts.reference import Reference, key_of
from services.contracts.telemetry import Gps, Status, Tick
from services.contracts.topics import REFERENCE, TELEMETRY
from services.eventlog.port import NewRecord
from tests.support.beat import Beat
from tests.support.derived import MINUTE_MS
from tests.support.square import box, hotspot, place
from tests.support.week import (
    FOLDER,
    UNKNOWN_COLUMNS,
    VISIT_COLUMNS,
    rows,
    week_duties,
    week_plans,
)

MIDDLES = {"market": 0.0, "station": 2_000.0, "park": 4_000.0}
"""Of the hot spots, in metres east."""
ELSEWHERE = (0.0, 600.0)
FILES = ("plans.csv", "duties.csv", "visits.csv", "unknown.csv")
SOURCE = "radios"


class Stay(NamedTuple):
    """A line of the visits."""

    radio_id: str
    hotspot_id: str
    since: int
    until: int


class Shifts:
    """What the log holds of the week; ``day`` turns ``fri`` into the date it was moved to."""

    def __init__(self, folder: Path, today: date) -> None:
        """Write the week's files as of one of the last weeks into a folder, and read them."""
        self.beat = Beat()
        self.monday = _a_week_ago(self.beat, today)
        for name in FILES:
            told = re.sub(r"2026-06-0(\d)", self._moved, (FOLDER / name).read_text("utf-8"))
            (folder / name).write_text(told, encoding="utf-8")
        self._folder = folder
        self.stays = [
            Stay(row["radio_id"], row["hotspot_id"], *self._stretch(row))
            for row in rows("visits.csv", VISIT_COLUMNS, folder)
        ]
        self._silent = defaultdict[str, list[tuple[int, int]]](list)
        for row in rows("unknown.csv", UNKNOWN_COLUMNS, folder):
            self._silent[row["radio_id"]].append(self._stretch(row))

    def at(self, told: str) -> int:
        """A moment such as ``fri 20:00``, in epoch milliseconds."""
        name, clock = told.split()
        return self.beat.at(f"{self.day(name)} {clock}")

    def day(self, name: str) -> date:
        """The date of a weekday."""
        return self.monday + timedelta(
            days=("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(name)
        )

    def reference(self) -> list[Reference]:
        """The hot spots, plans and duties."""
        squares = [
            hotspot(name, geometry=box(east - 75, -75, east + 75, 75))
            for name, east in MIDDLES.items()
        ]
        return [
            *squares,
            *week_plans(self.beat, self._folder),
            *week_duties(self.beat, self._folder),
        ]

    def records(self) -> list[NewRecord]:
        """The same as records."""
        return [
            NewRecord(REFERENCE.name, key_of(each).encode(), encode(each))
            for each in self.reference()
        ]

    def minutes(
        self, since: int, until: int, partitions: int, reference_end: int
    ) -> Iterator[tuple[int, list[NewRecord]]]:
        """What is sent in each minute of a stretch, and a tick at its end; when that is."""
        pings = self._pings()
        for start in range(since, until, MINUTE_MS):
            ends = start + MINUTE_MS
            tick = Tick(instance="ingest-1", at=ends, reference_offset=reference_end)
            ticks = [
                NewRecord(TELEMETRY.name, b"ingest-1", encode(tick), partition)
                for partition in range(partitions)
            ]
            yield ends, [*pings.get(start, ()), *self._statuses(start), *ticks]

    def _pings(self) -> dict[int, list[NewRecord]]:
        """By minute, in order."""
        moments: set[tuple[int, str]] = set()
        for row in rows("duties.csv", tuple(duty_rows.COLUMNS), self._folder):
            radio_id, (since, until) = row["radio_id"], self._stretch(row)
            edges = {since, until, *(edge for gap in self._silent[radio_id] for edge in gap)}
            halves = range(since + MINUTE_MS // 2, until, MINUTE_MS)
            moments |= {(at, radio_id) for at in (*edges, *halves) if since <= at <= until}
        sent = defaultdict[int, list[NewRecord]](list)
        for at, radio_id in sorted(moments):
            if not any(since < at < until for since, until in self._silent[radio_id]):
                ping = NewRecord(TELEMETRY.name, radio_id.encode(), encode(self._fix(radio_id, at)))
                sent[at - at % MINUTE_MS].append(ping)
        return sent

    def _fix(self, radio_id: str, at: int) -> Gps:
        there = (
            (MIDDLES[stay.hotspot_id], 0.0)
            for stay in self.stays
            if stay.radio_id == radio_id and stay.since <= at < stay.until
        )
        lon, lat = place(*next(there, ELSEWHERE))
        return Gps(
            radio_id=radio_id,
            source=SOURCE,
            lon=lon,
            lat=lat,
            fix_time=at,
            received_at=at + 300,
            accuracy_m=10.0,
        )

    def _statuses(self, start: int) -> Iterator[NewRecord]:
        """Those that began in a minute."""
        for row in rows("visits.csv", VISIT_COLUMNS, self._folder):
            if "status" not in row:
                continue
            changes = {row["status_from"]: row["status"], row["to"]: "on_patrol"}
            for told, word in changes.items():
                if (at := self.beat.at(told)) == start:
                    said = Status(
                        radio_id=row["radio_id"],
                        source=SOURCE,
                        status=word,
                        at=at,
                        received_at=at + 300,
                    )
                    yield NewRecord(TELEMETRY.name, said.radio_id.encode(), encode(said))

    def _stretch(self, row: dict[str, str]) -> tuple[int, int]:
        return self.beat.at(row["from"]), self.beat.at(row["to"])

    def _moved(self, found: re.Match[str]) -> str:
        return (self.monday + timedelta(days=int(found[1]) - 1)).isoformat()


def _a_week_ago(beat: Beat, today: date) -> date:
    """The Monday of the last week that is over and in which the clocks did not change."""
    monday = today - timedelta(days=today.weekday() + 7)
    span = beat.days.start_of(monday), beat.days.start_of(monday + timedelta(days=7))
    if span[1] - span[0] != 7 * 24 * 60 * MINUTE_MS:
        monday -= timedelta(days=7)
    return monday
