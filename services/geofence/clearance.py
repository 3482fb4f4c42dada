"""Clearance: how far a unit can go before the index has to be asked about it again.

When a unit's surroundings are looked up, they are looked up for a box around it. As long as its
fixes stay within that box, their circles within the reach it was drawn with and their times
within a stretch in which nothing in ``reference`` begins or ends, the zones near by and the limits
are known already. Most units are near no zone for most of the day, and then a fix costs a few
comparisons. It only ever spares a lookup: what is found is decided fix by fix (nearness.py), with
clearance or without.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from services.contracts.telemetry import Gps
from services.geofence.limits import NO_LIMITS, Limits
from services.geofence.zone import FOREVER, Zone
from services.geofence.zones import Zones
from services.ground.boxes import Box

ROAM_M = 500.0
"""How far the box reaches from the fix it is drawn around: some minutes of an officer on foot.
Wider boxes are left more seldom and hold more zones that then have to be measured."""
LEAST_REACH_M = 40.0
"""A box takes circles up to this even when drawn around a better one, lest every somewhat worse
fix asks again."""


class Clearing:
    """A box and a stretch of time for which limits and zones near by are known.

    It holds a fix of its source that lies in both, with a 68 % circle of ``accuracy_m`` at most;
    the survey asks that in place, since a call for every ping would cost 5 % of all its time.
    ``zones`` is None until they are looked up.
    """

    __slots__ = (
        "accuracy_m",
        "east",
        "limits",
        "north",
        "since",
        "source",
        "south",
        "until",
        "west",
        "zones",
    )

    def __init__(self, box: Box, since: int, until: int, limits: Limits, reach_m: float) -> None:
        self.west, self.south, self.east, self.north = box
        self.since = max(since, limits.since)
        self.until = min(until, limits.until)
        self.source = limits.source
        self.limits = limits
        self.accuracy_m = reach_m
        self.zones: Sequence[Zone] | None = None


NOWHERE = Clearing(Box(inf, inf, -inf, -inf), FOREVER, FOREVER, NO_LIMITS, 0.0)
"""Holds no fix."""


class Scout:
    """Draws clearings, and looks up the zones of all those drawn at once."""

    def __init__(self, zones: Zones) -> None:
        self._zones = zones
        self._drawn: list[Clearing] = []

    def draw(self, fix: Gps, accuracy_m: float, limits: Limits) -> Clearing:
        """A clearing around a fix. Its zones come with ``look``."""
        box = Box(fix.lon, fix.lat, fix.lon, fix.lat).grown(ROAM_M)
        since, until = self._zones.interval(fix.fix_time)
        clearing = Clearing(box, since, until, limits, max(accuracy_m, LEAST_REACH_M))
        self._drawn.append(clearing)
        return clearing

    def look(self) -> None:
        """Find the zones of every clearing drawn since."""
        drawn, self._drawn = self._drawn, []
        if not drawn:
            return
        boxes = [
            Box(clearing.west, clearing.south, clearing.east, clearing.north).grown(
                clearing.limits.reach_m(clearing.accuracy_m)
            )
            for clearing in drawn
        ]
        found = self._zones.touching(boxes, [clearing.since for clearing in drawn])
        for clearing, zones in zip(drawn, found, strict=True):
            clearing.zones = zones
