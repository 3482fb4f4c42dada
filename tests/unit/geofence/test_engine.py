"""The engine's edges: what cuts a batch, what is set aside, what a snapshot brings back."""

from __future__ import annotations

import pytest

from services.contracts.reference import MinutesEach, Plan, Source
from services.contracts.telemetry import Gps, Sighting, Telemetry
from services.contracts.topics import VISITS
from services.geofence.engine import Engine
from tests.support.square import LAT, LON, Town, anyone, at, fix, hotspot, records, tick


def test_a_tick_with_newer_reference_cuts_the_batch_before_it() -> None:
    engine = Engine(0, anyone)
    messages: list[Telemetry] = [fix(0, 0), tick(1, 2), fix(2, 0)]
    step = engine.step(records(messages), messages)
    assert (step.outputs, step.taken, step.reference_wanted) == ([], 1, 2)
    assert engine.time == at(0)

    engine.learn(0, hotspot())
    engine.learn(1, hotspot("hs-2"))
    rest = engine.step(records(messages)[1:], messages[1:])
    assert (rest.taken, rest.reference_wanted) == (2, None)
    assert engine.reference_offset == 2
    # By then both are known: the fix is in two cores and two catchments.
    visits = [output for output in rest.outputs if output.topic == VISITS.name]
    assert len(visits) == 4


def test_reference_may_have_gaps() -> None:
    """The task says that it has read up to the end wanted, where the last record lies below."""
    engine = Engine(0, anyone)
    engine.reference_offset = 5
    assert engine.step(records([tick(1, 5)]), [tick(1, 5)]).reference_wanted is None


@pytest.mark.parametrize(
    ("reason", "again"),
    [
        (
            "zero_zero",
            Gps(
                radio_id="r-1",
                source="s",
                lat=0.0,
                lon=0.0,
                fix_time=at(70),
                received_at=at(70),
            ),
        ),
        ("ahead", fix(131, 300, received_at=at(70))),
        ("vague", fix(70, 300, accuracy_m=101.0)),
        ("duplicate", fix(60, 300)),
        ("duplicate", fix(61, 300, message_id="m-1")),
        ("late", fix(60 - 601, 300)),
    ],
)
def test_a_fix_set_aside_is_counted_and_changes_no_visit(reason: str, again: Gps) -> None:
    town = Town(hotspot())
    town.step(fix(0, 0), fix(60, 0, message_id="m-1"))
    assert town.visits(again) == []
    assert town.engine.set_aside == {reason: 1}
    [closed] = town.visits(fix(180, 300))
    assert (closed.duration_ms, closed.fixes) == (120_000, 2)


@pytest.mark.parametrize(
    "usable", [fix(130, 300, received_at=at(70)), fix(70, 300, accuracy_m=100.0)]
)
def test_the_bounds_themselves_are_usable(usable: Gps) -> None:
    town = Town(hotspot())
    town.step(usable)
    assert town.engine.set_aside == {}


def test_a_source_says_which_fixes_are_usable() -> None:
    strict = Source(
        source="s", name="s", effective_from=at(60), changed_by="a", usable_accuracy_m=20.0
    )
    town = Town(hotspot(), strict)
    town.step(fix(59, 0, accuracy_m=21.0), fix(60, 0, accuracy_m=21.0))
    assert town.engine.set_aside == {"vague": 1}


def test_what_is_not_for_the_engine_is_passed_over() -> None:
    town = Town(hotspot())
    plan = Plan(
        plan_id="p",
        hotspot_id="hs-1",
        windows=[],
        minutes_each=MinutesEach(low=10, high=15),
        minutes_per_day=30,
        effective_from=0,
        changed_by="a",
    )
    town.learn(plan)
    sighting = Sighting(source="s", at=at(0), lat=LAT, lon=LON, radius_m=5, received_at=at(0))
    assert town.step(sighting) == []
    assert town.engine.reference_offset == 2
    assert list(town.engine.changed()) == []


def test_places_that_are_none_stop_nothing() -> None:
    """Ingest refuses them; should one be in the log all the same, the log must go on."""
    town = Town(hotspot())
    nowhere = Gps(radio_id="r-1", source="s", lat=500.0, lon=1e6, fix_time=at(0), received_at=at(0))
    assert town.visits(nowhere) == []


def test_sources_are_remembered_by_when_they_were_last_heard() -> None:
    town = Town()
    town.step(tick(5, sources={"a": 3, "b": 9}), tick(6, sources={"a": 4, "b": 2}))
    restored = Engine.restore(0, anyone, town.engine.body())
    restored.listen(town.engine.outages())
    assert b'"a":{"heard_at":4,' in restored.outages()
    assert b'"b":{"heard_at":9,' in restored.outages()
    assert restored.outages() == town.engine.outages()
    assert restored.body() == town.engine.body()


def test_a_snapshot_makes_a_unit_unchanged_until_it_is_heard_again() -> None:
    town = Town(hotspot())
    town.step(fix(0, 0), fix(0, 0, radio_id="r-2"))
    assert sorted(town.engine.changed()) == ["r-1", "r-2"]
    town.engine.snapshot("r-1")
    assert list(town.engine.changed()) == ["r-2"]
    town.step(fix(1, 0))
    assert sorted(town.engine.changed()) == ["r-1", "r-2"]


def test_a_tick_that_closes_a_visit_changes_the_unit_and_no_other_tick_does() -> None:
    town = Town(hotspot())
    town.step(tick(0), fix(0, 0), fix(1, 0))
    town.engine.snapshot("r-1")
    town.step(tick(2), tick(60))
    assert list(town.engine.changed()) == []
    town.step(tick(240))
    assert list(town.engine.changed()) == ["r-1"]


def test_a_restored_unit_is_left_alone_by_ticks_it_has_seen() -> None:
    """Here the last receipt is earlier than one before: two instances with different clocks.

    At second 420 the unit was known, until 580; the fix after that tick is known only until 280.
    """
    town = Town(hotspot())
    town.step(tick(0), fix(0, 0, received_at=at(400)))
    body = town.engine.body()
    later: list[Telemetry] = [tick(420), fix(30, 0, received_at=at(100))]
    town.step(*later)
    unit = town.engine.snapshot("r-1")

    restored = Engine.restore(0, anyone, body)
    restored.learn(0, hotspot())
    restored.put("r-1", 4, unit)
    restored.step(records(later, 2), later)
    assert restored.snapshot("r-1") == unit
