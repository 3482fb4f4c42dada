"""Pairing visits as they are now with those that were told: by overlap, then the earliest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.geofence.pairing import Span, pair


def spans(*ends: tuple[int, int]) -> list[Span]:
    return [Span(*each) for each in ends]


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        (spans(), spans((0, 9)), {}),
        (spans((0, 9)), spans(), {}),
        (spans((0, 9)), spans((2, 12)), {0: 0}),
        (spans((0, 9)), spans((10, 12)), {}),
        (spans((0, 9)), spans((9, 12)), {0: 0}),
        (spans((5, 5)), spans((5, 5)), {0: 0}),
        (spans((0, 9), (10, 40)), spans((0, 40)), {0: 1}),
        (spans((0, 40)), spans((0, 9), (10, 40)), {1: 0}),
        (spans((0, 10), (20, 30)), spans((0, 30)), {0: 0}),
        (spans((0, 30)), spans((20, 30), (0, 10)), {1: 0}),
        (spans((0, 10), (20, 30)), spans((1, 9), (19, 31)), {0: 0, 1: 1}),
        (spans((0, 100), (100, 110)), spans((0, 40), (50, 110)), {1: 0}),
    ],
    ids=[
        "nothing told",
        "nothing left",
        "moved",
        "apart",
        "only just touching",
        "a visit of one fix",
        "two merged: the longer",
        "one split: the longer",
        "two merged, alike: the earlier",
        "one split, alike: the earlier",
        "two and two",
        "the greatest overlap goes first, though it leaves others alone",
    ],
)
def test_pairs(old: list[Span], new: list[Span], pairs: dict[int, int]) -> None:
    assert pair(old, new) == pairs


SPANS = st.lists(
    st.builds(
        lambda start, lasts: Span(start, start + lasts), st.integers(0, 50), st.integers(0, 20)
    ),
    max_size=6,
)


@given(SPANS, SPANS)
def test_a_pair_overlaps_and_nobody_is_paired_twice(old: list[Span], new: list[Span]) -> None:
    pairs = pair(old, new)
    assert len(set(pairs.values())) == len(pairs)
    for index, former in pairs.items():
        assert max(new[index].start, old[former].start) <= min(new[index].end, old[former].end)


@given(SPANS, SPANS)
def test_no_two_that_touch_are_left_alone(old: list[Span], new: list[Span]) -> None:
    pairs = pair(old, new)
    alone = [each for index, each in enumerate(new) if index not in pairs]
    unclaimed = [each for index, each in enumerate(old) if index not in pairs.values()]
    for one in alone:
        for other in unclaimed:
            assert max(one.start, other.start) > min(one.end, other.end)


@given(SPANS)
def test_what_did_not_change_stays_itself(told: list[Span]) -> None:
    told = sorted(set(told))
    apart = [
        each for n, each in enumerate(told) if not n or each.start > max(t.end for t in told[:n])
    ]
    assert pair(apart, apart) == {index: index for index in range(len(apart))}
