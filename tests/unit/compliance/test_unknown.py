"""A window with too few patrols is not missed while unknown time could have filled it."""

from __future__ import annotations

import pytest

from tests.support.beat import Beat, outcomes

Stretch = tuple[str, str]


def planned(*, patrols: int = 1, each: tuple[float, float] = (10, 20)) -> Beat:
    """Patrols due from 20:00 to 22:00, by A whose duty is longer."""
    beat = Beat()
    beat.plan(("20:00", "22:00", patrols), each=each)
    beat.duty("A", "18:00", "23:59")
    return beat


@pytest.mark.parametrize(
    ("unknown", "outcome"),
    [
        ([], "missed"),
        ([("20:30", "20:40")], "not_known"),
        ([("20:30", "20:39")], "missed"),
        ([("20:30", "20:39"), ("20:45", "20:54")], "missed"),
        ([("19:40", "20:00")], "not_known"),
        ([("19:40", "19:59")], "missed"),
        ([("22:00", "22:30")], "not_known"),
        ([("22:01", "22:30")], "missed"),
    ],
)
def test_unknown_time_of_who_was_due_there(unknown: list[Stretch], outcome: str) -> None:
    beat = planned()
    beat.accounted("A", "18:00", "23:59", *unknown)
    assert outcomes(beat.day()) == [outcome]


@pytest.mark.parametrize(
    ("patrols", "unknown", "outcome"),
    [
        (2, [("20:00", "20:50")], "not_known"),
        (2, [("20:00", "20:49")], "missed"),
        (2, [("20:00", "20:10"), ("20:40", "20:50")], "not_known"),
        (2, [("20:00", "20:10"), ("20:39", "20:49")], "missed"),
        (3, [("19:50", "21:20")], "not_known"),
        (3, [("19:50", "21:19")], "missed"),
        (4, [("19:50", "22:10")], "not_known"),
    ],
)
def test_so_many_patrols_fit_with_a_gap_between_them(
    patrols: int, unknown: list[Stretch], outcome: str
) -> None:
    beat = planned(patrols=patrols)
    beat.accounted("A", "18:00", "23:59", *unknown)
    assert outcomes(beat.day()) == [outcome]


@pytest.mark.parametrize(
    ("unknown", "outcome"),
    [
        (("21:00", "21:39"), "missed"),
        (("21:00", "21:55"), "not_known"),
        (("20:00", "20:10"), "missed"),
        (("19:50", "20:10"), "not_known"),
    ],
)
def test_what_is_too_near_to_a_patrol_that_counts_could_not_have_filled_it(
    unknown: Stretch, outcome: str
) -> None:
    beat = planned(patrols=2)
    beat.accounted("A", "18:00", "23:59", unknown)
    beat.visit("B", "20:35", "21:00")
    assert outcomes(beat.day()) == [outcome]


def test_a_radio_on_duty_of_which_there_are_no_sheets_is_not_known() -> None:
    assert outcomes(planned().day()) == ["not_known"]


def test_two_radios_unknown_in_turn_are_as_one() -> None:
    beat = planned()
    beat.duty("B", "18:00", "23:59")
    beat.accounted("A", "18:00", "23:59", ("20:30", "20:36"))
    beat.accounted("B", "18:00", "23:59", ("20:35", "20:41"))
    assert outcomes(beat.day()) == ["not_known"]


def test_unknown_time_outside_a_duty_is_nobodys() -> None:
    beat = Beat()
    beat.plan(("20:00", "22:00", 1))
    beat.duty("A", "18:00", "20:09")
    beat.accounted("A", "18:00", "23:59", ("20:00", "21:00"))
    assert outcomes(beat.day()) == ["missed"]


def test_unknown_time_of_who_was_due_elsewhere() -> None:
    beat = Beat()
    beat.plan(("20:00", "22:00", 1))
    beat.duty("A", "18:00", "23:59", places=["hs-2"])
    beat.accounted("A", "18:00", "23:59", ("20:30", "21:00"))
    assert outcomes(beat.day()) == ["missed"]


@pytest.mark.parametrize(
    ("unknown", "outcome"),
    [
        (("19:46", "20:30"), "not_known"),
        (("19:47", "20:30"), "missed"),
        (("19:10", "19:40"), "missed"),
    ],
)
def test_unknown_time_next_to_a_visit_of_whoever_it_was(unknown: Stretch, outcome: str) -> None:
    beat = Beat()
    beat.plan(("20:00", "22:00", 1))
    beat.visit("X", "19:42", "19:46")
    beat.accounted("X", "18:00", "23:59", unknown)
    assert outcomes(beat.day()) == [outcome]


def test_unknown_time_before_a_visit_that_comes_after_the_window() -> None:
    beat = Beat()
    beat.plan(("20:00", "22:00", 1))
    beat.visit("X", "22:30", "22:34")
    beat.accounted("X", "18:00", "23:59", ("21:55", "22:30"))
    assert outcomes(beat.day()) == ["not_known"]


def test_an_outage_of_ours_is_never_their_failure() -> None:
    beat = planned()
    # Nothing came in from 19:00 on, and the engine has stood still since then.
    beat.accounted("A", "18:00", "19:00")
    assert outcomes(beat.day(now="19:00")) == ["ahead"]
    # Once it goes on the two hours are unknown.
    beat.accounted("A", "19:00", "23:59", ("19:00", "22:30"))
    assert outcomes(beat.day(now="22:31")) == ["not_known"]
