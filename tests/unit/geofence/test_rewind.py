"""Late fixes: the unit goes back, and what had been told is told anew, by the same identity."""

from __future__ import annotations

from services.contracts.derived import Visit
from services.contracts.telemetry import Gps
from tests.support.square import Town, at, fix, hotspot, tick

OUT = 300.0
NOW = 590.0
"""When late fixes come, in seconds after noon."""


def late(second: float, east_m: float, received: float = NOW) -> Gps:
    return fix(second, east_m, received_at=at(received))


def by_id(visits: list[Visit]) -> dict[str, Visit]:
    """The last told of each."""
    return {visit.visit_id: visit for visit in visits}


def test_a_visit_that_never_was_is_retracted_and_told_once() -> None:
    """A point inside for a message that turns out to have been the repetition of one outside."""
    town = Town(hotspot(catchment_m=0.0))
    before = fix(0, OUT)
    [opened] = town.visits(before, fix(120, 0, message_id="m-1"))
    again = town.visits(fix(60, OUT, message_id="m-1", received_at=at(NOW)))
    assert [(visit.visit_id, visit.state, visit.revision) for visit in again] == [
        (opened.visit_id, "retracted", 2)
    ]
    assert town.visits(tick(600), tick(660)) == []


def test_a_visit_never_seen_before_opens_and_closes_at_once() -> None:
    """Outside at 0 and 120; the late fix was inside at 60: 30 s on either side of it."""
    town = Town(hotspot())
    assert town.visits(fix(0, OUT), fix(120, OUT)) == []
    [visit] = town.visits(late(60, 0))
    assert (visit.state, visit.entered_at, visit.left_at) == ("closed", at(30), at(90))
    assert (visit.duration_ms, visit.fixes, visit.revision) == (60_000, 1, 2)
    assert town.visits(tick(600)) == []


def test_an_earlier_beginning_keeps_the_identity() -> None:
    town = Town(hotspot())
    [opened] = town.visits(fix(0, OUT), fix(120, 0))
    [earlier] = town.visits(late(60, 0))
    assert (opened.entered_at, earlier.entered_at) == (at(60), at(30))
    assert earlier.visit_id == opened.visit_id
    assert (opened.revision, earlier.revision) == (1, 2)


def test_the_source_of_a_visit_is_that_of_its_first_fix() -> None:
    town = Town(hotspot())
    trace = [fix(0, OUT), fix(120, 0, source="airwave"), fix(240, 0, source="phones")]
    [opened] = town.visits(*trace)
    [earlier] = town.visits(fix(60, 0, source="phones", received_at=at(NOW)))
    assert (opened.source, earlier.source) == ("airwave", "phones")
    assert earlier.visit_id == opened.visit_id


def test_a_late_fix_that_moves_nothing_of_a_visit_tells_nothing() -> None:
    """Another half hour of the same outside, before and after; the closed visit stays as it was."""
    town = Town(hotspot(catchment_m=0.0))
    town.step(fix(0, 0), fix(60, OUT), fix(180, OUT))
    assert town.visits(late(120, OUT)) == []


def test_two_visits_are_merged_into_the_one_begun_before_the_unit_was_taken_back_to() -> None:
    """Outside only because of one fix at second 120, whose time a better one takes.

    The first visit is from 0 to 90, the second from 150 on. The milestone that the unit goes back
    to is its first fix, by which the first visit had begun: it simply goes on.
    """
    town = Town(hotspot())
    trace = [fix(0, 0), fix(60, 0), fix(120, OUT, accuracy_m=20.0), fix(180, 0), fix(240, 0)]
    told = by_id(town.visits(*trace, fix(300, 0)))
    first, second = told.values()
    assert (first.left_at, second.entered_at) == (at(90), at(150))

    merged = town.visits(fix(120, 0, accuracy_m=5.0, received_at=at(NOW)))
    assert [(visit.visit_id, visit.state) for visit in merged] == [
        (second.visit_id, "retracted"),
        (first.visit_id, "open"),
    ]
    assert merged[1].entered_at == at(0)
    assert merged[1].duration_ms == 300_000
    assert {visit.revision for visit in merged} == {6}


def test_two_closed_visits_that_a_late_fix_merges_keep_the_identity_of_the_longer() -> None:
    """The unit goes back to its first fix, before either began: 60 s against 110 s."""
    town = Town(hotspot())
    trace = [
        fix(0, OUT),
        fix(60, 0),
        fix(120, OUT, accuracy_m=20.0),
        fix(180, 0),
        fix(240, 0),
        fix(280, OUT),
    ]
    first, second = by_id(town.visits(*trace)).values()
    assert first.left_at is not None
    assert second.left_at is not None
    assert second.left_at - second.entered_at > first.left_at - first.entered_at

    merged = town.visits(fix(120, 0, accuracy_m=5.0, received_at=at(NOW)))
    assert [(visit.visit_id, visit.state) for visit in merged] == [
        (first.visit_id, "retracted"),
        (second.visit_id, "closed"),
    ]
    assert (merged[1].entered_at, merged[1].left_at) == (at(30), at(260))


def test_a_visit_is_split_and_the_longer_part_keeps_the_identity() -> None:
    """Inside from 30 to 330; the late fix at second 90 was outside.

    So 30 to 75 is one visit and 105 to 330 another; the second has more in common with the old.
    """
    town = Town(hotspot())
    trace = [fix(0, OUT), fix(60, 0), fix(120, 0), fix(180, 0), fix(240, 0), fix(300, 0)]
    opened, closed = town.visits(*trace, fix(360, OUT))
    short, long = town.visits(late(90, OUT))

    assert (short.state, short.entered_at, short.left_at) == ("closed", at(30), at(75))
    assert (long.state, long.entered_at, long.left_at) == ("closed", at(105), at(330))
    assert long.visit_id == opened.visit_id == closed.visit_id
    assert short.visit_id != long.visit_id
    assert {short.revision, long.revision} == {7}


def test_an_identity_outlives_many_rewinds_and_milestones() -> None:
    """A fix a minute for half an hour, each third one of them late: one visit throughout."""
    town = Town(hotspot())
    told: list[Visit] = town.visits(fix(0, OUT))
    for minute in range(2, 30, 3):
        told += town.visits(fix(60 * minute, 0), fix(60 * minute + 60, 0))
        told += town.visits(late(60 * minute - 60, 0, 60 * minute + 61))
    told += town.visits(fix(1_860, OUT))
    assert len(by_id(told)) == 1
    assert (told[-1].entered_at, told[-1].left_at) == (at(30), at(1_830))
    assert told[-1].fixes == 30
    revisions = [visit.revision for visit in told]
    assert revisions == sorted(set(revisions))


def test_two_late_fixes_are_two_revisions() -> None:
    town = Town(hotspot())
    [_, left] = town.visits(fix(0, 0), fix(240, OUT, accuracy_m=5.0))
    assert left.left_at == at(0)
    moved = town.visits(late(60, 0), late(180, 0))
    assert [(visit.left_at, visit.revision) for visit in moved] == [(at(150), 2), (at(210), 3)]
    assert {visit.visit_id for visit in moved} == {left.visit_id}


def test_both_rings_are_told_by_when_they_began() -> None:
    """The catchment was entered before the core: 150 m is in the one, the middle in both.

    The second late fix moves the end of the catchment's visit and makes one of the core.
    """
    town = Town(hotspot())
    town.step(fix(0, OUT), fix(180, OUT))
    told = [output.message for output in town.step(late(60, 150), late(120, 0))]
    visits = [message for message in told if isinstance(message, Visit)]
    assert [(visit.ring, visit.entered_at, visit.left_at) for visit in visits] == [
        ("catchment", at(30), at(120)),
        ("catchment", at(30), at(150)),
        ("core", at(90), at(150)),
    ]


def test_ten_minutes_late_is_in_time_and_more_is_late() -> None:
    town = Town(hotspot())
    town.step(fix(0, OUT), fix(700, OUT))
    assert town.visits(late(99.999, 0, 700)) == []
    assert town.engine.set_aside == {"late": 1}
    [visit] = town.visits(late(100, 0, 700))
    assert (visit.state, visit.fixes) == ("closed", 1)
    assert town.engine.set_aside == {"late": 1}


def test_lateness_is_by_the_units_own_newest_fix() -> None:
    """A whole hour kept back is no later than its own last fix, whatever others have sent."""
    town = Town(hotspot())
    town.step(fix(3_600, OUT, radio_id="r-2"))
    visits = town.visits(
        *[late(second, 0, 3_600) for second in (0, 60, 120)], late(180, OUT, 3_600)
    )
    assert [visit.state for visit in visits] == ["open", "closed"]
    assert visits[-1].duration_ms == 150_000
    assert town.engine.set_aside == {}


def test_a_late_fix_may_be_no_position_either() -> None:
    """It is held against what was before it: 30 km away within 10 s."""
    town = Town(hotspot())
    town.step(fix(0, OUT), fix(180, OUT))
    assert town.visits(late(10, 30_000), late(60, OUT)) == []
    assert town.engine.set_aside == {"jump": 1}


def test_a_late_fix_may_show_that_a_later_one_was_no_position() -> None:
    """Alone, 12 km in 175 s are a car's; 12 km in the last 15 s of these are nobody's."""
    town = Town(hotspot(), hotspot("far", catchment_m=0.0))
    [opened] = [
        visit for visit in town.visits(fix(0, 12_000), fix(175, 0)) if visit.hotspot_id == "hs-1"
    ]
    again = [visit for visit in town.visits(late(160, 12_000)) if visit.hotspot_id == "hs-1"]
    assert [(visit.visit_id, visit.state) for visit in again] == [(opened.visit_id, "retracted")]


def test_a_late_fix_of_a_visit_closed_by_silence_moves_it_and_leaves_it_closed() -> None:
    town = Town(hotspot())
    town.step(tick(0), fix(0, OUT), fix(120, 0))
    [lapsed] = town.visits(tick(360))
    [moved] = town.visits(late(60, 0, 370))
    assert (lapsed.state, moved.state) == ("closed", "closed")
    assert moved.visit_id == lapsed.visit_id
    assert (lapsed.entered_at, moved.entered_at) == (at(60), at(30))
    assert moved.left_at == lapsed.left_at == at(120)
