"""An engine restored from snapshots goes on as one that never stopped."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from services.geofence.engine import Engine
from tests.support.worlds import World, learn, run, state, worlds


@settings(max_examples=200)
@given(worlds(least=20), st.data())
def test_restore_anywhere(world: World, data: DataObject) -> None:
    """Own state as at S, each unit as at S or somewhere up to C: stepped to C it is as at C.

    Units are written in pieces between S and C, and those never written since are as at S.
    """
    size = len(world.telemetry)
    start = data.draw(st.integers(0, size // 2), "S")
    writes = sorted(data.draw(st.lists(st.integers(start, size), min_size=1, max_size=4), "writes"))
    committed = data.draw(st.integers(max([start, *writes]), size), "C")

    lasting = Engine(0)
    run(lasting, world, 0, start)
    body, reference_offset = lasting.body(), lasting.reference_offset
    offsets = [*(record.offset for record in world.records), 10_000]
    saved = {name: (offsets[start], lasting.snapshot(name)) for name in lasting.changed()}
    reached = start
    for write in writes:
        run(lasting, world, reached, write)
        reached = write
        changed = sorted(lasting.changed())
        some = data.draw(st.sets(st.sampled_from(changed)), "units") if changed else set()
        saved |= {name: (offsets[write], lasting.snapshot(name)) for name in some}
    run(lasting, world, reached, committed)

    restored = Engine.restore(0, body)
    learn(restored, world, reference_offset, start=0)
    for name, (seen, unit) in saved.items():
        restored.put(name, seen, unit)
    run(restored, world, start, committed)

    assert state(restored, world, committed) == state(lasting, world, committed)
    assert run(restored, world, committed) == run(lasting, world, committed)
    assert state(restored, world) == state(lasting, world)
