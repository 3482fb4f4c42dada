"""Days judged when asked for, and again when what they rest on has changed."""

from __future__ import annotations

import msgspec

from services.contracts.reference import Deleted
from tests.support.beat import Beat, kinds, outcomes
from tests.support.metrics import hot_spot


def due_at_eight() -> Beat:
    """One patrol due on Monday from 20:00 to 22:00."""
    beat = Beat()
    beat.plan(("20:00", "22:00", 1))
    return beat


def test_a_day_that_is_over_is_judged_once() -> None:
    beat = due_at_eight()
    beat.visit("A", "20:00", "20:15")
    assert beat.day(now="sat 12:00") is beat.day(now="sun 12:00")


def test_a_day_under_way_is_judged_as_time_passes() -> None:
    beat = due_at_eight()
    assert outcomes(beat.day(now="19:00")) == ["ahead"]
    assert outcomes(beat.day(now="21:00")) == ["open"]


def test_a_revision_of_a_visit_changes_the_day() -> None:
    beat = due_at_eight()
    visit = beat.visit("A", "20:00", "20:15")
    assert kinds(beat.day()) == ["qualifying"]
    beat.told(msgspec.structs.replace(visit, low_ms=0, revision=2))
    assert kinds(beat.day()) == ["uncertain"]
    beat.told(msgspec.structs.replace(visit, state="retracted", revision=3))
    assert kinds(beat.day()) == []


def test_a_timesheet_changes_the_day() -> None:
    beat = due_at_eight()
    beat.duty("A", "18:00", "23:00")
    assert outcomes(beat.day()) == ["not_known"]
    beat.accounted("A", "18:00", "23:00")
    assert outcomes(beat.day()) == ["missed"]


def test_a_new_version_of_a_plan_changes_the_day() -> None:
    beat = due_at_eight()
    beat.visit("A", "20:00", "20:15")
    assert outcomes(beat.day()) == ["delivered"]
    beat.plan(("20:00", "22:00", 1), each=(16, 20))
    assert kinds(beat.day()) == ["short"]


def last_patrol(beat: Beat, day: str) -> tuple[str, str] | None:
    """The weekday and the verdict of the last patrol that counts."""
    now = beat.at("sun 12:00")
    beat.projection.turn(now)
    found = beat.ledger.last_patrol("hs-1", beat.date(day), now)
    return found and (f"{found[0]:%a}".lower(), found[1].patrol.stays[0].radio_id)


def test_the_last_patrol_is_looked_for_backwards() -> None:
    beat = Beat()
    beat.visit("A", "20:00", "20:15")
    beat.visit("B", "22:00", "22:15")
    beat.visit("C", "wed 20:00", "wed 20:05")
    assert last_patrol(beat, "thu") == ("mon", "B")
    assert last_patrol(beat, "mon") == ("mon", "B")
    beat.visit("D", "wed 21:00", "wed 21:20")
    assert last_patrol(beat, "thu") == ("wed", "D")
    assert last_patrol(beat, "tue") == ("mon", "B")


def test_the_last_patrol_rests_on_timesheets_too() -> None:
    beat = Beat()
    beat.visit("A", "20:00", "20:30", unknown=15, statuses=[("at_scene", "20:15", "20:30")])
    assert last_patrol(beat, "mon") == ("mon", "A")
    # The first fifteen minutes are those of which nothing is known.
    beat.accounted("A", "20:00", "21:00", ("20:00", "20:15"))
    assert last_patrol(beat, "mon") is None


def test_there_may_have_been_none() -> None:
    assert last_patrol(Beat(), "thu") is None


def test_hot_spots_in_force_in_a_day() -> None:
    beat = Beat()
    for place in ("hs-2", "hs-1", "hs-3"):
        beat.knows(hot_spot(place, since=beat.at("mon 12:00")))
    beat.knows(
        Deleted(type="hotspot", id="hs-3", effective_from=beat.at("tue 12:00"), changed_by="test")
    )
    blackspot = msgspec.structs.replace(hot_spot("tunnel"), type="blackspot")
    beat.knows(blackspot)
    now = beat.at("sun 12:00")
    on = {day: beat.ledger.hotspot_ids(beat.date(day), now) for day in ("mon", "tue", "wed")}
    assert on == {
        "mon": ["hs-1", "hs-2", "hs-3"],
        "tue": ["hs-1", "hs-2", "hs-3"],
        "wed": ["hs-1", "hs-2"],
    }


def test_what_was_judged_of_days_no_longer_kept_is_dropped() -> None:
    beat = due_at_eight()
    first = beat.day("mon")
    beat.projection.turn(beat.at("2026-07-06 12:00"))
    beat.ledger.forget()
    assert beat.day("mon") is first
    beat.projection.turn(beat.at("2026-07-07 12:00"))
    beat.ledger.forget()
    assert beat.day("mon") is not first
