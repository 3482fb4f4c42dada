"""Whatever order fixes arrive in, the figures are those of the order they were made in."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from services.contracts.reference import Duty, Reference
from services.contracts.telemetry import Gps, Status
from services.geofence.account import account
from services.geofence.statuses import Given, put
from services.geofence.survey import Surveyor
from tests.support.square import Town, at
from tests.support.traces import (
    END_S,
    HOURS,
    REFERENCE,
    Final,
    arrivals,
    duties,
    final,
    live,
    statuses,
    traces,
)


def accounted(
    reference: Sequence[Reference], made: Sequence[Gps], said: Sequence[Status] = ()
) -> Final:
    surveyor = Surveyor()
    for offset, message in enumerate(reference):
        surveyor.learn(offset, message)
    given: list[Given] = []
    for each in said:
        put(given, each.at, each.status)
    found = account(surveyor, "r-1", made, at(END_S + 24 * HOURS), given)
    return final(found.visits, found.timesheets)


@settings(max_examples=100, deadline=None)
@given(traces(), duties(), st.data())
def test_any_order_within_the_window_and_any_repetition(
    made: list[Gps], rota: list[Duty], data: DataObject
) -> None:
    come = data.draw(arrivals(made))
    assert live(Town(*REFERENCE, *rota), come) == accounted([*REFERENCE, *rota], made)


@settings(max_examples=100, deadline=None)
@given(traces(), st.data())
def test_statuses_come_to_the_same_in_any_order_within_the_window(
    made: list[Gps], data: DataObject
) -> None:
    said = data.draw(statuses(made))
    both: list[Gps | Status] = [*made, *said]
    come = data.draw(arrivals(both))
    assert live(Town(*REFERENCE), come) == accounted(REFERENCE, made, said)


@settings(max_examples=100, deadline=None)
@given(traces(), duties())
def test_a_duty_put_in_later_is_accounted_for_as_if_it_had_been_known(
    made: list[Gps], rota: list[Duty]
) -> None:
    recent = [each for each in made if each.fix_time >= made[-1].fix_time - 600_000]
    town = Town(*REFERENCE)
    live(town, recent)
    town.learn(*rota)
    told = live(town, [])
    known = accounted([*REFERENCE, *rota], recent)
    for sheet in told.timesheets:
        assert sheet in known.timesheets


@settings(max_examples=100, deadline=None)
@given(traces(), duties())
def test_all_time_is_accounted_for_and_only_once(made: list[Gps], rota: list[Duty]) -> None:
    """Inside, outside and unknown of every sheet are what passed; a duty's sheets make the duty."""
    _, sheets = accounted([*REFERENCE, *rota], made)
    for sheet in sheets:
        parts = (sheet.inside_ms, sheet.outside_ms, sheet.unknown_ms)
        assert min(parts) >= 0
        assert sum(parts) == sheet.until - sheet.since
        assert sum(span.until - span.since for span in sheet.unknown) == sheet.unknown_ms
        for rings in sheet.hotspots.values():
            for times in (rings.core, rings.catchment):
                assert times.low_ms <= times.estimate_ms <= times.high_ms
            assert rings.core.estimate_ms <= sheet.inside_ms
    heard = {sheet.since for sheet in sheets}
    assert len(heard) == len(sheets)
    for duty in rota:
        if any(sheet.fixes and duty.since <= sheet.since < duty.until for sheet in sheets):
            within = [s for s in sheets if duty.since <= s.since and s.until <= duty.until]
            assert sum(s.until - s.since for s in within) == duty.until - duty.since
