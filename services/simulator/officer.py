"""An officer on duty: to a hot spot when due there, a patrol of it, and the quiet streets between.

Koper's rule of 10 to 16 minutes a visit is what such patrols are planned by (Koper 1995, Justice
Quarterly 12); officers stay a little longer or shorter.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable
from dataclasses import dataclass

import numpy as np

from services.simulator.streets import Point
from services.simulator.tasking import Task
from services.simulator.town import Stretch, Town

_DETOUR = 1.3
"""How much longer than the straight line a way along the streets is, about."""
_AT_SCENE_S = 900.0


@dataclass(frozen=True, slots=True)
class Mode:
    """How an officer gets about: ``speed_mps``, and how often and how long they stand still."""

    name: str
    speed_mps: float
    stand_share: float
    stand_s: tuple[float, float]


FOOT = Mode("foot", speed_mps=1.3, stand_share=0.3, stand_s=(15, 60))
CAR = Mode("vehicle", speed_mps=7.0, stand_share=0.95, stand_s=(60, 240))


def mode_of(number: int, officers: int) -> Mode:
    """How an officer of so many gets about: the last of several drives."""
    return CAR if 0 < number == officers - 1 else FOOT


@dataclass(frozen=True, slots=True)
class Said:
    """A status that an officer gave, ``at_s`` into the shift."""

    at_s: float
    status: str


class Officer:
    """Where one officer is, what for, and what they do next, from the start of a shift on."""

    def __init__(
        self, town: Town, mode: Mode, tasks: Iterable[Task], rng: np.random.Generator
    ) -> None:
        self.mode = mode
        self._said = [Said(0.0, "on_duty")]
        self._town = town
        self._rng = rng
        self._tasks = list(tasks)[::-1]
        self._hotspots = {hotspot.hotspot_id: hotspot for hotspot in town.hotspots}
        self._elapsed_s = 0.0
        self._standing_s = 0.0
        self._task: Task | None = None
        self._patrol_left_s: float | None = None
        self._way: list[int] = []
        self._from = self._any(sorted(town.quiet))
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
        """The hot spot being patrolled; None elsewhere and on the way to one."""
        return None if self._patrol_left_s is None or not self._task else self._task.hotspot_id

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
            walks = self._standing_s <= 0
            if not walks:
                spent = min(seconds, self._standing_s)
                self._standing_s -= spent
            else:
                left_m = self._leg_m - self._walked_m
                spent = min(seconds, left_m / self.mode.speed_mps)
                self._walked_m += spent * self.mode.speed_mps
            self._elapsed_s += spent
            if self._patrol_left_s is not None:
                self._patrol_left_s -= spent
            if walks and spent < seconds:
                self._from = self._to
                self._arrive()
            seconds -= spent

    def book_off(self) -> None:
        """End the shift."""
        self._said = [each for each in self._said if each.at_s < self._elapsed_s]
        self._say("off_duty")

    def take_said(self) -> list[Said]:
        """The statuses given since the last call."""
        said = [each for each in self._said if each.at_s <= self._elapsed_s]
        self._said = [each for each in self._said if each.at_s > self._elapsed_s]
        return said

    @property
    def _leg_m(self) -> float:
        return self._town.streets.metres(self._from, self._to)

    def _arrive(self) -> None:
        """At a corner: begin or end what is due, and choose the next leg."""
        self._walked_m = 0.0
        if self._patrol_left_s is not None and self._patrol_left_s <= 0:
            self._leave()
        elif not self._way and self._task is not None and self._patrol_left_s is None:
            self._patrol_left_s = self._task.lasts_s
            self._say(self._task.status)
        elif not self._way and self._task is None and self._tasks and self._is_due():
            self._set_out(self._tasks.pop())
        if self._way:
            self._to = self._way.pop(0)
        else:
            hotspot_id = self.patrolling
            self._walk_within(self._hotspots[hotspot_id].beat if hotspot_id else self._town.quiet)

    def _is_due(self) -> bool:
        """Whether it is time to go to the next task, with the way there."""
        task = self._tasks[-1]
        lead_s = 0.0
        if task.hotspot_id is not None:
            goal = min(self._hotspots[task.hotspot_id].beat)
            straight_m = self._town.streets.metres(self._from, goal)
            lead_s = _DETOUR * straight_m / self.mode.speed_mps
        return self._elapsed_s + lead_s >= task.at_s

    def _set_out(self, task: Task) -> None:
        if task.hotspot_id is None:
            self._say(task.status)
            self._standing_s = task.lasts_s
            self._say("on_patrol", after_s=task.lasts_s)
        else:
            self._task = task
            self._way = self._town.streets.way(self._from, self._hotspots[task.hotspot_id].beat)

    def _leave(self) -> None:
        """Back to the quiet streets, or to another job there."""
        called_away = self._task is not None and self._task.called_away
        self._task = self._patrol_left_s = None
        self._way = self._town.streets.way(self._from, self._town.quiet)
        if called_away:
            self._say("en_route")
            self._tasks.append(Task(self._elapsed_s, _AT_SCENE_S, None, status="at_scene"))

    def _walk_within(self, corners: Container[int]) -> None:
        """On to a neighbouring corner among these, perhaps after a stand."""
        around = self._town.streets.neighbours[self._from]
        self._to = self._any([corner for corner in around if corner in corners])
        if self._standing_s <= 0 and self._rng.random() < self.mode.stand_share:
            self._standing_s = self._rng.uniform(*self.mode.stand_s)

    def _say(self, status: str, after_s: float = 0.0) -> None:
        self._said.append(Said(self._elapsed_s + after_s, status))

    def _any(self, corners: list[int]) -> int:
        return corners[int(self._rng.random() * len(corners))]
