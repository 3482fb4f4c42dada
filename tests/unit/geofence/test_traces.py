"""Traces worked by hand: a few fixes, and every number of the visit they make.

The square's edge is 75 m from its middle; fixes carry a 68 % circle of 10 m. Times are seconds
after noon; without settings a gap is unknown over 180 s.
"""

from __future__ import annotations

from services.contracts.derived import Visit
from services.contracts.reference import Deleted, Source
from tests.support.square import Town, at, box, fix, hotspot, tick


def test_a_patrol_of_three_minutes() -> None:
    """Outside, four fixes inside a minute apart, outside.

    ====== ======= ==========================================================
    second  place   what it gives
    ====== ======= ==========================================================
        0   300 m   outside
       60     0 m   enters; half of the gap is inside: from second 30
      120     0 m   60 s
      180     0 m   60 s
      240     0 m   60 s
      300   300 m   leaves; half of the gap: until second 270
    ====== ======= ==========================================================

    Estimate 30 + 60 + 60 + 60 + 30 = 240 s. All points lie inside, so low starts from 240 s too.
    It was entered and left in gaps of 60 s: w = 1.645 sqrt((60^2 + 60^2) / 12) = 40.294 s.
    """
    town = Town(hotspot())
    entered = town.visits(fix(0, 300), fix(60, 0))
    inside = town.visits(fix(120, 0), fix(180, 0), fix(240, 0))
    left = town.visits(fix(300, 300))

    assert inside == []
    [opened], [closed] = entered, left
    # 1.645 sqrt(60^2 / 12) = 28.492 s: as yet it was only entered.
    assert (opened.low_ms, opened.duration_ms, opened.high_ms) == (1_507, 30_000, 58_493)
    assert closed == Visit(
        visit_id=opened.visit_id,
        radio_id="r-1",
        source="s",
        hotspot_id="hs-1",
        hotspot_version=0,
        ring="core",
        entered_at=at(30),
        last_fix_time=at(240),
        left_at=at(270),
        duration_ms=240_000,
        low_ms=199_705,
        high_ms=280_295,
        fixes=4,
        revision=5,
        state="closed",
    )


def test_the_point_just_outside_is_no_departure() -> None:
    """A point 5 m beyond the edge, with a circle of 10 m, stays; one 15 m beyond leaves.

    ====== ======= ==========================================================
    second  place   what it gives
    ====== ======= ==========================================================
        0     0 m   enters, with nothing before it
       60    80 m   stays; low counts only the half next to the point inside
      120     0 m   stays; the same
      180    90 m   leaves at second 150
    ====== ======= ==========================================================

    Estimate 60 + 60 + 30 = 150 s; low before widening 30 + 30 + 30 = 90 s; it was left in a gap
    of 60 s, entered in none: w = 28.492 s.
    """
    town = Town(hotspot())
    visits = town.visits(fix(0, 0), fix(60, 80), fix(120, 0), fix(180, 90))

    assert [visit.state for visit in visits] == ["open", "closed"]
    closed = visits[-1]
    assert (closed.entered_at, closed.left_at) == (at(0), at(150))
    assert closed.duration_ms == 150_000
    assert closed.low_ms == 90_000 - 28_493
    assert closed.high_ms == 150_000 + 28_493
    assert closed.fixes == 3


def test_low_counts_no_half_next_to_a_point_outside() -> None:
    """Inside, 5 m beyond the edge, gone: half of the first gap is all that is sure, 30 s.

    It was left in a gap of 60 s: low is 30 - 28.492 s. The estimate is 60 + 30 s.
    """
    town = Town(hotspot())
    [_, closed] = town.visits(fix(0, 0), fix(60, 80), fix(120, 90))
    assert (closed.low_ms, closed.duration_ms) == (1_507, 90_000)


def test_the_catchment_is_a_ring_of_its_own() -> None:
    """At 120 m a fix is 45 m outside the core and inside the catchment of 100 m.

    The core: entered at second 60 from a known gap, left at second 180: 30 + 60 + 30 = 120 s.
    The catchment: entered at second 0, with nothing before; left at 300: 60 * 4 + 30 = 270 s.
    """
    town = Town(hotspot())
    trace = [fix(0, 120), fix(60, 0), fix(120, 0), fix(180, 120), fix(240, 120), fix(300, 400)]
    told = [output.message for output in town.step(*trace)]
    visits = [visit for visit in told if isinstance(visit, Visit)]

    assert [(visit.ring, visit.state) for visit in visits] == [
        ("catchment", "open"),
        ("core", "open"),
        ("core", "closed"),
        ("catchment", "closed"),
    ]
    core, catchment = visits[2], visits[3]
    assert (core.entered_at, core.left_at, core.duration_ms) == (at(30), at(150), 120_000)
    assert (catchment.entered_at, catchment.left_at) == (at(0), at(270))
    assert catchment.duration_ms == 270_000
    assert core.visit_id != catchment.visit_id


def test_an_unknown_gap_is_nobodys() -> None:
    """Ten minutes without a fix, inside before and after: the visit goes on, with 600 s unknown.

    60 s before the gap, 60 s after it, nothing of it; and leaving after another gap of 200 s,
    also unknown, gives nothing and no bound: it ends with its last fix.
    """
    town = Town(hotspot())
    trace = [fix(0, 0), fix(60, 0), fix(660, 0), fix(720, 0), fix(920, 400)]
    [_, closed] = town.visits(*trace)

    assert (closed.entered_at, closed.left_at) == (at(0), at(720))
    assert closed.unknown_ms == 600_000
    assert (closed.low_ms, closed.duration_ms, closed.high_ms) == (120_000, 120_000, 120_000)


def test_entering_after_an_unknown_gap_begins_with_the_fix() -> None:
    town = Town(hotspot())
    [opened] = town.visits(fix(0, 300), fix(181, 0))
    assert opened.entered_at == at(181)
    assert (opened.low_ms, opened.duration_ms, opened.high_ms) == (0, 0, 0)


def test_a_radio_silent_for_over_an_hour_begins_a_new_visit() -> None:
    """61 minutes: the first visit ended at its last fix, and a new one begins at this one."""
    town = Town(hotspot())
    [opened, ended, begun] = town.visits(fix(0, 0), fix(60, 0), fix(60 + 3_660, 0))

    assert (opened.visit_id, "closed", at(60)) == (ended.visit_id, ended.state, ended.left_at)
    assert ended.duration_ms == 60_000
    assert (begun.state, begun.entered_at, begun.unknown_ms) == ("open", at(3_720), 0)
    assert begun.visit_id != ended.visit_id


def test_a_source_may_call_longer_gaps_known_and_hours_unknown() -> None:
    """With ``unknown_after_s`` of two hours, a gap of 90 minutes is halved like any other."""
    slow = Source(source="s", name="s", effective_from=0, changed_by="a", unknown_after_s=7_200)
    town = Town(hotspot(), slow)
    [_, closed] = town.visits(fix(0, 0), fix(5_400, 0), fix(10_800, 400))
    assert closed.duration_ms == 8_100_000


def test_a_tick_closes_a_silent_visit_and_a_fix_reopens_it() -> None:
    """Nothing is known 180 s after the receipt of the last fix, at second 60.

    The first tick of a minute after that is at second 300. A fix made at second 200 but received
    at second 310 shows that it went on: 60 s + 140 s.
    """
    town = Town(hotspot())
    town.step(fix(0, 0), tick(0), fix(60, 0))
    [grown] = town.visits(tick(61))
    assert (grown.state, grown.duration_ms, grown.revision) == ("open", 60_000, 3)
    assert town.visits(tick(120), tick(180), tick(240)) == []
    [closed] = town.visits(tick(300))
    assert (closed.state, closed.left_at, closed.duration_ms) == ("closed", at(60), 60_000)
    assert town.visits(tick(360)) == []
    [reopened] = town.visits(fix(200, 0, received_at=at(370)))
    assert (reopened.state, reopened.left_at) == ("open", None)
    assert reopened.visit_id == grown.visit_id
    assert reopened.duration_ms == 200_000


def test_a_closed_visit_is_told_again_only_where_its_end_moves() -> None:
    """Once a tick has closed it, leaving in an unknown gap changes nothing, in a known one does."""
    ended = Town(hotspot())
    ended.step(fix(0, 0), tick(0), tick(240))
    assert ended.visits(fix(300, 400)) == []

    moved = Town(hotspot())
    moved.step(fix(0, 0), tick(0), tick(240))
    [left] = moved.visits(fix(100, 400, received_at=at(250)))
    assert (left.state, left.left_at, left.duration_ms) == ("closed", at(50), 50_000)


def test_a_boundary_drawn_anew_is_judged_by_the_time_of_the_fix() -> None:
    """The square moves 300 m east from second 100 on; the visit to the old place ends there.

    A fix made at second 90 is inside by the old boundary although the new one is known.
    """
    moved = hotspot(since=at(100), geometry=box(225, -75, 375, 75), catchment_m=20.0)
    town = Town(hotspot(catchment_m=20.0), moved)
    visits = town.visits(fix(60, 0), fix(90, 0), fix(120, 0), fix(150, 300))

    assert [(visit.state, visit.hotspot_version) for visit in visits] == [
        ("open", 0),
        ("closed", 0),
        ("open", 1),
    ]
    assert visits[1].left_at == at(105)


def test_a_deleted_hot_spot_is_left() -> None:
    gone = Deleted(type="hotspot", id="hs-1", effective_from=at(100), changed_by="a")
    town = Town(hotspot(), gone)
    visits = town.visits(fix(60, 0), fix(90, 0), fix(120, 0))
    assert [visit.state for visit in visits] == ["open", "closed"]


def test_a_hole_is_outside() -> None:
    """A station yard in the middle: 20 m from its walls, with a circle of 10 m, one is outside."""
    drawn = {
        "type": "Polygon",
        "coordinates": [
            *box(-75, -75, 75, 75)["coordinates"],
            *box(-20, -20, 20, 20)["coordinates"],
        ],
    }
    town = Town(hotspot(geometry=drawn))
    visits = town.visits(fix(0, 50), fix(60, 0))
    assert [visit.state for visit in visits] == ["open", "closed"]
