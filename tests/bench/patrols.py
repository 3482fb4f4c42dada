"""What the engines derive of a force of 500 officers in five weeks, in the order of time.

Three in five are on duty on a day, in three shifts of eight hours. Each makes two stops an hour at
a hot spot, of 3 to 16 minutes, in its core and its catchment: some 340,000 visits. Each visit is
told when it begins, each minute and when it ends, each timesheet each minute; and at three in the
morning the day before yesterday is settled.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from services.contracts.codec import encode
from services.contracts.derived import (
    Bounds,
    Inside,
    Position,
    Progress,
    RingTimes,
    Settlement,
    Timesheet,
    UnknownSpan,
    Visit,
)
from services.contracts.message import Message
from services.contracts.topics import POSITIONS, TIMESHEETS, VISITS
from services.eventlog.partitioning import partition_of

OFFICERS = 500
HOTSPOTS = 100
PARTITIONS = 12
DAYS = 36
SHEET_DAYS = 9
"""Timesheets of so many days, as many as are read; those before would only fill the disk."""
STOPS_AN_HOUR = 2
SECOND_MS = 1_000
MINUTE_MS = 60 * SECOND_MS
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
SETTLED_AT_MS = 3 * HOUR_MS
SHIFT_MS = 8 * HOUR_MS
POSITION_EVERY_MS = 5 * SECOND_MS


class Stamped(NamedTuple):
    """A record of a derived topic, and when it was appended."""

    topic: str
    partition: int
    time: int
    key: bytes
    value: bytes


@dataclass(slots=True)
class _Radio:
    """A radio, where it stops next and what its sheet of the hour has."""

    radio_id: str
    partition: int
    number: int
    stops: list[tuple[int, int, str]] = field(default_factory=list)
    hotspots: dict[str, RingTimes] = field(default_factory=dict)


class Force:
    """The force from five weeks before ``now`` on."""

    def __init__(self, now: int, seed: int = 7) -> None:
        self._now = now
        self._random = random.Random(seed)  # noqa: S311 - reproducible, not secret
        self._radios = [self._radio(number) for number in range(OFFICERS)]
        self._offset = 0
        self._minute = now - now % DAY_MS - (DAYS - 1) * DAY_MS
        self._final: dict[int, list[tuple[int, str, str, Message]]] = {}
        self.visits = 0

    def records(self, until: int) -> Iterator[Stamped]:
        """Everything derived since the last call, or the beginning, up to ``until``."""
        for minute in range(self._minute, until, MINUTE_MS):
            if minute % DAY_MS == SETTLED_AT_MS:
                yield from self._settle(minute // DAY_MS - 2, minute)
            for radio in self._radios:
                if _is_on_duty(radio, minute):
                    yield from self._told_of(radio, minute)
            if minute > self._now - HOUR_MS:
                yield from self._positions(minute)
        self._minute = until

    def _radio(self, number: int) -> _Radio:
        radio_id = f"T-{number:05}"
        return _Radio(radio_id, partition_of(radio_id.encode(), PARTITIONS), number)

    def _told_of(self, radio: _Radio, minute: int) -> Iterator[Stamped]:
        """What a radio's minute tells: its visits, and its sheet."""
        if minute % HOUR_MS == 0:
            self._plan(radio, minute)
        for began, ended, hotspot_id in radio.stops:
            if began - began % MINUTE_MS <= minute <= ended:
                yield from self._stay(radio, began, ended, hotspot_id, minute)
        if minute > self._now - SHEET_DAYS * DAY_MS:
            yield self._sheet(radio, minute)

    def _plan(self, radio: _Radio, hour: int) -> None:
        radio.hotspots = {}
        slot = HOUR_MS // STOPS_AN_HOUR
        radio.stops = []
        for number in range(STOPS_AN_HOUR):
            began = hour + number * slot + self._random.randrange(10 * MINUTE_MS)
            ended = began + self._random.randrange(3 * MINUTE_MS, 16 * MINUTE_MS)
            radio.stops.append((began, ended, f"hs-{self._random.randrange(HOTSPOTS):03}"))

    def _stay(
        self, radio: _Radio, began: int, ended: int, hotspot_id: str, minute: int
    ) -> Iterator[Stamped]:
        is_new = began >= minute
        is_over = ended < minute + MINUTE_MS
        for ring in ("core", "catchment"):
            self._offset += 1
            reached = ended if is_over else max(began, minute)
            spent = reached - began
            visit = Visit(
                visit_id=f"{began:011x}{radio.number:04x}{ring[1]}",
                radio_id=radio.radio_id,
                source="airwave",
                hotspot_id=hotspot_id,
                hotspot_version=7,
                ring="core" if ring == "core" else "catchment",
                entered_at=began,
                last_fix_time=reached,
                left_at=ended if is_over else None,
                duration_ms=spent,
                low_ms=max(0, spent - 45_000),
                high_ms=spent + 45_000,
                fixes=1 + spent // MINUTE_MS,
                revision=self._offset,
                state="closed" if is_over else "open",
            )
            self.visits += is_new
            yield self._told(VISITS.name, radio, visit, minute)
            if is_over:
                bounds = Bounds(low_ms=visit.low_ms, estimate_ms=spent, high_ms=visit.high_ms)
                radio.hotspots[hotspot_id] = RingTimes(core=bounds, catchment=bounds)
                self._keep(radio, VISITS.name, began, visit)

    def _sheet(self, radio: _Radio, minute: int) -> Stamped:
        self._offset += 1
        hour = minute - minute % HOUR_MS
        inside = sum(each.core.estimate_ms for each in radio.hotspots.values())
        unknown = min(minute - hour, 5 * MINUTE_MS)
        sheet = Timesheet(
            radio_id=radio.radio_id,
            since=hour,
            until=minute + MINUTE_MS,
            inside_ms=inside,
            outside_ms=minute + MINUTE_MS - hour - inside - unknown,
            unknown_ms=unknown,
            fixes=(minute - hour) // MINUTE_MS,
            revision=self._offset,
            hotspots=radio.hotspots,
            unknown=[UnknownSpan(since=hour, until=hour + unknown)] if unknown else [],
        )
        if (minute + MINUTE_MS) % HOUR_MS == 0:
            self._keep(radio, TIMESHEETS.name, hour, sheet)
        return self._told(TIMESHEETS.name, radio, sheet, minute)

    def _told(self, topic: str, radio: _Radio, message: Message, minute: int) -> Stamped:
        key = radio.radio_id.encode()
        return Stamped(topic, radio.partition, minute + MINUTE_MS, key, encode(message))

    def _keep(self, radio: _Radio, topic: str, began: int, message: Visit | Timesheet) -> None:
        final = msgspec.structs.replace(message, settled=True)
        kept = self._final.setdefault(began // DAY_MS, [])
        kept.append((radio.partition, topic, radio.radio_id, final))

    def _settle(self, day: int, at: int) -> Iterator[Stamped]:
        final = self._final.pop(day, [])
        for partition in range(PARTITIONS):
            announced = encode(
                Settlement(
                    partition=partition,
                    day=str(day),
                    since=day * DAY_MS,
                    until=(day + 1) * DAY_MS,
                    run=at,
                    end_offset=self._offset,
                )
            )
            for topic in (VISITS.name, TIMESHEETS.name):
                yield Stamped(topic, partition, at, str(partition).encode(), announced)
        for partition, topic, radio_id, message in final:
            yield Stamped(topic, partition, at, radio_id.encode(), encode(message))

    def _positions(self, minute: int) -> Iterator[Stamped]:
        """A minute's positions, every few seconds of each on duty, and progress each second."""
        on_duty = [radio for radio in self._radios if _is_on_duty(radio, minute)]
        for at in range(minute, minute + MINUTE_MS, SECOND_MS):
            if at % POSITION_EVERY_MS == 0:
                for radio in on_duty:
                    yield self._position(radio, at)
            for partition in range(PARTITIONS):
                self._offset += 1
                reached = Progress(
                    partition=partition, revision=self._offset, engine_time=at, reference_offset=0
                )
                key = str(partition).encode()
                yield Stamped(POSITIONS.name, partition, at, key, encode(reached))

    def _position(self, radio: _Radio, at: int) -> Stamped:
        self._offset += 1
        inside = [hotspot for began, ended, hotspot in radio.stops if began <= at < ended]
        position = Position(
            radio_id=radio.radio_id,
            source="airwave",
            heard_at=at,
            revision=self._offset,
            lat=52.48 + radio.number / 10_000,
            lon=-1.90,
            accuracy_m=8.5,
            fix_time=at - SECOND_MS,
            hotspots=[Inside(hotspot_id=each, ring="core") for each in inside],
        )
        key = radio.radio_id.encode()
        return Stamped(POSITIONS.name, radio.partition, at, key, encode(position))


def _is_on_duty(radio: _Radio, at: int) -> bool:
    day, shift = divmod(at, DAY_MS)
    return (radio.number + day) % 5 < 3 and radio.number % 3 == shift // SHIFT_MS
