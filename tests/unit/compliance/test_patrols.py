"""Which stays are one patrol."""

from __future__ import annotations

from tests.support.beat import Beat, kinds, radios
from tests.support.derived import minutes as bounds


def test_two_who_walk_together_make_one_patrol() -> None:
    beat = Beat()
    beat.visit("A", "20:00", "20:12")
    beat.visit("B", "20:01", "20:13")
    [patrol] = beat.day().patrols
    assert radios(patrol) == ["A", "B"]
    assert (patrol.patrol_time, patrol.officer_time) == (bounds(13, 13, 13), bounds(24, 24, 24))


def test_they_join_only_while_they_overlap() -> None:
    beat = Beat()
    beat.visit("A", "20:00", "20:12")
    beat.visit("B", "20:12", "20:24")
    assert [radios(patrol) for patrol in beat.day().patrols] == [["A"], ["B"]]


def test_a_third_who_meets_only_the_second_is_of_the_same_patrol() -> None:
    beat = Beat()
    beat.visit("A", "20:00", "20:12")
    beat.visit("C", "20:20", "20:32")
    beat.visit("B", "20:11", "20:21")
    [patrol] = beat.day().patrols
    assert radios(patrol) == ["A", "B", "C"]


def test_one_who_stays_within_anothers_stay_ends_nothing() -> None:
    beat = Beat()
    beat.visit("A", "20:00", "20:40")
    beat.visit("B", "20:05", "20:10")
    beat.visit("C", "20:30", "20:45")
    assert [radios(patrol) for patrol in beat.day().patrols] == [["A", "B", "C"]]


def test_a_stay_that_goes_on_joins_whoever_comes() -> None:
    beat = Beat()
    beat.stays("A", "20:00", "20:10")
    beat.visit("B", "20:12", "20:20")
    [patrol] = beat.day(now="20:21").patrols
    assert (radios(patrol), patrol.patrol.goes_on) == (["A", "B"], True)


def test_a_visit_that_is_final_does_not_go_on() -> None:
    beat = Beat()
    beat.settles()
    beat.visit("A", "20:00", "20:10", state="open", left_at=None, settled=True)
    [patrol] = beat.day(now="20:21").patrols
    assert (patrol.patrol.goes_on, patrol.patrol.settled) == (False, True)


def test_a_scene_guarded_all_day_joins_no_patrols() -> None:
    beat = Beat()
    beat.plan(("10:00", "12:00", 1), ("14:00", "16:00", 1))
    beat.visit("G", "09:00", "17:00", statuses=[("at_scene", "09:00", "17:00")])
    beat.visit("A", "10:30", "10:45")
    beat.visit("B", "14:30", "14:45")
    day = beat.day()
    assert kinds(day) == ["other_work", "qualifying", "qualifying"]
    assert (day.status, day.qualifying) == ("met", 2)
    assert day.other_time == bounds(480, 480, 480)
    assert day.patrol_time == bounds(30, 30, 30)


def test_a_guard_who_is_there_now_keeps_no_window_open() -> None:
    beat = Beat()
    beat.plan(("10:00", "12:00", 1))
    beat.stays("G", "11:00", "15:00", statuses=[("committed", "11:04", "15:00")])
    day = beat.day(now="15:01")
    assert (kinds(day), day.status) == (["short"], "missed")
