"""Do radios that fell silent make an area: many of one mast or place at once? Pure.

A radio could have fallen silent at any moment from when it was heard last until the next time that
it should have been.

1. **At once**: those are taken together with a radio that could have fallen silent at the same
   moment as it, give or take a minute.
2. **Together**: and were on the same mast; or, where its mast is not known, within 300 m of it and
   of each other, the nearest first.
3. **Many**: they are three or more.
4. **Nobody else**: no more than one radio for every five of them was heard there after the last
   of them was, and after the first of them was missed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.metrics.places import NEAR_M, Place, is_there, metres_between, middle_of
from services.metrics.whereabouts import Whereabouts

FEWEST = 3
SILENT_FOR_EACH_HEARD = 5
AT_ONCE_MS = 60_000


@dataclass(slots=True)
class Silent:
    """A radio that is not heard, from ``missed_at`` until ``heard_at``; epoch milliseconds.

    ``patience_ms`` is for how long after ``last_heard_at`` it was not overdue. ``episode_id`` is
    None while it is only that.
    """

    radio_id: str
    place: Place
    last_heard_at: int
    patience_ms: int
    missed_at: int
    heard_at: int | None = None
    episode_id: str | None = None

    def is_silent(self, at: int) -> bool:
        """Whether it is missed at a time."""
        return self.missed_at <= at and (self.heard_at is None or self.heard_at > at)


def overdue(unit: Whereabouts) -> Silent:
    """A unit that should have been heard and is not told to be lost yet."""
    return Silent(
        radio_id=unit.radio_id,
        place=unit.place,
        last_heard_at=unit.heard_at,
        patience_ms=unit.overdue_at - unit.heard_at,
        missed_at=unit.overdue_at,
    )


def fell_silent_at_once(one: Silent, other: Silent) -> bool:
    """Whether two could have fallen silent at the same moment."""
    first, second = sorted((one, other), key=lambda each: each.last_heard_at)
    return second.last_heard_at <= first.last_heard_at + max(first.patience_ms, AT_ONCE_MS)


def area_of(
    one: Silent, others: Iterable[Silent], town: Iterable[Whereabouts], at: int
) -> list[Silent]:
    """The radios that make an area with ``one``, itself the first; empty where there is none."""
    silent = [each for each in others if each.is_silent(at) and fell_silent_at_once(one, each)]
    found = _together(one, silent)
    if len(found) < FEWEST:
        return []
    names = {each.radio_id for each in found}
    last_heard_at = max(each.last_heard_at for each in found)
    silent_since = max(last_heard_at, min(each.missed_at for each in found))
    place = place_of_all(found)
    heard = [
        each
        for each in town
        if each.radio_id not in names
        and is_there(place, each.place)
        and each.was_heard(silent_since, at)
    ]
    return found if SILENT_FOR_EACH_HEARD * len(heard) <= len(found) else []


def place_of_all(found: list[Silent]) -> Place:
    """The mast of the first, and the middle of them all."""
    return middle_of(each.place for each in found)._replace(cell_id=found[0].place.cell_id)


def _together(one: Silent, silent: Iterable[Silent]) -> list[Silent]:
    """Those together with one, itself the first."""
    if one.place.cell_id is not None:
        there = [each for each in silent if is_there(one.place, each.place)]
        return list({each.radio_id: each for each in (one, *there)}.values())
    found = {one.radio_id: one}
    for each in sorted(silent, key=lambda each: _distance(one, each)):
        if all(metres_between(other.place, each.place) <= NEAR_M for other in found.values()):
            found.setdefault(each.radio_id, each)
    return list(found.values())


def _distance(one: Silent, other: Silent) -> tuple[float, str]:
    return metres_between(one.place, other.place), other.radio_id
