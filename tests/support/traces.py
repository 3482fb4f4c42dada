"""Made-up traces: the fixes of one officer around two hot spots, and the orders they come in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from services.contracts.derived import Timesheet, Visit
from services.contracts.reference import Duty, Reference, Source
from services.contracts.telemetry import Gps, Status
from services.geofence.silence.explaining import said_at
from services.geofence.trail import KEPT_MS
from tests.support.square import Details, Town, at, box, fix, hotspot, status, tick

HOURS = 3_600
END_S = 12 * HOURS
"""When everything has long ended."""

REFERENCE: list[Reference] = [
    hotspot(),
    hotspot("hs-2", geometry=box(0, -75, 150, 75), catchment_m=30.0),
    Source(source="s", name="s", effective_from=0, changed_by="a", expected_interval_s=30.0),
]


class Final(NamedTuple):
    """What is left of all that was told: visits without their ids, and sheets."""

    visits: list[Visit]
    timesheets: list[Timesheet]


@st.composite
def traces(draw: DrawFn) -> list[Gps]:
    """Fixes in the order in which they were made, no two alike."""
    second, made = 0, []
    for number in range(draw(st.integers(1, 20))):
        second += draw(st.sampled_from([0, 1, 5, 20, 30, 30, 60, 90, 200, 1_000, 4_000]))
        more: Details = {"accuracy_m": draw(st.sampled_from([0.0, 5.0, 25.0, 90.0, 150.0]))}
        if draw(st.integers(0, 5)) == 0:
            more["message_id"] = draw(st.sampled_from(["m-1", "m-2"]))
        if draw(st.booleans()):
            more["speed_mps"] = draw(st.sampled_from([0.0, 2.0]))
        east = draw(st.sampled_from([0, 0, 70, 80, 100, 140, 200, 400, 40_000]))
        made.append(fix(second, east + draw(st.sampled_from([0, 0, number])), **more))
    return list(dict.fromkeys(made))


@st.composite
def duties(draw: DrawFn) -> list[Duty]:
    """No duty, one or two, which may overlap."""
    starts = draw(st.lists(st.integers(-HOURS, 3 * HOURS), max_size=2))
    return [
        Duty(
            duty_id=f"d-{number}",
            radio_id="r-1",
            since=at(start),
            until=at(start + draw(st.sampled_from([600, 5_000, 20_000]))),
            officer_ids=["P1"],
            effective_from=0,
            changed_by="a",
        )
        for number, start in enumerate(starts)
    ]


@st.composite
def statuses(draw: DrawFn, made: list[Gps]) -> list[Status]:
    """What the officer says around the fixes, never twice at one time."""
    noon = at(0)
    first, last = (each.fix_time - noon for each in (made[0], made[-1]))
    times = st.lists(st.integers(first - 100_000, last + 1_000), max_size=8, unique=True)
    return [
        status(when / 1000, draw(st.sampled_from(["on_patrol", "at_scene"])))
        for when in draw(times)
    ]


@st.composite
def arrivals(draw: DrawFn, made: Sequence[Gps | Status]) -> list[Gps | Status]:
    """The fixes and statuses in an order in which none is too late, some more than once."""
    left = sorted(made, key=said_at)
    newest = said_at(left[0])
    come: list[Gps | Status] = []
    while left:
        # Whichever of the next few may come without making an earlier one too late.
        latest = said_at(left[0]) + KEPT_MS
        able = [n for n, each in enumerate(left[:6]) if max(newest, said_at(each)) <= latest]
        arrived = left.pop(draw(st.sampled_from(able)))
        newest = max(newest, said_at(arrived))
        come.append(arrived)
        if draw(st.integers(0, 4)) == 0:
            again = draw(st.sampled_from(come))
            if said_at(again) >= newest - KEPT_MS:
                come.append(again)
    return come


def live(town: Town, come: Sequence[Gps | Status]) -> Final:
    """What an engine has told in the end, of what came in some order, a second apart."""
    visits: dict[str, Visit] = {}
    sheets: dict[int, Timesheet] = {}
    told = []
    for number, each in enumerate(come):
        told += town.step(msgspec.structs.replace(each, received_at=at(END_S + number)))
        if number % 3 == 0:
            told += town.step(tick(END_S + number, town.learned))
    for hour in range(1, 25):
        told += town.step(tick(END_S + hour * HOURS, town.learned))
    for output in told:
        if isinstance(output.message, Visit):
            visits[output.message.visit_id] = output.message
        elif isinstance(output.message, Timesheet):
            sheets[output.message.since] = output.message
    return final(
        [visit for visit in visits.values() if visit.state != "retracted"],
        [sheet for sheet in sheets.values() if sheet.until > sheet.since],
    )


def final(visits: list[Visit], sheets: list[Timesheet]) -> Final:
    """The same figures of the same trace, whoever told them when."""
    return Final(
        sorted(
            (msgspec.structs.replace(visit, visit_id="", revision=0) for visit in visits),
            key=lambda visit: (visit.entered_at, visit.hotspot_id, visit.ring),
        ),
        sorted(
            (msgspec.structs.replace(sheet, revision=0, set_aside={}) for sheet in sheets),
            key=lambda sheet: sheet.since,
        ),
    )
