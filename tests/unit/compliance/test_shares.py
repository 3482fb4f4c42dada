"""Whose minutes a patrol's are."""

from __future__ import annotations

from tests.support.beat import Beat
from tests.support.derived import minutes as bounds


def shares(beat: Beat) -> list[tuple[str | None, float]]:
    """Each officer's part of the only patrol, in minutes."""
    [patrol] = beat.day().patrols
    return [
        (share.officer_id, share.presence.bounds.estimate_ms / 60_000) for share in patrol.shares
    ]


def test_two_officers_on_one_radio_were_both_there() -> None:
    beat = Beat()
    beat.duty("A", "18:00", "23:00", officers=["P1", "P2"])
    beat.visit("A", "20:00", "20:12")
    day = beat.day()
    assert shares(beat) == [("P1", 12), ("P2", 12)]
    assert (day.patrol_time, day.officer_time) == (bounds(12, 12, 12), bounds(24, 24, 24))


def test_an_officer_with_two_radios_was_there_while_one_of_them_was() -> None:
    beat = Beat()
    beat.duty("A", "18:00", "23:00", officers=["P1"])
    beat.duty("B", "18:00", "23:00", officers=["P1"])
    beat.visit("A", "20:00", "20:12")
    beat.visit("B", "20:02", "20:15")
    assert shares(beat) == [("P1", 12), ("P1", 13)]
    assert beat.day().officer_time == bounds(15, 15, 15)


def test_a_radio_that_changes_hands_is_each_officers_during_their_duty() -> None:
    beat = Beat()
    beat.duty("A", "18:00", "20:05", officers=["P1"])
    beat.duty("A", "20:05", "23:00", officers=["P2"], places=["hs-2"])
    beat.visit("A", "20:00", "20:15")
    day = beat.day()
    assert shares(beat) == [("P1", 5), ("P2", 10)]
    assert (day.officer_time, day.allocated_time) == (bounds(15, 15, 15), bounds(5, 5, 5))


def test_what_is_uncertain_at_an_end_is_of_whoever_had_the_radio_then() -> None:
    beat = Beat()
    beat.duty("A", "18:00", "20:05", officers=["P1"])
    beat.duty("A", "20:05", "23:00", officers=["P2"])
    beat.visit("A", "20:00", "20:15", bounds=(13, 17))
    [patrol] = beat.day().patrols
    assert [share.presence.bounds for share in patrol.shares] == [
        bounds(4, 5, 6),
        bounds(9, 10, 11),
    ]


def test_time_on_nobodys_duty_is_that_of_one_unknown_officer() -> None:
    beat = Beat()
    beat.duty("A", "20:05", "23:00", officers=["P1", "P2"])
    beat.visit("A", "20:00", "20:15")
    assert shares(beat) == [("P1", 10), ("P2", 10), (None, 5)]
    assert beat.day().officer_time == bounds(25, 25, 25)


def test_other_work_is_nobodys_share() -> None:
    beat = Beat()
    beat.duty("A", "18:00", "23:00")
    beat.visit("A", "20:00", "20:15", statuses=[("refreshments", "20:05", "20:15")])
    assert shares(beat) == [("A", 5)]


def test_allocated_minutes_are_of_those_allocated_there() -> None:
    beat = Beat()
    beat.duty("A", "18:00", "23:00", places=["hs-2", "hs-1"])
    beat.duty("B", "18:00", "23:00", places=[])
    beat.visit("A", "20:00", "20:12")
    beat.visit("B", "20:00", "20:14")
    day = beat.day()
    assert day.patrol_time == bounds(14, 14, 14)
    assert day.officer_time == bounds(26, 26, 26)
    assert day.allocated_time == bounds(12, 12, 12)


def test_a_share_knows_the_team() -> None:
    beat = Beat()
    beat.duty("A", "18:00", "23:00", team="Neighbourhood 2")
    beat.visit("A", "20:00", "20:15")
    [patrol] = beat.day().patrols
    assert [share.team for share in patrol.shares] == ["Neighbourhood 2"]
