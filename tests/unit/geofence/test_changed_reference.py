"""Hot spots, sources and radios changed while officers are out: what is told, when, and of whom."""

from __future__ import annotations

import pytest

from services.contracts.derived import Timesheet, Visit
from services.contracts.reference import Deleted, Radio, Reference, Source
from services.contracts.telemetry import Gps
from tests.support.square import Town, at, box, fix, hotspot, tick

OUT = 300.0
EAST = box(225, -75, 375, 75)
"""The square 300 m further east, around ``OUT``."""


def known(town: Town, *changes: Reference, second: float = 400) -> list[Visit]:
    """What the changes alone make the tick tell of cores by which they are known."""
    town.step(tick(second))
    town.learn(*changes)
    return town.visits(tick(second, town.learned))


def deleted(type_: str, name: str, since: float) -> Deleted:
    assert type_ in {"hotspot", "source"}
    if type_ == "hotspot":
        return Deleted(type="hotspot", id=name, effective_from=at(since), changed_by="a")
    return Deleted(type="source", id=name, effective_from=at(since), changed_by="a")


def test_a_boundary_moved_back_in_time_moves_the_visit_at_the_tick_that_names_it() -> None:
    """In the middle until 120, in the east from 180. The square had moved east at second 90.

    So the fix at 120 was outside and the first visit ended at 90; the second, to the square in
    the east, began at 150. The same hot spot, two visits.
    """
    town = Town(hotspot())
    trace = [fix(0, 0), fix(60, 0), fix(120, 0), fix(180, OUT), fix(240, OUT)]
    opened, closed = town.visits(*trace)
    assert closed.left_at == at(150)

    first, second = known(town, hotspot(since=at(90), geometry=EAST), second=250)
    assert (first.visit_id, first.state, first.left_at) == (opened.visit_id, "closed", at(90))
    assert (second.state, second.entered_at, second.hotspot_version) == ("open", at(150), 1)
    assert second.visit_id != first.visit_id
    assert {first.revision, second.revision} == {6}


def test_a_boundary_from_now_on_counts_from_the_next_fix() -> None:
    town = Town(hotspot())
    town.step(fix(0, 0), fix(60, 0))
    assert known(town, hotspot(since=at(90), geometry=EAST), second=90) == []
    [left] = town.visits(fix(120, 0))
    assert (left.state, left.left_at) == ("closed", at(90))


def test_a_boundary_of_tomorrow_changes_nothing_today() -> None:
    town = Town(hotspot())
    town.step(fix(0, 0), fix(60, 0))
    tomorrow = hotspot(since=at(86_400), geometry=EAST)
    assert known(town, tomorrow, deleted("hotspot", "hs-1", 90_000), second=90) == []
    assert town.visits(fix(120, 0)) == []


def test_a_hot_spot_deleted_back_in_time_is_left_back_then() -> None:
    """Deleted at second 90: the fix at 120 was in no hot spot, and the gap before it is halved."""
    town = Town(hotspot())
    [opened] = town.visits(fix(0, 0), fix(60, 0), fix(120, 0))
    [closed] = known(town, deleted("hotspot", "hs-1", 90), second=130)
    assert (closed.visit_id, closed.state, closed.left_at) == (opened.visit_id, "closed", at(90))


def test_a_hot_spot_deleted_now_is_closed_at_once_and_the_next_fix_says_when() -> None:
    """Deleted at second 90 and last seen at 60: closed there, until a fix at 100 halves the gap."""
    town = Town(hotspot())
    [opened] = town.visits(fix(0, 0), fix(60, 0))
    [closed] = known(town, deleted("hotspot", "hs-1", 90), second=95)
    assert (closed.visit_id, closed.state, closed.left_at) == (opened.visit_id, "closed", at(60))
    assert town.visits(tick(120), tick(180)) == []
    [left] = town.visits(fix(100, 0, received_at=at(180)))
    assert (left.visit_id, left.state, left.left_at) == (opened.visit_id, "closed", at(80))


def test_only_the_hot_spot_that_was_deleted_is_closed() -> None:
    town = Town(hotspot(), hotspot("hs-2"))
    town.step(fix(0, 0), fix(60, 0))
    told = known(town, deleted("hotspot", "hs-2", 90), second=95)
    assert [(visit.hotspot_id, visit.state) for visit in told] == [("hs-2", "closed")]


def test_a_hot_spot_that_never_was_has_no_visits() -> None:
    town = Town(hotspot())
    opened, closed = town.visits(fix(0, OUT), fix(60, 0), fix(120, OUT))
    assert (opened.visit_id, closed.state) == (closed.visit_id, "closed")
    [gone] = known(town, deleted("hotspot", "hs-1", 0), second=130)
    assert (gone.visit_id, gone.state) == (opened.visit_id, "retracted")
    told = [output.message for output in town.step(tick(180))]
    [sheet] = [message for message in told if isinstance(message, Timesheet)]
    assert (sheet.inside_ms, sheet.outside_ms, sheet.hotspots) == (0, 120_000, {})


def test_a_hot_spot_drawn_back_in_time_finds_those_who_were_there() -> None:
    """Drawn at second 130 as of 45: the visit began between the fixes at 0 and 60, at 30."""
    town = Town()
    town.step(fix(0, 0), fix(60, 0), fix(120, 0))
    [opened] = known(town, hotspot(since=at(45)), second=130)
    assert (opened.state, opened.entered_at, opened.revision) == ("open", at(30), 4)
    assert (opened.duration_ms, opened.fixes) == (90_000, 2)
    [left] = town.visits(fix(180, OUT))
    assert left.visit_id == opened.visit_id


def test_a_boundary_drawn_wider_is_the_same_visit_by_another_version() -> None:
    """Twice as wide from before it began: entered at the fix at 60, not at that of 120."""
    town = Town(hotspot())
    [opened] = town.visits(fix(0, OUT), fix(60, 120), fix(120, 0))
    [wider] = known(town, hotspot(geometry=box(-150, -150, 150, 150)), second=130)
    assert (opened.entered_at, wider.entered_at) == (at(90), at(30))
    assert wider.visit_id == opened.visit_id
    assert (opened.hotspot_version, wider.hotspot_version) == (0, 1)


def test_several_changes_named_by_one_tick_are_told_as_one() -> None:
    """Moved east and back: nothing of the visit changed but the version it is judged by."""
    town = Town(hotspot())
    [opened] = town.visits(fix(0, OUT), fix(60, 0))
    [again] = known(town, hotspot(geometry=EAST), hotspot(), second=70)
    assert (again.visit_id, again.state, again.hotspot_version) == (opened.visit_id, "open", 2)


def test_a_change_reaches_back_as_far_as_fixes_are_kept() -> None:
    """Half an hour in the middle, then the hot spot is drawn as of noon.

    Fixes are kept for ten minutes and up to the milestone before these: the visit begins there,
    and no sooner. The whole half hour is found when the day is settled.
    """
    town = Town()
    town.step(*[fix(60 * minute, 0) for minute in range(31)])
    [opened] = known(town, hotspot(), second=1_810)
    assert at(1_800 - 600 - 300) < opened.entered_at <= at(1_800 - 600)


def test_a_change_of_a_source_counts_for_the_fixes_it_concerns() -> None:
    """With a limit of 50 m as of second 90 the fix at 120 is vague, and only that one.

    Its circle of 60 m was good enough to enter at 60. Without the fix at 120 the gap is 120 s,
    and half of it is inside: until 120 instead of 150.
    """
    town = Town(hotspot())
    made = [fix(0, OUT), fix(60, 0, accuracy_m=60.0), fix(120, 0, accuracy_m=60.0)]
    _, closed = town.visits(*made, fix(180, OUT))
    assert (closed.left_at, closed.fixes) == (at(150), 2)
    strict = Source(
        source="s", name="s", effective_from=at(90), changed_by="a", usable_accuracy_m=50.0
    )
    [again] = known(town, strict, second=190)
    assert (again.visit_id, again.left_at, again.fixes) == (closed.visit_id, at(120), 1)


SLOW = Source(source="s", name="s", effective_from=0, changed_by="a", unknown_after_s=600.0)


@pytest.mark.parametrize(
    ("change", "back"),
    [
        (SLOW, deleted("source", "s", 0)),
        (
            Radio(radio_id="r-1", effective_from=0, changed_by="a", expected_interval_s=200.0),
            Radio(radio_id="r-1", effective_from=0, changed_by="a"),
        ),
    ],
    ids=["the source's", "the radio's own interval"],
)
def test_a_longer_known_gap_turns_unknown_time_into_inside_and_back(
    change: Reference, back: Reference
) -> None:
    """Five minutes without a fix, in the middle before and after."""
    town = Town(hotspot())
    town.step(fix(0, 0), fix(300, 0), tick(300))
    [slow] = known(town, change, second=301)
    assert (slow.duration_ms, slow.unknown_ms) == (300_000, 0)
    [quick] = known(town, back, second=302)
    assert (quick.duration_ms, quick.unknown_ms) == (0, 300_000)


def told_again(made: Gps, *changes: Reference) -> set[str]:
    """The units that changes made worth a snapshot, of ``made``'s and one 20 km off."""
    town = Town(hotspot())
    far = fix(60, 20_000, radio_id="r-9", accuracy_m=10.0)
    town.step(fix(0, 0), made, far, tick(60))
    for radio_id in sorted({"r-1", made.radio_id, "r-9"}):
        town.engine.snapshot(radio_id)
    assert list(town.engine.changed()) == []
    town.learn(*changes)
    town.step(tick(61, town.learned))
    return set(town.engine.changed())


@pytest.mark.parametrize(
    ("change", "units"),
    [
        (hotspot("hs-2"), {"r-1"}),
        (hotspot("hs-2", since=at(100)), set()),
        (hotspot("hs-2", since=at(30)), {"r-1"}),
        (hotspot(geometry=box(19_900, -75, 20_100, 75)), {"r-1", "r-9"}),
        (hotspot("hs-2", geometry=box(19_900, -75, 20_100, 75)), {"r-9"}),
        (hotspot("hs-2", geometry=box(12, -75, 150, 75), catchment_m=0.0), {"r-1"}),
        (deleted("hotspot", "hs-1", 0), {"r-1"}),
        (deleted("hotspot", "unheard-of", 0), set()),
        (SLOW, {"r-1", "r-9"}),
        (Source(source="t", name="t", effective_from=0, changed_by="a"), set()),
        (Radio(radio_id="r-9", effective_from=0, changed_by="a"), {"r-9"}),
    ],
    ids=[
        "a hot spot",
        "a hot spot of later",
        "a hot spot since it was there",
        "one moved away: old and new bounds",
        "one far off",
        "one that only a circle reaches",
        "one deleted",
        "one that never was",
        "a source",
        "another source",
        "a radio",
    ],
)
def test_only_units_that_a_change_concerns_are_stepped_again(
    change: Reference, units: set[str]
) -> None:
    assert told_again(fix(60, 0), change) == units


def test_what_the_engine_does_not_judge_by_steps_nobody_again() -> None:
    town = Town(hotspot())
    town.step(fix(0, 0), tick(0))
    town.engine.snapshot("r-1")
    assert known(town, deleted("hotspot", "hs-9", 0), second=1) == []
    assert list(town.engine.changed()) == []
