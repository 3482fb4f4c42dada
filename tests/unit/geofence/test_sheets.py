"""Timesheets: where they are cut, which there are, and what is unknown of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pytest

from services.contracts.derived import Timesheet
from services.contracts.reference import Deleted, Duty, Reference
from services.contracts.telemetry import Gps, Telemetry
from services.geofence.account import account
from services.geofence.survey import Surveyor
from tests.support.square import Town, at, fix, hotspot, tick

OUT = 300.0
HOUR = 3_600


class Told(NamedTuple):
    """A sheet in seconds: from when to when after noon, then inside, outside and unknown."""

    since: float
    until: float
    inside: float
    outside: float
    unknown: float


def duty(since: float, until: float, name: str = "d-1") -> Duty:
    return Duty(
        duty_id=name,
        radio_id="r-1",
        since=at(since),
        until=at(until),
        officer_ids=["P1"],
        effective_from=0,
        changed_by="a",
    )


def in_seconds(sheet: Timesheet) -> Told:
    parts = (sheet.inside_ms, sheet.outside_ms, sheet.unknown_ms)
    ends = (sheet.since - at(0), sheet.until - at(0))
    return Told(*[ms / 1000 for ms in (*ends, *parts)])


def sheets(made: Sequence[Gps], *duties: Duty, until: float = 0) -> list[Told]:
    """The sheets of fixes, with silence accounted for up to a second after noon."""
    surveyor = Surveyor()
    surveyor.learn(0, hotspot())
    for offset, each in enumerate(duties, start=1):
        surveyor.learn(offset, each)
    return [in_seconds(sheet) for sheet in account(surveyor, "r-1", made, at(until)).timesheets]


def tell(town: Town, *messages: Telemetry) -> list[Timesheet]:
    """The sheets among what these messages give."""
    told = [output.message for output in town.step(*messages)]
    return [message for message in told if isinstance(message, Timesheet)]


def test_the_hour_turns_within_a_gap() -> None:
    """Inside at 12:59:00 and outside at 13:01:00: the crossing is put at 13:00:00 exactly.

    What lies before the first fix is unknown, 3,540 s. The second sheet has come to 13:01:00.
    """
    assert sheets([fix(3_540, 0), fix(3_660, OUT)]) == [
        Told(0, 3_600, 60, 0, 3_540),
        Told(3_600, 3_660, 0, 60, 0),
    ]


def test_both_halves_of_a_gap_may_lie_on_both_sides_of_the_hour() -> None:
    """From 12:59:30 to 13:02:00 is 150 s, and half of it 75 s: 30 s before the hour, 45 s after."""
    assert sheets([fix(3_570, 0), fix(3_720, OUT)]) == [
        Told(0, 3_600, 30, 0, 3_570),
        Told(3_600, 3_720, 45, 75, 0),
    ]


def test_a_fix_on_the_hour_belongs_to_the_hour_that_begins() -> None:
    assert sheets([fix(3_540, 0), fix(3_600, 0)]) == [
        Told(0, 3_600, 60, 0, 3_540),
        Told(3_600, 3_600, 0, 0, 0),
    ]


def test_a_duty_cuts_the_hour_twice() -> None:
    made = [fix(second, 0) for second in range(0, 361, 60)]
    assert sheets(made, duty(90, 270)) == [
        Told(0, 90, 90, 0, 0),
        Told(90, 270, 180, 0, 0),
        Told(270, 360, 90, 0, 0),
    ]


def test_duties_one_after_the_other_are_cut_where_they_meet() -> None:
    made = [fix(second, 0) for second in (0, 60, 120, 180)]
    assert sheets(made, duty(0, 90), duty(90, 180, "d-2")) == [
        Told(0, 90, 90, 0, 0),
        Told(90, 180, 90, 0, 0),
        Told(180, 180, 0, 0, 0),
    ]


def test_a_duty_of_another_radio_cuts_nothing() -> None:
    other = Duty(
        duty_id="d-1",
        radio_id="r-2",
        since=at(30),
        until=at(90),
        officer_ids=["P1"],
        effective_from=0,
        changed_by="a",
    )
    assert sheets([fix(0, 0), fix(60, 0)], other) == [Told(0, 60, 60, 0, 0)]


def test_a_duty_is_unknown_before_its_first_fix_and_after_its_last() -> None:
    """From 11:00 to 14:00, heard only from 12:10 to 12:11; every hour of it has a sheet."""
    made = [fix(600, 0), fix(660, 0)]
    assert sheets(made, duty(-HOUR, 2 * HOUR), until=5 * HOUR) == [
        Told(-HOUR, 0, 0, 0, 3_600),
        Told(0, HOUR, 60, 0, 3_540),
        Told(HOUR, 2 * HOUR, 0, 0, 3_600),
    ]


@pytest.mark.parametrize(
    ("last", "begin"),
    [
        (1_800, [0, 3_600, 3_900, 4_200]),
        (1_200, [0, 3_600, 3_900, 4_200]),
        (1_199.999, [0, 3_900, 4_200]),
    ],
    ids=["50 minutes", "an hour", "longer"],
)
def test_a_silence_of_up_to_an_hour_fills_the_pages_between(last: float, begin: list[int]) -> None:
    """Heard again at 13:20; a duty from 13:05 to 13:10 makes a page of 13:00 to 13:05, off duty."""
    found = sheets([fix(last, 0), fix(4_800, 0)], duty(3_900, 4_200))
    assert [each.since for each in found] == begin
    assert {each.inside + each.outside for each in found} == {0}


def test_a_longer_silence_off_duty_leaves_the_hours_between_out() -> None:
    """Until 12:30 and again from 15:30 on: of 13:00 to 15:00 there is no sheet at all."""
    assert sheets([fix(1_740, 0), fix(1_800, 0), fix(12_600, 0), fix(12_660, 0)]) == [
        Told(0, HOUR, 60, 0, 3_540),
        Told(3 * HOUR, 12_660, 60, 0, 1_800),
    ]


def test_a_longer_silence_on_duty_is_unknown_on_every_sheet() -> None:
    made = [fix(1_740, 0), fix(1_800, 0), fix(12_600, 0), fix(12_660, 0)]
    assert sheets(made, duty(0, 2 * HOUR)) == [
        Told(0, HOUR, 60, 0, 3_540),
        Told(HOUR, 2 * HOUR, 0, 0, 3_600),
        Told(3 * HOUR, 12_660, 60, 0, 1_800),
    ]


def test_unknown_stretches_that_meet_are_told_as_one() -> None:
    surveyor = Surveyor()
    [sheet] = account(
        surveyor, "r-1", [fix(600, 0), fix(900, 0), fix(960, 0)], at(1_200)
    ).timesheets
    spans = [((span.since - at(0)) // 1000, (span.until - at(0)) // 1000) for span in sheet.unknown]
    assert spans == [(0, 900), (960, 1_200)]


def test_silence_is_accounted_for_only_once_it_is_longer_than_any_usual_gap() -> None:
    """180 s without settings."""
    assert sheets([fix(0, 0), fix(60, 0)], until=240) == [Told(0, 60, 60, 0, 0)]
    assert sheets([fix(0, 0), fix(60, 0)], until=241) == [Told(0, 241, 60, 0, 181)]


def test_off_duty_silence_grows_to_the_end_of_the_hour_and_stops() -> None:
    town = Town(hotspot())
    town.step(tick(0), fix(3_300, 0), tick(3_300))
    grown = [tell(town, tick(second)) for second in range(3_360, 4_000, 60)]
    assert [[in_seconds(sheet).until for sheet in each] for each in grown] == [
        *([[]] * 3),
        [3_540],
        [3_600],
        *([[]] * 6),
    ]


def test_silence_on_duty_grows_each_minute_until_the_duty_ends() -> None:
    """Last heard at 12:00:10; the duty ends at 13:05. Each minute tells one sheet, the hour two."""
    town = Town(hotspot(), duty(0, 3_900))
    town.step(tick(0), fix(10, 0), tick(60))
    told = [tell(town, tick(60 * minute)) for minute in range(2, 70)]
    ends = [[in_seconds(sheet).until for sheet in each] for each in told]
    assert ends[:2] == [[], []]
    assert ends[2:59] == [[60 * minute] for minute in range(4, 61)]
    assert ends[59:64] == [[60 * minute] for minute in range(61, 66)]
    assert ends[64:] == [[]] * 4
    last = told[63][0]
    assert in_seconds(last) == Told(3_600, 3_900, 0, 0, 300)


def test_silence_grows_through_a_pause_between_two_duties() -> None:
    """On duty until 12:05 and from 12:10 on: nothing is said of the pause beyond its own sheet."""
    town = Town(hotspot(), duty(0, 300), duty(600, 900, "d-2"))
    town.step(tick(0), fix(10, 0), tick(60))
    told = [tell(town, tick(60 * minute)) for minute in range(2, 18)]
    found = {sheet.since: in_seconds(sheet) for each in told for sheet in each}
    assert list(found.values()) == [Told(0, 300, 0, 0, 300), Told(600, 900, 0, 0, 300)]


def test_the_sheet_changes_at_the_first_tick_of_a_minute_with_the_ticks_revision() -> None:
    town = Town(hotspot())
    [first] = tell(town, fix(0, 0), tick(0))
    assert tell(town, fix(20, 0), tick(30), fix(40, 0), tick(59)) == []
    [second] = tell(town, tick(60))
    assert (first.revision, second.revision) == (1, 6)
    assert (second.fixes, second.inside_ms, second.until) == (3, 40_000, at(40))
    assert tell(town, tick(120)) == []


def test_a_late_fix_changes_the_sheets_it_concerns_and_no_others() -> None:
    """It came at 13:04 for 12:59; the sheet of 13:00 says the same as before, but for its start."""
    town = Town(hotspot())
    town.step(fix(3_480, OUT), fix(3_600, OUT), fix(3_660, OUT), tick(3_700))
    late = fix(3_540, 0, received_at=at(3_840))
    assert [in_seconds(sheet) for sheet in tell(town, late, tick(3_780))] == [
        Told(0, 3_600, 60, 60, 3_480)
    ]


def test_a_moved_duty_takes_back_the_sheets_it_had_cut() -> None:
    """First from 12:02 to 12:04, then from 12:03 on: the sheet of 12:02 is no more."""
    town = Town(hotspot(), duty(120, 240))
    made = [fix(second, 0) for second in range(0, 301, 60)]
    before = tell(town, *made, tick(300))
    assert [sheet.since for sheet in before] == [at(0), at(120), at(240)]

    town.learn(duty(180, 240))
    told = tell(town, tick(301, town.learned), tick(360))
    assert [in_seconds(sheet) for sheet in told] == [
        Told(120, 120, 0, 0, 0),
        Told(0, 180, 180, 0, 0),
        Told(180, 240, 60, 0, 0),
    ]


def test_a_deleted_duty_cuts_nothing_any_more() -> None:
    town = Town(hotspot(), duty(120, 240))
    town.step(*[fix(second, 0) for second in range(0, 301, 60)], tick(300))
    town.learn(Deleted(type="duty", id="d-1", effective_from=0, changed_by="a"))
    told = tell(town, tick(301, town.learned), tick(360))
    assert [in_seconds(sheet) for sheet in told] == [
        Told(120, 120, 0, 0, 0),
        Told(240, 240, 0, 0, 0),
        Told(0, 300, 300, 0, 0),
    ]


def test_a_duty_given_to_another_radio_cuts_only_that_ones_sheets() -> None:
    town = Town(hotspot(), duty(60, 120))
    town.step(*[fix(s, 0, radio_id=radio) for s in (0, 60, 120) for radio in ("r-1", "r-2")])
    town.step(tick(120))
    town.learn(
        Duty(
            duty_id="d-1",
            radio_id="r-2",
            since=at(60),
            until=at(120),
            officer_ids=["P1"],
            effective_from=0,
            changed_by="a",
        )
    )
    told = tell(town, tick(121, town.learned), tick(180))
    assert [(sheet.radio_id, *in_seconds(sheet)[:2]) for sheet in told] == [
        ("r-1", 60, 60),
        ("r-1", 120, 120),
        ("r-1", 0, 120),
        ("r-2", 0, 60),
        ("r-2", 60, 120),
        ("r-2", 120, 120),
    ]


def aside(town: Town, *messages: Telemetry) -> list[dict[str, int]]:
    return [sheet.set_aside for sheet in tell(town, *messages)]


def test_what_was_set_aside_is_counted_on_the_sheet() -> None:
    zero = Gps(radio_id="r-1", source="s", lat=0.0, lon=0.0, fix_time=at(30), received_at=at(30))
    town = Town(hotspot())
    made = [
        fix(0, 0),
        zero,
        fix(120, 0, received_at=at(40)),
        fix(45, 0, accuracy_m=500.0),
        fix(0, 0),
        fix(46, 30_000),
        fix(50, 1),
    ]
    [counts] = aside(town, *made, tick(60))
    assert counts == {"ahead": 1, "duplicate": 1, "jump": 1, "vague": 1, "zero_zero": 1}


def test_what_never_came_to_the_trail_counts_when_it_was_received() -> None:
    """0,0 has no time of its own worth believing: these were received at 12:30 and at 13:10."""
    zeros = [
        Gps(radio_id="r-1", source="s", lat=0.0, lon=0.0, fix_time=at(0), received_at=at(second))
        for second in (1_800, 4_200)
    ]
    town = Town(hotspot())
    made = [fix(1_790, 0), zeros[0], fix(1_810, 0), fix(4_190, 0), zeros[1], fix(4_210, 0)]
    assert aside(town, *made, tick(4_210)) == [{"zero_zero": 1}, {"zero_zero": 1}]


def test_late_fixes_are_counted_though_they_move_nobody() -> None:
    town = Town(hotspot())
    town.step(fix(0, OUT), fix(700, OUT), tick(700))
    [sheet] = tell(town, fix(60, 0, received_at=at(701)), fix(720, OUT), tick(720))
    assert sheet.set_aside == {"late": 1}
    assert (sheet.inside_ms, sheet.fixes) == (0, 3)


def test_replay_counts_duplicates_by_when_they_were_received() -> None:
    again = fix(0, 0, received_at=at(4_000))
    surveyor = Surveyor()
    made = [fix(0, 0), again, fix(60, 0), fix(3_900, 0)]
    found = account(surveyor, "r-1", made, at(0)).timesheets
    assert [sheet.set_aside for sheet in found] == [{}, {"duplicate": 1}]


REFERENCES: list[list[Reference]] = [[], [duty(0, 900)]]


@pytest.mark.parametrize("reference", REFERENCES, ids=["off duty", "on duty"])
def test_live_sheets_of_a_trace_in_order_are_those_of_an_account(
    reference: list[Reference],
) -> None:
    made = [fix(0, OUT), fix(60, 0), fix(180, 0), fix(600, 0), fix(660, OUT)]
    town = Town(hotspot(), *reference)
    told = [
        *tell(town, *made),
        *[each for minute in range(12, 70) for each in tell(town, tick(60 * minute))],
    ]
    live = {sheet.since: in_seconds(sheet) for sheet in told}
    assert list(live.values()) == sheets(
        made, *[each for each in reference if isinstance(each, Duty)], until=69 * 60
    )
