"""Other boundaries in the place of those of the log."""

from __future__ import annotations

from services.contracts.reference import Deleted, HotSpot, Source
from services.geofence.history.boundaries import Boundaries, Known
from services.geofence.zone import ALWAYS
from tests.support.square import hotspot

SOURCE = Source(source="s", name="S", effective_from=0, changed_by="a")
SOURCE_GONE = Deleted(type="source", id="s", effective_from=9, changed_by="a")
HOTSPOT_GONE = Deleted(type="hotspot", id="hs-1", effective_from=9, changed_by="a")
LOG = [
    Known(4, SOURCE),
    Known(5, hotspot("hs-1", since=7)),
    Known(6, HOTSPOT_GONE),
    Known(8, SOURCE_GONE),
]


def test_without_others_those_of_the_log_hold() -> None:
    assert list(Boundaries().instead_of(LOG)) == LOG


def test_others_hold_always_and_the_rest_of_reference_stays() -> None:
    others = [hotspot("a", since=50), hotspot("hs-1", since=60)]
    first, second, *rest = Boundaries(hotspots=others).instead_of(LOG)
    assert [first, second] == [
        Known(0, hotspot("a", since=ALWAYS)),
        Known(1, hotspot("hs-1", since=ALWAYS)),
    ]
    assert rest == [Known(4, SOURCE), Known(8, SOURCE_GONE)]


def test_no_hot_spots_at_all_is_not_those_of_the_log() -> None:
    assert list(Boundaries(hotspots=[]).instead_of(LOG)) == [LOG[0], LOG[3]]


def test_another_catchment_is_that_of_every_hot_spot() -> None:
    others = Boundaries(hotspots=[hotspot("a")], catchment_m=0.0)
    for boundaries in (Boundaries(catchment_m=0.0), others):
        drawn = [
            message for _, message in boundaries.instead_of(LOG) if isinstance(message, HotSpot)
        ]
        assert [each.catchment_m for each in drawn] == [0.0]
