"""The same log gives the same outputs, however it is cut into batches."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.geofence import clearance
from services.geofence.engine import Engine
from tests.support.square import anyone
from tests.support.worlds import World, run, state, worlds


@given(worlds(), st.lists(st.integers(0, 80)))
def test_cut_anywhere(world: World, cuts: list[int]) -> None:
    whole, cut = Engine(0, anyone), Engine(0, anyone)
    outputs = run(whole, world)

    edges = sorted({0, len(world.telemetry), *(c for c in cuts if c < len(world.telemetry))})
    pieces = [output for a, b in pairwise(edges) for output in run(cut, world, a, b)]

    assert pieces == outputs
    assert state(cut) == state(whole)


@given(worlds())
def test_record_by_record(world: World) -> None:
    whole, single = Engine(0, anyone), Engine(0, anyone)
    outputs = run(whole, world)
    singles = [
        output
        for place in range(len(world.telemetry))
        for output in run(single, world, place, place + 1)
    ]
    assert singles == outputs
    assert state(single) == state(whole)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds())
def test_clearance_spares_lookups_and_changes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    cleared, bare = Engine(0, anyone), Engine(0, anyone)
    outputs = run(cleared, world)
    with monkeypatch.context() as patch:
        patch.setattr(clearance, "ROAM_M", 0.0)
        patch.setattr(clearance, "LEAST_REACH_M", 0.0)
        assert run(bare, world) == outputs
    assert state(bare) == state(cleared)
