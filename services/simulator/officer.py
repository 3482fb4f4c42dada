"""An officer on patrol: along the streets to a hot spot, 10 to 20 minutes there, then the next.

Koper's rule of 10 to 16 minutes a visit is what such patrols are planned by (Koper 1995, Justice
Quarterly 12); officers stay a little longer or shorter.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from services.simulator.streets import Point
from services.simulator.town import Stretch, Town

PATROL_S = (600.0, 1200.0)


@dataclass(frozen=True, slots=True)
class Mode:
    """How an officer gets about: ``speed_mps``, and how often and how long they stand still."""

    name: str
    speed_mps: float
    stand_share: float
    stand_s: tuple[float, float]


FOOT = Mode("foot", speed_mps=1.3, stand_share=0.3, stand_s=(15, 60))
CAR = Mode("vehicle", speed_mps=7.0, stand_share=0.95, stand_s=(60, 240))


class Officer:
    """Where one officer is, what for, and what they do next.

    Every other officer begins inside a hot spot with part of the patrol behind them, so that a
    town that has just started already looks like one.
    """

    def __init__(self, town: Town, mode: Mode, number: int, rng: np.random.Generator) -> None:
        self.mode = mode
        self._town = town
        self._rng = rng
        self._standing_s = 0.0
        self._patrol_left_s: float | None = None
        self._way: list[int] = []
        if number % 2 == 0:
            self._hotspot = town.hotspots[number // 2 % len(town.hotspots)]
            self._from = self._any(sorted(self._hotspot.beat))
            self._patrol_left_s = rng.uniform(0, PATROL_S[1])
        else:
            self._hotspot = town.hotspots[int(rng.integers(len(town.hotspots)))]
            self._from = int(rng.integers(len(town.streets.corners)))
        self._to = self._from
        self._walked_m = 0.0
        self._arrive()

    @property
    def place(self) -> Point:
        """Where the officer truly is."""
        corners = self._town.streets.corners
        return corners[self._from].towards(corners[self._to], self._walked_m / self._leg_m)

    @property
    def stretch(self) -> Stretch:
        """The stretch of street that the officer is on."""
        return frozenset((self._from, self._to))

    @property
    def patrolling(self) -> str | None:
        """The hot spot being patrolled; None on the way to one."""
        return None if self._patrol_left_s is None else self._hotspot.hotspot_id

    @property
    def speed_mps(self) -> float:
        """How fast the officer is moving."""
        return 0.0 if self._standing_s > 0 else self.mode.speed_mps

    @property
    def heading_deg(self) -> float:
        """Which way the officer faces, clockwise from north."""
        corners = self._town.streets.corners
        (x, y), (to_x, to_y) = corners[self._from], corners[self._to]
        return math.degrees(math.atan2(to_x - x, to_y - y)) % 360

    def step(self, seconds: float) -> None:
        """Let time pass."""
        while seconds > 0:
            if self._standing_s > 0:
                spent = min(seconds, self._standing_s)
                self._standing_s -= spent
            else:
                left_m = self._leg_m - self._walked_m
                spent = min(seconds, left_m / self.mode.speed_mps)
                self._walked_m += spent * self.mode.speed_mps
                if spent < seconds:
                    self._from = self._to
                    self._arrive()
            seconds -= spent
            if self._patrol_left_s is not None:
                self._patrol_left_s -= spent

    @property
    def _leg_m(self) -> float:
        return self._town.streets.metres(self._from, self._to)

    def _arrive(self) -> None:
        """Stand at a corner: begin or end a patrol where that is due, and choose the next leg."""
        if self._patrol_left_s is None and self._from in self._hotspot.beat:
            self._patrol_left_s = self._rng.uniform(*PATROL_S)
        elif self._patrol_left_s is not None and self._patrol_left_s <= 0:
            self._leave()
        if self._patrol_left_s is None:
            self._way = self._way or self._town.streets.way(self._from, self._hotspot.beat)
            self._to = self._way.pop(0)
        else:
            beat = self._hotspot.beat
            around = self._town.streets.neighbours[self._from]
            self._to = self._any([corner for corner in around if corner in beat])
            if self._rng.random() < self.mode.stand_share:
                self._standing_s = self._rng.uniform(*self.mode.stand_s)
        self._walked_m = 0.0

    def _leave(self) -> None:
        others = [each for each in self._town.hotspots if self._from not in each.beat]
        self._hotspot = others[int(self._rng.integers(len(others)))]
        self._patrol_left_s = None
        self._way = []

    def _any(self, corners: list[int]) -> int:
        return corners[int(self._rng.integers(len(corners)))]
