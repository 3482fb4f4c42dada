"""A unit on the engine's books, and what is done with all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.geofence.unit import Unit

FORGOTTEN_AFTER_MS = 24 * 3_600_000
"""How long a unit is kept that is not heard, in log time."""


@dataclass(slots=True, eq=False)
class Track:
    """A unit, and how it stands to its snapshots.

    ``seen`` is the offset below which a restored unit has taken every record, ``saved`` that of
    its last record when it was last written to a snapshot, -1 where a tick has changed it since.
    """

    unit: Unit
    seen: int = 0
    saved: int = -1


def changed(tracks: Mapping[str, Track]) -> list[str]:
    """The units changed since each was last written to a snapshot."""
    return [radio_id for radio_id, track in tracks.items() if track.saved != track.unit.offset]


def silent(tracks: Mapping[str, Track], time: int) -> list[str]:
    """The units of which nothing came for so long that they are forgotten at ``time``.

    A word of others about a unit counts, too: what is forgotten then is the same whether a restore
    knew the unit of before or begins it at that word.
    """
    horizon = time - FORGOTTEN_AFTER_MS
    units = ((radio_id, track.unit) for radio_id, track in tracks.items())
    return [radio_id for radio_id, unit in units if max(unit.as_of, unit.told_of) < horizon]


def open_visits(tracks: Mapping[str, Track]) -> set[str]:
    """The ids of the visits that go on."""
    return {
        stay.visit_id
        for track in tracks.values()
        for stay in track.unit.course.stays.values()
        if stay.left_at is None
    }


def tell_again(tracks: Mapping[str, Track], offset: int) -> None:
    """Have all that is under way told at the next tick of a minute, as if changed at ``offset``."""
    for track in tracks.values():
        course = track.unit.course
        for stay in course.stays.values():
            stay.changed = offset
        if course.sheet is not None:
            course.sheet.changed = offset
        track.saved = -1
