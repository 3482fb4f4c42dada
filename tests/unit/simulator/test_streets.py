import pytest

from services.simulator.streets import Point, Streets

#   3 --- 4   a little longer than 0 --- 1
#   |     |
#   0 --- 1 --- 2      5 (no street)
STREETS = Streets(
    [Point(0, 0), Point(10, 0), Point(30, 0), Point(0, 10), Point(9, 12), Point(99, 99)],
    [(0, 1), (1, 2), (0, 3), (3, 4), (4, 1)],
)


@pytest.mark.parametrize(
    ("start", "goals", "way"),
    [
        (0, {2}, [1, 2]),
        (3, {2}, [0, 1, 2]),
        (3, {2, 4}, [4]),
        (1, {1, 2}, []),
    ],
)
def test_the_way_is_the_shortest_to_the_nearest_goal(
    start: int, goals: set[int], way: list[int]
) -> None:
    assert STREETS.way(start, goals) == way


def test_a_place_without_a_street_cannot_be_reached() -> None:
    with pytest.raises(LookupError, match="no street leads from corner 0"):
        STREETS.way(0, {5})


def test_a_point_on_the_way() -> None:
    assert Point(0, 0).towards(Point(10, 20), 0.25) == Point(2.5, 5)


def test_the_largest_part_of_some_corners_hangs_together() -> None:
    line = Streets([Point(x, 0) for x in range(7)], [(x, x + 1) for x in range(6)])
    assert line.largest_part([0, 1, 3, 4, 5]) == {3, 4, 5}
    assert line.largest_part([0, 2, 3, 6]) == {2, 3}
    assert line.largest_part([]) == frozenset()
