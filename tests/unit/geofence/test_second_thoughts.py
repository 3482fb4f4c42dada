"""What a late fix or a changed reference must not leave behind: one case for each that once did."""

from __future__ import annotations

import msgspec

from services.contracts.derived import Position, Timesheet, Visit
from services.contracts.reference import Deleted, Duty, Source
from services.geofence.emission import Output
from tests.support.square import Town, at, box, fix, hotspot, tick

HOUR = 3_600


def sheets(outputs: list[Output]) -> dict[int, Timesheet]:
    """The last word on each sheet."""
    told = [output.message for output in outputs if isinstance(output.message, Timesheet)]
    return {sheet.since: sheet for sheet in told}


def visits(outputs: list[Output]) -> list[str]:
    return [output.message.state for output in outputs if isinstance(output.message, Visit)]


def duty(since: int, until: int) -> Duty:
    return Duty(
        duty_id="d",
        radio_id="r-1",
        since=at(since),
        until=at(until),
        officer_ids=["P1"],
        effective_from=0,
        changed_by="a",
    )


def test_silence_is_told_again_after_a_late_fix() -> None:
    town = Town()
    town.step(tick(0), fix(10, 0), fix(600, 0), *[tick(60 * n) for n in range(11, 62)])
    told = town.step(fix(300, 0, received_at=at(3_700)), tick(3_720), tick(3_780))
    assert sheets(told)[at(0)].until == at(HOUR)


def test_a_duty_that_ends_earlier_takes_back_the_silence_told_of() -> None:
    town = Town(duty(0, 2 * HOUR))
    told = town.step(tick(0), fix(10, 0), tick(HOUR), tick(HOUR + 1_800))
    assert sheets(told)[at(HOUR)].until == at(HOUR + 1_800)

    town.learn(duty(0, 1_800))
    told = town.step(tick(HOUR + 1_860, 2))
    assert sheets(told)[at(0)].until == at(1_800)
    assert sheets(told)[at(HOUR)].until == at(HOUR)  # taken back


def test_a_sheet_is_taken_back_though_none_is_left() -> None:
    town = Town()
    town.step(tick(0), fix(1, 0, accuracy_m=25.0), tick(60))
    town.learn(
        Source(source="s", name="s", effective_from=0, changed_by="a", usable_accuracy_m=20.0)
    )
    assert sheets(town.step(tick(61, 1), tick(120)))[at(0)].until == at(0)


def test_a_place_said_twice_ends_a_doubt() -> None:
    town = Town()
    town.step(fix(0, 0), fix(10, 40_000), fix(20, 0), fix(30, 40_000))
    assert town.engine.set_aside == {"jump": 2}


def test_a_late_fix_does_not_reopen_a_visit_to_a_deleted_hot_spot() -> None:
    town = Town(hotspot())
    town.step(tick(0), fix(1, 0), fix(60, 0), tick(61))
    town.learn(Deleted(type="hotspot", id="hs-1", effective_from=at(90), changed_by="a"))
    assert visits(town.step(tick(100, 2))) == ["closed", "closed"]
    assert set(visits(town.step(fix(30, 5, received_at=at(101))))) == {"closed"}


def test_a_hot_spot_drawn_anew_as_it_is_deleted_is_in_force() -> None:
    town = Town()
    town.step(tick(0), fix(0, 300), fix(60, 0))
    town.learn(Deleted(type="hotspot", id="hs-1", effective_from=0, changed_by="a"), hotspot())
    assert set(visits(town.step(tick(61, 2)))) == {"open"}


def test_a_duplicate_stays_counted_when_its_unit_is_taken_back() -> None:
    town = Town()
    town.step(tick(0), fix(0, 0), fix(300, 0), fix(300, 0, accuracy_m=20.0), fix(360, 0))
    told = town.step(tick(361), fix(330, 0, received_at=at(362)), tick(420))
    assert sheets(told)[at(0)].set_aside == {"duplicate": 1}


def test_a_unit_is_where_its_newest_fix_is_once_that_is_believed() -> None:
    """Taken for a jump until a late fix confirms it; then the visit there goes on for its time."""
    far = hotspot("hs-2", geometry=box(39_925, -75, 40_075, 75))
    town = Town(far)
    town.step(tick(0), fix(0, 0), fix(100, 40_000))
    town.step(fix(60, 40_000, received_at=at(101)))
    [heard, _] = town.positions(tick(102))
    assert isinstance(heard, Position)
    assert heard.fix_time == at(100)
    assert visits(town.step(tick(200))) == []
    assert visits(town.step(tick(300))) == ["closed", "closed"]


def test_of_one_time_the_most_accurate_counts_and_one_that_says_nothing_last() -> None:
    town = Town(hotspot())
    town.step(fix(0, 0, accuracy_m=5.0), fix(0, 300, accuracy_m=None), tick(1))
    [closed] = town.visits(fix(60, 400))
    assert (closed.state, closed.fixes) == ("closed", 1)


def test_a_sheet_is_told_once_a_tick() -> None:
    town = Town()
    told = town.step(fix(0, 0), tick(400))
    assert len([output for output in told if isinstance(output.message, Timesheet)]) == 1


def test_what_is_kept_of_a_radio_that_says_nothing_of_use_is_bounded() -> None:
    """A day of one vague fix and one at 0, 0 a minute leaves no more than two hours of each."""
    town = Town()
    nowhere = {"lat": 0.0, "lon": 0.0}
    sizes = []
    for minute in range(24 * 60):
        vague = fix(60 * minute, 0, accuracy_m=500.0)
        town.step(vague, msgspec.structs.replace(vague, **nowhere))
        if minute in {150, 24 * 60 - 1}:
            sizes.append(len(town.engine.snapshot("r-1")))
    assert sizes[1] <= sizes[0] * 1.1
