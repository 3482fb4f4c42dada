"""The identity of visits that history accounts for.

A visit that was shown before keeps its id, and with it whatever people have said of it; any other
is named by its unit, its place and when it began, so that the same log gives the same ids.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

import msgspec

from services.contracts.derived import Visit
from services.geofence.pairing import Span, pair


class Identified(NamedTuple):
    """Visits under their ids: beside each the one it was before, or None; and those that are gone.

    A visit that is gone has no counterpart among the visits any more.
    """

    pairs: list[tuple[Visit, Visit | None]]
    gone: list[Visit]


def id_of(visit: Visit) -> str:
    """The id of a visit that was not shown before."""
    named = f"{visit.radio_id}/{visit.hotspot_id}/{visit.ring}/settled/{visit.entered_at}"
    return sha256(named.encode()).hexdigest()[:16]


def identify(before: Iterable[Visit], after: Iterable[Visit]) -> Identified:
    """Give each of ``after`` the id of the one of ``before`` that it is, else one of its own."""
    was = _by_place(before)
    pairs: list[tuple[Visit, Visit | None]] = []
    gone: list[Visit] = []
    now = _by_place(after)
    for place, visits in now.items():
        known = was.pop(place, [])
        found = pair(_spans(known), _spans(visits))
        for index, visit in enumerate(visits):
            old = known[found[index]] if index in found else None
            visit_id = id_of(visit) if old is None else old.visit_id
            pairs.append((msgspec.structs.replace(visit, visit_id=visit_id), old))
        kept = set(found.values())
        gone += [old for index, old in enumerate(known) if index not in kept]
    for known in was.values():
        gone += known
    return Identified(pairs, gone)


def _by_place(visits: Iterable[Visit]) -> dict[tuple[str, str, str], list[Visit]]:
    places: dict[tuple[str, str, str], list[Visit]] = defaultdict(list)
    for visit in visits:
        places[visit.radio_id, visit.hotspot_id, visit.ring].append(visit)
    return places


def _spans(visits: Sequence[Visit]) -> list[Span]:
    return [
        Span(visit.entered_at, visit.last_fix_time if visit.left_at is None else visit.left_at)
        for visit in visits
    ]
