"""What stepsix tells of a world: the engine of each partition stepped through it."""

from __future__ import annotations

from typing import NamedTuple

from services.contracts.derived import Position, Progress, Signal
from services.eventlog.partitioning import partition_of
from services.geofence.engine import Engine
from tests.support.square import NOON, Record
from tests.truth.signals.control_room import ControlRoom, Shown
from tests.truth.signals.force import Unit, force_of
from tests.truth.signals.happenings import happened
from tests.truth.signals.heartbeats import Heartbeats
from tests.truth.signals.pings import pings_of
from tests.truth.signals.telemetry import Line, Log, reference_of
from tests.truth.signals.truth import Truth, truth_of
from tests.truth.signals.words import words_of
from tests.truth.signals.worlds import World


class Telling(NamedTuple):
    """A signal, and when it was told, in milliseconds since the world began."""

    at: int
    signal: Signal


class Told(NamedTuple):
    """What each partition told in order, beside the truth.

    ``alarms`` are the ids of the episodes that a control room was ever shown as unexpected.
    """

    force: list[Unit]
    truth: Truth
    tellings: list[list[Telling]]
    alarms: set[str]


def tell(world: World) -> Told:
    """Step through a world."""
    force = force_of(world)
    what = happened(world, force)
    pings, words = pings_of(world, force, what), words_of(force, what)
    reference = reference_of(world, force, what)
    partitions = [Partition(number, world.partitions) for number in range(world.partitions)]
    for partition in partitions:
        for offset, message in enumerate(reference):
            partition.engine.learn(offset, message)
    heartbeats, control_room = Heartbeats(world, force, pings, len(reference)), ControlRoom(world)
    for minute in Log(world, force, what, pings, words).minutes(heartbeats):
        shown = [partition.step(lines) for partition, lines in zip(partitions, minute, strict=True)]
        control_room.see(shown)
    truth = truth_of(world, force, what, pings, words)
    tellings = [partition.tellings for partition in partitions]
    return Told(force, truth, tellings, control_room.alarms)


class Partition:
    """An engine, and what it has told."""

    def __init__(self, number: int, partitions: int) -> None:
        self.engine = Engine(
            number, lambda radio_id: partition_of(radio_id.encode(), partitions) == number
        )
        self.tellings: list[Telling] = []
        self._offset = 0

    def step(self, lines: list[Line]) -> list[Shown]:
        """Step through what comes next: what a control room is shown of it, and when."""
        first = self._offset
        records = [Record(first + place, NOON + at) for place, (at, _) in enumerate(lines)]
        self._offset += len(lines)
        step = self.engine.step(records, [message for _, message in lines])
        assert step.taken == len(lines)
        shown = []
        for output in step.outputs:
            message = output.message
            if not isinstance(message, Signal | Position | Progress):
                continue
            at, _ = lines[message.revision - first]
            shown.append(Shown(at, self.engine.partition, message))
            if isinstance(message, Signal):
                self.tellings.append(Telling(at, message))
        return shown
