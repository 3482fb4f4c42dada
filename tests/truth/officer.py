"""An officer's true day, second by second: patrols, walks through, wanderings and stops.

A day is a chain of doings, drawn by the shares that ``worlds.toml`` gives. It is kept as knots
(when, where) between which the officer moves in straight lines, so standing is two knots in one
place.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import shapely

from tests.truth.shapes import Floats, Shape
from tests.truth.streets import Point, Streets
from tests.truth.worlds import World

PATROL_S = (600.0, 1200.0)
STOP_S = (120.0, 600.0)
WANDER_S = (600.0, 1200.0)
STANDING_SHARE = 0.5
STANDING_S = (10.0, 90.0)
"""On patrol an officer stands after every other leg: at a door, a corner, with somebody."""
RUN_UP_M = (150.0, 400.0)
"""How far outside the middle a walk straight through begins and ends."""
LOOKS = 40
"""How many places on patrol are tried for one in sight."""


class Path(NamedTuple):
    """Where an officer truly was at each second of a day, in metres from the town's middle."""

    east_m: Floats
    north_m: Floats


def path_of(world: World, doings: dict[str, float], seconds: int) -> Path:
    """The day of a world: a place for each second from 0 to ``seconds``, both of them included."""
    day = _Day(world, np.random.default_rng(world.stream))
    kinds: dict[str, Callable[[], None]] = {
        "patrol": day.patrol,
        "pass_through": day.pass_through,
        "wander": day.wander,
        "stop": day.stop,
    }
    while day.now < seconds:
        kinds[day.rng.choice(list(doings), p=list(doings.values()))]()
    at = np.arange(seconds + 1)
    when, east_m, north_m = np.array(day.knots).T
    return Path(np.interp(at, when, east_m), np.interp(at, when, north_m))


class _Day:
    """The knots so far."""

    def __init__(self, world: World, rng: np.random.Generator) -> None:
        self.rng = rng
        self.now = 0.0
        self._shape: Shape = world.shape
        self._speed_mps = world.speed_mps
        self._streets = Streets(rng)
        self._here: Point = self._streets.any_corner(rng)
        self.knots: list[tuple[float, float, float]] = [(0.0, *self._here)]

    def patrol(self) -> None:
        self._go(self._on_the_ground())
        until = self.now + self.rng.uniform(*PATROL_S)
        while self.now < until:
            self._go(self._in_sight())
            if self.rng.random() < STANDING_SHARE:
                self._stand(min(self.rng.uniform(*STANDING_S), max(until - self.now, 0.0)))

    def pass_through(self) -> None:
        x, y = self._on_the_ground()
        way = self.rng.uniform(0, 2 * math.pi)
        far = self.rng.uniform(*RUN_UP_M)
        east, north = far * math.cos(way), far * math.sin(way)
        self._go((x - east, y - north))
        self._go((x + east, y + north))

    def wander(self) -> None:
        until = self.now + self.rng.uniform(*WANDER_S)
        corner = self._streets.nearest(self._here)
        before = corner
        while True:
            self._go(self._streets.place(corner))
            if self.now >= until:
                return
            corner, before = self._streets.onward(corner, before, self.rng), corner

    def stop(self) -> None:
        self._stand(self.rng.uniform(*STOP_S))

    def _go(self, there: Point) -> None:
        self.now += math.dist(self._here, there) / self._speed_mps
        self._here = there
        self.knots.append((self.now, *there))

    def _stand(self, seconds: float) -> None:
        self.now += seconds
        self.knots.append((self.now, *self._here))

    def _on_the_ground(self) -> Point:
        """Any place of the hot spot's ground."""
        west, south, east, north = self._shape.ground.bounds
        while True:
            place = float(self.rng.uniform(west, east)), float(self.rng.uniform(south, north))
            if self._shape.ground.contains(shapely.Point(place)):
                return place

    def _in_sight(self) -> Point:
        """A place on the ground that a straight line reaches without leaving it."""
        for _ in range(LOOKS):
            there = self._on_the_ground()
            if self._shape.ground.covers(shapely.LineString([self._here, there])):
                return there
        return self._here
