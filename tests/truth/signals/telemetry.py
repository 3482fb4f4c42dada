"""A world's log of ``telemetry``, a minute of every partition at a time, and its ``reference``."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from services.contracts.reference import Duty, HotSpot, Reference, Source
from services.contracts.telemetry import Gps, Presence, Telemetry
from services.eventlog.partitioning import partition_of
from tests.support.square import NOON
from tests.truth.signals.force import Unit
from tests.truth.signals.happenings import Happened
from tests.truth.signals.heartbeats import Heartbeats
from tests.truth.signals.pings import Pings
from tests.truth.signals.places import ACCURACY_M, TUNNEL_NEAR_M, Places, tunnel
from tests.truth.signals.words import Word
from tests.truth.signals.worlds import HOUR_MS, MINUTE_MS, Span, World

CHARGE_MS = 8 * HOUR_MS
"""How long a battery lasts."""
BACK_ON_DUTY_MS = 7 * MINUTE_MS
"""How long after a radio is switched on its officer's next duty begins."""

Line = tuple[int, Telemetry]
"""A message and when it came into the log, in milliseconds since the world began."""


def reference_of(world: World, force: list[Unit], happened: dict[int, Happened]) -> list[Reference]:
    """What the force has set up: gateways, the tunnels it knows, duties of some."""
    made: list[Reference] = [
        Source(
            source=source.name,
            name=source.name,
            effective_from=0,
            changed_by="a",
            expected_interval_s=source.expected_s,
        )
        for source in world.sources
    ]
    made += [
        HotSpot(
            hotspot_id=f"tunnel-{mast}",
            name=f"tunnel {mast}",
            geometry=tunnel(mast),
            effective_from=0,
            changed_by="a",
            catchment_m=TUNNEL_NEAR_M,
            type="blackspot",
        )
        for mast in range(world.masts)
    ]
    for place, what in sorted(happened.items()):
        if what.kind == "duty_over":
            next_duty = Span(what.span.until + BACK_ON_DUTY_MS, world.ends + HOUR_MS)
            for number, duty in enumerate([Span(0, what.said_at), next_duty]):
                made.append(_duty(f"d-{place}-{number}", force[place], duty))
    return made


def _duty(duty_id: str, unit: Unit, span: Span) -> Duty:
    return Duty(
        duty_id=duty_id,
        radio_id=unit.radio_id,
        since=NOON + span.since,
        until=NOON + span.until,
        officer_ids=[f"P-{unit.radio_id}"],
        effective_from=0,
        changed_by="a",
    )


class Log:
    """``telemetry`` of a world."""

    def __init__(
        self,
        world: World,
        force: list[Unit],
        happened: dict[int, Happened],
        pings: Pings,
        words: list[Word],
    ) -> None:
        self._world, self._force, self._pings = world, force, pings
        self._happened = happened
        self._places = Places(force, happened, world.seed)
        self._words = words
        self._partition = [partition_of(unit.radio_id.encode(), world.partitions) for unit in force]
        self._clocks = [down for down in world.outages if down.kind == "clock"]

    def minutes(self, heartbeats: Heartbeats) -> Iterator[list[list[Line]]]:
        """Minute by minute what comes to each partition, in order."""
        for since in range(0, self._world.ends, MINUTE_MS):
            minute = Span(since, since + MINUTE_MS)
            lines: list[list[Line]] = [[] for _ in range(self._world.partitions)]
            for place, line in self._radios(minute):
                lines[self._partition[place]].append(line)
            ticks = list(heartbeats.within(minute))
            yield [sorted([*own, *ticks], key=_at) for own in lines]

    def _radios(self, minute: Span) -> Iterator[tuple[int, Line]]:
        """What radios and officers say in a minute, and which unit each is."""
        first, last = np.searchsorted(self._pings.at, minute)
        pings = Pings(*(column[first:last] for column in self._pings))
        lons, lats = self._places.at(pings.unit, pings.made)
        columns = (pings.unit, pings.made, pings.at, lons, lats)
        for place, made, at, lon, lat in zip(*(each.tolist() for each in columns), strict=True):
            yield place, (at, self._ping(place, made, at, lon, lat))
        for word in self._words:
            if minute.since <= word.at < minute.until:
                yield word.unit, (word.at, word.message)

    def _ping(self, place: int, made: int, at: int, lon: float, lat: float) -> Gps | Presence:
        unit, what = self._force[place], self._happened.get(place)
        if _without_fix(what, made):
            return Presence(
                radio_id=unit.radio_id,
                source=unit.source.name,
                received_at=NOON + at,
                battery_pct=_battery_pct(what, made),
                cell_id=f"mast-{unit.mast}",
            )
        return Gps(
            radio_id=unit.radio_id,
            source=unit.source.name,
            lon=lon,
            lat=lat,
            fix_time=NOON + made + self._ahead_ms(unit, made),
            received_at=NOON + at,
            accuracy_m=ACCURACY_M,
            battery_pct=_battery_pct(what, made),
            cell_id=f"mast-{unit.mast}",
        )

    def _ahead_ms(self, unit: Unit, made: int) -> int:
        """How far ahead the clock of a unit's gateway is."""
        for down in self._clocks:
            if down.source == unit.source.name and any(
                since <= made < until for since, until in down.spans()
            ):
                return down.ahead_s * 1000
        return 0


def _at(line: Line) -> int:
    return line[0]


def _without_fix(what: Happened | None, made: int) -> bool:
    return (
        what is not None
        and what.kind in {"blind", "tunnel_without_gps"}
        and what.span.since <= made < what.span.until
    )


def _battery_pct(what: Happened | None, made: int) -> float:
    """What a radio says: enough, unless its battery runs flat."""
    if what is None or what.kind != "flat_battery" or made >= what.span.until:
        return 80.0
    return min(80.0, round(100 * max(what.span.since - made, 0) / CHARGE_MS))
