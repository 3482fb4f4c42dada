"""Where visits are found: by time, by radio and by hot spot. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from services.contracts.derived import Visit
from services.metrics.lasting import end_of
from services.metrics.timeline import Key, Timeline, key_of


@dataclass(slots=True)
class _Place:
    """The visits to one hot spot; none of them ever lasted longer than ``longest_ms``."""

    timeline: Timeline = field(default_factory=Timeline)
    longest_ms: int = 0
    edition: int = 0


class Index:
    """The timelines of all visits, of each radio and of each hot spot; the retracted in each."""

    def __init__(self) -> None:
        self.all = Timeline()
        self._places: dict[str, _Place] = {}
        self._radios: dict[str, Timeline] = {}

    def put(self, visit: Visit, known: Visit | None) -> None:
        """Let a visit stand in the place of what was known of it."""
        if known is None or _standing(known) != _standing(visit):
            if known is not None:
                self.remove(known)
            self._add(visit)
        place = self._places.setdefault(visit.hotspot_id, _Place())
        place.longest_ms = max(place.longest_ms, end_of(visit) - visit.entered_at)
        place.edition += 1

    def remove(self, visit: Visit) -> None:
        """Take a visit out."""
        key = key_of(visit)
        place = self._places[visit.hotspot_id]
        place.edition += 1
        for timeline in (self.all, self._radios[visit.radio_id], place.timeline):
            timeline.remove(key)

    def of(self, radio_id: str | None, hotspot_id: str | None = None) -> Timeline:
        """All visits, or those to a hot spot, or else those of a radio."""
        if hotspot_id is not None:
            return self._place(hotspot_id).timeline
        return self.all if radio_id is None else self._radios.get(radio_id, Timeline())

    def near(self, hotspot_id: str, since: int, until: int) -> Iterator[Key]:
        """The visits to a hot spot that may lie in part in ``[since, until)``."""
        place = self._place(hotspot_id)
        return place.timeline.between(since - place.longest_ms, until)

    def edition(self, hotspot_id: str) -> int:
        """A number that rises whenever anything about a hot spot's visits changes."""
        return self._place(hotspot_id).edition

    def _add(self, visit: Visit) -> None:
        key = key_of(visit)
        place = self._places.setdefault(visit.hotspot_id, _Place())
        radio = self._radios.setdefault(visit.radio_id, Timeline())
        for timeline in (self.all, radio, place.timeline):
            timeline.add(key)

    def _place(self, hotspot_id: str) -> _Place:
        return self._places.get(hotspot_id) or _Place()


def _standing(visit: Visit) -> tuple[int, str, str]:
    return visit.entered_at, visit.radio_id, visit.hotspot_id
