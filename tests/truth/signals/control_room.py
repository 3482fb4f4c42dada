"""What a control room sees of a world: all partitions together, through metrics' projection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from services.contracts.days import Days
from services.contracts.derived import Position, Progress, Signal
from services.metrics.projection import Projection
from tests.support.square import NOON
from tests.truth.signals.worlds import World

SECOND_MS = 1_000
LOOKED_AT_FOR_S = 8
"""How many seconds after something was told whose fault it is has been decided."""
OFTEN_S = 60
"""How often it is looked at else."""


class Shown(NamedTuple):
    """What a partition told, and when, in milliseconds since the world began."""

    at: int
    partition: int
    message: Signal | Position | Progress


class ControlRoom:
    """``alarms`` are the ids of the episodes that were ever shown as unexpected."""

    def __init__(self, world: World) -> None:
        self.alarms: set[str] = set()
        self._projection = Projection(Days(ZoneInfo("UTC"), time(0)))
        self._intervals = {source.name: float(source.expected_s) for source in world.sources}
        self._look_until = 0

    def see(self, minute: Sequence[Sequence[Shown]]) -> None:
        """Take in what the partitions told in a minute."""
        for second, told in groupby(_in_order(minute), key=_second):
            for at, partition, message in told:
                self._projection.apply(partition, message)
                if isinstance(message, Signal):
                    self._look_until = at // SECOND_MS + LOOKED_AT_FOR_S
            if second <= self._look_until or second % OFTEN_S == 0:
                self._look(second)

    def _look(self, second: int) -> None:
        self._projection.pass_time(NOON + second * SECOND_MS, self._interval_of)
        episodes = self._projection.signals.episodes
        for episode_id in self._projection.take_changes().episodes:
            episode = episodes.get(episode_id)
            if episode is not None and episode.signal.cause == "unexpected":
                self.alarms.add(episode_id)

    def _interval_of(self, _radio_id: str, source: str) -> float:
        return self._intervals[source]


def _in_order(minute: Sequence[Sequence[Shown]]) -> Iterator[Shown]:
    return iter(sorted((each for own in minute for each in own), key=_at))


def _at(shown: Shown) -> int:
    return shown.at


def _second(shown: Shown) -> int:
    return shown.at // SECOND_MS
