"""What can be the boundary of a hot spot."""

from __future__ import annotations

import math

import pytest

from services.ingest import geometry
from services.ingest.geometry import Ring, Rings, WrongGeometry


def square(lon: float = -0.1, lat: float = 51.5, size: float = 0.002) -> Ring:
    east, north = lon + size, lat + size
    return [[lon, lat], [east, lat], [east, north], [lon, north], [lon, lat]]


def circle(positions: int) -> Ring:
    turns = [2 * math.pi * n / (positions - 1) for n in range(positions - 1)]
    ring = [[-0.1 + 0.002 * math.cos(turn), 51.5 + 0.002 * math.sin(turn)] for turn in turns]
    return [*ring, ring[0]]


@pytest.mark.parametrize(
    "polygons",
    [
        [[square()]],
        [[square()[::-1]]],
        [[square(), square(-0.0995, 51.5005, 0.001)]],
        [[square()], [square(-0.09)]],
        [[square()], [square(-0.09)[::-1]]],
        [[circle(2000)]],
    ],
    ids=["square", "clockwise", "hole", "two", "two-ways-round", "2000"],
)
def test_a_boundary(polygons: list[Rings]) -> None:
    geometry.check(polygons)


BOW_TIE = [[0.0, 51.0], [0.002, 51.002], [0.002, 51.0], [0.0, 51.002], [0.0, 51.0]]
CASES: dict[str, tuple[list[Rings], str]] = {
    "too many": ([[circle(2001)]], "2001 positions; simplify it to 2000 or fewer"),
    "open": ([[square()[:-1]]], "ring 0 is not closed; repeat its first position"),
    "open hole": (
        [[square()], [square(-0.09), square(-0.0895, 51.5005, 0.001)[:-1]]],
        "polygon 1, ring 1 is not closed",
    ),
    "swapped": (
        [[[[51.5, -100.1]] * 4]],
        "position 0 is [51.5, -100.1], not degrees; give the lon",
    ),
    "metres": ([[[[530000.0, 180000.0]] * 4]], "not degrees; export the layer as WGS 84"),
    "bow tie": ([[BOW_TIE]], "Self-intersection[0.001 51.001]; redraw it"),
    "overlap": ([[square()], [square(-0.099)]], "redraw it so that no line crosses"),
    "hole outside": ([[square(), square(0.5)]], "Hole lies outside shell"),
    "line": ([[[[0.0, 51.0], [0.1, 51.0], [0.0, 51.0], [0.0, 51.0]]]], "redraw it"),
    "tiny": ([[square(size=0.00001)]], "it covers 0.8 m2; a hot spot covers 100 m2 or more"),
    "huge": ([[square(size=0.2)]], "km2; a hot spot covers 25 at most"),
}


@pytest.mark.parametrize(("polygons", "words"), CASES.values(), ids=CASES)
def test_what_is_none_and_why(polygons: list[Rings], words: str) -> None:
    with pytest.raises(WrongGeometry) as error:
        geometry.check(polygons)
    assert words in str(error.value)
