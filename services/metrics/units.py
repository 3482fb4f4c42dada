"""Where each unit is, folded from its positions, and whether it is still heard. Pure.

A unit is quiet by the time that its own partition's engine has reached, not by the wall clock: a
pipeline that stands still says nothing about a radio.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from services.contracts.derived import Position, Signal
from services.metrics.intervals import Intervals
from services.metrics.places import Place, is_there

FORGOTTEN_AFTER_MS = 60 * 60 * 1000
"""A unit silent for an hour is no longer part of the picture of now."""

QUIET_AFTER_INTERVALS = 3
QUIET_AFTER_AT_LEAST_MS = 90_000

OFF_DUTY = "off_duty"
"""A status, and the reason of a silence that it explains."""

State = Literal["reporting", "quiet", "lost", "no_position", "off_duty"]
STATES: tuple[State, ...] = get_args(State)
IntervalOf = Callable[[str, str], float]
"""The seconds between two pings that are expected of a radio, through a source."""
SilenceOf = Callable[[str], Signal | None]
"""The episode of a radio that goes on, if one does."""


@dataclass(slots=True)
class Unit:
    """The newest position of one radio, the partition it is in, and how often it is heard.

    ``there_since`` is when it was first heard on its mast, or within 300 m, without a break.
    """

    partition: int
    position: Position
    place: Place
    there_since: int
    state: State = "reporting"
    intervals: Intervals = field(default_factory=Intervals)


class Units:
    """Units by radio id."""

    def __init__(self) -> None:
        self._units: dict[str, Unit] = {}

    def ids(self) -> list[str]:
        """The radios, in order."""
        return sorted(self._units)

    def get(self, radio_id: str) -> Unit | None:
        """The unit with that radio."""
        return self._units.get(radio_id)

    def all(self) -> Iterable[Unit]:
        """Every unit."""
        return self._units.values()

    def sources(self) -> set[str]:
        """The sources through which the units were last heard."""
        return {unit.position.source for unit in self._units.values()}

    def intervals_of(self, source: str) -> list[Intervals]:
        """How often each unit is heard that was last heard through a source."""
        units = self._units.values()
        return [unit.intervals for unit in units if unit.position.source == source]

    def by_state(self) -> dict[State, int]:
        """How many units are in each state."""
        counts = dict.fromkeys(STATES, 0)
        for unit in self._units.values():
            counts[unit.state] += 1
        return counts

    def apply(self, partition: int, position: Position) -> bool:
        """Fold in one position; whether it told anything new."""
        unit = self._units.get(position.radio_id)
        if unit is None:
            unit = Unit(partition, position, place_of(position), position.heard_at)
            self._units[position.radio_id] = unit
            unit.intervals.hear(position.heard_at)
            return True
        if position.revision < unit.position.revision or position == unit.position:
            return False
        unit.position = position
        if not is_there(unit.place, place_of(position)):
            unit.place, unit.there_since = place_of(position), position.heard_at
        unit.intervals.hear(position.heard_at)
        return True

    def review(
        self, reached: Mapping[int, int], interval_of: IntervalOf, silence_of: SilenceOf
    ) -> list[str]:
        """See who has fallen quiet or speaks again, and forget the long silent; all these.

        ``reached`` is each partition's engine time. A unit of a partition that has not said how
        far it has come is not quiet.
        """
        changed = []
        for radio_id, unit in list(self._units.items()):
            position = unit.position
            silent_ms = reached.get(unit.partition, position.heard_at) - position.heard_at
            if silent_ms > FORGOTTEN_AFTER_MS:
                del self._units[radio_id]
                changed.append(radio_id)
                continue
            state = _state(silent_ms, position, interval_of, silence_of(radio_id))
            if state != unit.state:
                unit.state = state
                changed.append(radio_id)
        return changed


def place_of(position: Position) -> Place:
    """Where a position is."""
    return Place(position.cell_id, position.lat, position.lon)


def _state(
    silent_ms: int, position: Position, interval_of: IntervalOf, silence: Signal | None
) -> State:
    """The state by the episode that goes on, then the status, then when it was heard."""
    if silence is not None and silence.reason != OFF_DUTY:
        return "lost" if silence.type == "lost" else "no_position"
    if silence is not None or position.status == OFF_DUTY:
        return "off_duty"
    return "quiet" if _is_quiet(silent_ms, position, interval_of) else "reporting"


def _is_quiet(silent_ms: int, position: Position, interval_of: IntervalOf) -> bool:
    return (
        silent_ms > QUIET_AFTER_AT_LEAST_MS
        and silent_ms
        > QUIET_AFTER_INTERVALS * interval_of(position.radio_id, position.source) * 1000
    )
