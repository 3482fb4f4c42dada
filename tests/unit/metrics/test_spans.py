"""Stretches of time as sets; here a millisecond is a letter's place."""

from __future__ import annotations

import pytest

from services.contracts.days import Span
from services.metrics.spans import (
    Spans,
    common,
    length_ms,
    trimmed,
    union,
    widened,
    without,
)


def spans(drawn: str) -> Spans:
    """``"##..#"`` is from 0 to 2 and from 4 to 5."""
    return union(Span(at, at + 1) for at, mark in enumerate(drawn) if mark == "#")


@pytest.mark.parametrize(
    ("one", "other", "either", "both", "only_one"),
    [
        ("####....", "..####..", "######..", "..##....", "##......"),
        ("##......", "..##....", "####....", "........", "##......"),
        ("########", "..#..#..", "########", "..#..#..", "##.##.##"),
        ("..#..#..", "########", "########", "..#..#..", "........"),
        ("##..##..", "...##...", "##.###..", "....#...", "##...#.."),
        ("........", "##......", "##......", "........", "........"),
        ("##......", "........", "##......", "........", "##......"),
    ],
)
def test_sets_of_time(one: str, other: str, either: str, both: str, only_one: str) -> None:
    a, b = spans(one), spans(other)
    assert union((*a, *b)) == spans(either)
    assert common(a, b) == spans(both)
    assert without(a, b) == spans(only_one)


def test_stretches_are_given_in_any_order_and_empty_ones_are_none() -> None:
    given = [Span(7, 9), Span(5, 5), Span(0, 3), Span(2, 4), Span(6, 3)]
    assert union(given) == (Span(0, 4), Span(7, 9))
    assert length_ms(union(given)) == 6


@pytest.mark.parametrize(
    ("first_ms", "last_ms", "left"),
    [
        (0, 0, "###..##."),
        (1, 0, ".##..##."),
        (3, 0, ".....##."),
        (4, 0, "......#."),
        (0, 1, "###..#.."),
        (0, 2, "###....."),
        (0, 4, "#......."),
        (2, 2, "..#....."),
        (2, 3, "........"),
        (4, 4, "........"),
    ],
)
def test_time_is_taken_off_at_both_ends(first_ms: int, last_ms: int, left: str) -> None:
    assert trimmed(spans("###..##."), first_ms, last_ms) == spans(left)


def test_time_is_put_on_at_both_ends() -> None:
    assert widened(spans("..#..#"), 2, 3) == (Span(0, 3), Span(5, 9))
    assert widened((Span(5, 5),), 2, 3) == (Span(3, 8),)
    assert widened((), 2, 3) == ()
