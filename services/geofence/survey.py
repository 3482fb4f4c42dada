"""A batch surveyed: what can be known of each fix before any is stepped.

Where a fix is depends on the fix and on ``reference`` alone, so a whole batch is measured at once
and then stepped record by record. Fixes that turn out to be late or repeated were measured in
vain; they are few.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from services.contracts.reference import Deleted, HotSpot, Radio, Reference, Source
from services.contracts.register import Register
from services.contracts.telemetry import Gps, Telemetry
from services.geofence.clearance import NOWHERE, Clearing, Scout
from services.geofence.limits import Limits, limits_at
from services.geofence.nearness import Candidates, Near
from services.geofence.screening import Reason, unusable
from services.geofence.zones import Zones


class Survey(NamedTuple):
    """By place in the batch: the limits of each usable fix, and the zones near it if there are any.

    ``unusable`` has the reason of each fix that is not.
    """

    limits: list[Limits | None]
    near: dict[int, list[Near]]
    unusable: dict[int, Reason]


class Surveyor:
    """Knows ``reference`` as far as fixes are judged by it."""

    def __init__(self) -> None:
        self._zones = Zones()
        self._scout = Scout(self._zones)
        self._register = Register()
        self._clearings: dict[str, Clearing] = {}

    def learn(self, offset: int, message: Reference) -> None:
        """Take in a record of ``reference``; what it does not judge fixes by is passed over."""
        if isinstance(message, HotSpot):
            self._zones.draw(offset, message)
        elif isinstance(message, Deleted) and message.type == "hotspot":
            self._zones.erase(message)
        elif isinstance(message, Source | Radio | Deleted):
            self._register.apply(offset, message)
        self._clearings.clear()

    def survey(self, messages: Sequence[Telemetry | None]) -> Survey:
        """Each fix of a batch by itself."""
        limits: list[Limits | None] = []
        unfit: dict[int, Reason] = {}
        close: list[tuple[int, Gps, float, Clearing]] = []
        clearings = self._clearings
        for index, fix in enumerate(messages):
            if type(fix) is not Gps:
                limits.append(None)
                continue
            clearing = clearings.get(fix.radio_id, NOWHERE)
            accuracy_m = fix.accuracy_m
            if accuracy_m is None:
                accuracy_m = clearing.limits.accuracy_m(fix)
            if not (
                clearing.west <= fix.lon <= clearing.east
                and clearing.south <= fix.lat <= clearing.north
                and accuracy_m <= clearing.accuracy_m
                and clearing.since <= fix.fix_time < clearing.until
                and clearing.source == fix.source
            ):
                own = limits_at(self._register, fix.radio_id, fix.source, fix.fix_time)
                accuracy_m = own.accuracy_m(fix)
                clearing = clearings[fix.radio_id] = self._scout.draw(fix, accuracy_m, own)
            reason = unusable(fix, accuracy_m, clearing.limits)
            if reason is not None:
                unfit[index] = reason
                limits.append(None)
                continue
            limits.append(clearing.limits)
            zones = clearing.zones
            if zones is None or zones:
                close.append((index, fix, accuracy_m, clearing))
        self._scout.look()
        candidates = Candidates()
        for index, fix, accuracy_m, clearing in close:
            if clearing.zones:
                candidates.add(index, fix, accuracy_m, clearing.zones)
        return Survey(limits, candidates.measure(self._zones), unfit)
