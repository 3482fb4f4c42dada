"""Where officers are: round their beats, and on foot to a tunnel and back for those who enter one.

Everything is drawn as in GPS: with an error, and the same place never twice, but by a receiver
that is stuck.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tests.support.square import LAT, LON, M_PER_LAT, M_PER_LON, box
from tests.truth.shapes import Floats
from tests.truth.signals.force import Unit, mast_place
from tests.truth.signals.happenings import Happened
from tests.truth.signals.worlds import MINUTE_MS

Ints = NDArray[np.int64]

BEAT_M = 60.0
ROUND_MS = 10 * MINUTE_MS
WALK_MS = 19 * MINUTE_MS
"""From a beat to a tunnel: at most 1.4 km, on foot."""
ERROR_M = 8.0
ACCURACY_M = 12.0
TUNNEL_NORTH_M = 900.0
TUNNEL_M = (-60.0, 0.0, 60.0, 300.0)
"""From a tunnel's mouth: its bounds to the west, south, east and north."""
TUNNEL_NEAR_M = 200.0
"""How far a force draws a tunnel's surroundings: two intervals on foot."""


class Places:
    """Where each unit of a force is at each time."""

    def __init__(self, force: list[Unit], happened: dict[int, Happened], seed: int) -> None:
        self._rng = np.random.default_rng([seed, 3])
        self._home = np.array([(unit.east_m, unit.north_m) for unit in force])
        self._mouth = np.array([tunnel_mouth(unit.mast) for unit in force])
        self._phase = self._rng.uniform(0, 2 * np.pi, len(force))
        never = np.iinfo(np.int64).max // 2
        self._below = np.full((len(force), 2), never)
        self._stuck = np.full((len(force), 2), never)
        for place, what in happened.items():
            if what.kind in {"tunnel", "tunnel_without_gps"}:
                self._below[place] = what.span
            elif what.kind == "stuck":
                self._stuck[place] = what.span

    def at(self, units: Ints, made: Ints) -> tuple[Floats, Floats]:
        """Longitudes and latitudes of fixes: of which units, made when."""
        since, until = self._stuck[units].T
        stuck = (since <= made) & (made < until)
        seen = np.where(stuck, since, made)
        angle = 2 * np.pi * seen / ROUND_MS + self._phase[units]
        there = self._home[units] + BEAT_M * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        below, above = self._below[units].T
        away = np.maximum(below - seen, seen - above)
        near = np.clip(1 - away / WALK_MS, 0, 1)[:, np.newaxis]
        there = (1 - near) * there + near * self._mouth[units]
        error = ERROR_M * self._rng.standard_normal(there.shape)
        error[stuck] = 0.0
        east_m, north_m = (there + error).T
        return LON + east_m / M_PER_LON, LAT + north_m / M_PER_LAT


def tunnel_mouth(mast: int) -> tuple[float, float]:
    """Where the tunnel near a mast begins: metres east and north of the town's middle."""
    east_m, north_m = mast_place(mast)
    return east_m, north_m + TUNNEL_NORTH_M


def tunnel(mast: int) -> dict[str, object]:
    """The tunnel near a mast, as a force draws it."""
    east_m, north_m = tunnel_mouth(mast)
    west, south, east, north = TUNNEL_M
    return box(east_m + west, north_m + south, east_m + east, north_m + north)
