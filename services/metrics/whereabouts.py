"""Where everybody was heard last, and who is overdue: what an area is recognised by. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from services.metrics.places import Nearby, Place
from services.metrics.units import IntervalOf, Unit, Units, place_of

OVERDUE_AFTER_INTERVALS = 1.5


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a unit was heard last: there ``since`` and until ``heard_at``, in epoch milliseconds.

    It is overdue from ``overdue_at`` on, by the time that its partition's engine has ``reached``.
    One that is ``excused`` is not expected to be heard.
    """

    radio_id: str
    place: Place
    since: int
    heard_at: int
    overdue_at: int
    reached: int
    excused: bool

    def is_overdue(self, at: int) -> bool:
        """Whether it should have been heard by a time and was not."""
        return not self.excused and self.overdue_at <= min(at, self.reached)

    def was_heard(self, after: int, until: int) -> bool:
        """Whether it was heard where it is, after a time and not only after another."""
        return self.heard_at > after and self.since <= until


class Town:
    """The whereabouts of all units at one moment, put in order once somebody asks."""

    def __init__(
        self,
        units: Units,
        reached: Mapping[int, int],
        interval_of: IntervalOf,
        is_excused: Callable[[Unit], bool],
    ) -> None:
        """``reached`` is each partition's engine time; ``is_excused`` says who may be silent."""
        self._units = units
        self._reached = reached
        self._interval_of = interval_of
        self._is_excused = is_excused
        self._near: Nearby[Whereabouts] | None = None

    def patience_ms(self, radio_id: str, source: str) -> int:
        """For how long a radio may not be heard before it is overdue."""
        return round(OVERDUE_AFTER_INTERVALS * 1000 * self._interval_of(radio_id, source))

    def heard_at(self, radio_id: str) -> int | None:
        """When a unit was heard last; None where that is over an hour ago."""
        unit = self._units.get(radio_id)
        return unit.position.heard_at if unit else None

    def place_of(self, radio_id: str) -> Place:
        """Where a unit was heard last, as far as that is known."""
        unit = self._units.get(radio_id)
        return place_of(unit.position) if unit else Place()

    def around(self, place: Place, since: int) -> Iterator[Whereabouts]:
        """Who was heard last about there, from a time on."""
        if self._near is None:
            self._near = Nearby()
            for unit in self._units.all():
                self._near.add(place_of(unit.position), unit.position.heard_at, self._of(unit))
        return self._near.around(place, since)

    def _of(self, unit: Unit) -> Whereabouts:
        position = unit.position
        patience = self.patience_ms(position.radio_id, position.source)
        return Whereabouts(
            radio_id=position.radio_id,
            place=place_of(position),
            since=unit.there_since,
            heard_at=position.heard_at,
            overdue_at=position.heard_at + patience,
            reached=self._reached.get(unit.partition, position.heard_at),
            excused=self._is_excused(unit),
        )
