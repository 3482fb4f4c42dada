"""An engine restored from snapshots goes on as one that never stopped."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from services.geofence.engine import Engine
from tests.support.square import anyone
from tests.support.worlds import World, learn, run, state, worlds

Snapshot = tuple[int, bytes]


@settings(max_examples=200)
@given(worlds(least=20), st.data())
def test_restore_anywhere(world: World, data: DataObject) -> None:
    """Own state as at S, each unit as at S or somewhere up to C: stepped to C it is as at C.

    Units are written in pieces between S and C, and those never written since are as at S. Those
    forgotten are deleted with each write, and with the last one, up to C; those whose episode of
    silence has changed are written with it.
    """
    size = len(world.telemetry)
    start = data.draw(st.integers(0, size // 2), "S")
    writes = sorted(data.draw(st.lists(st.integers(start, size), min_size=1, max_size=4), "writes"))
    committed = data.draw(st.integers(max([start, *writes]), size), "C")

    lasting = Engine(0, anyone)
    run(lasting, world, 0, start)
    body, reference_offset = lasting.body(), lasting.reference_offset
    offsets = [*(record.offset for record in world.records), 10_000]
    lasting.forgotten.clear()
    lasting.take_pressing()
    saved = {name: (offsets[start], lasting.snapshot(name)) for name in lasting.changed()}
    reached = start
    for write in writes:
        run(lasting, world, reached, write)
        reached = write
        saved = without_forgotten(lasting, saved) | pressing(lasting, offsets[write])
        changed = sorted(lasting.changed())
        some = data.draw(st.sets(st.sampled_from(changed)), "units") if changed else set()
        saved |= {name: (offsets[write], lasting.snapshot(name)) for name in some}
    run(lasting, world, reached, committed)
    saved = without_forgotten(lasting, saved) | pressing(lasting, offsets[committed])

    restored = Engine.restore(0, anyone, body)
    learn(restored, world, reference_offset, start=0)
    for name, (seen, unit) in saved.items():
        restored.put(name, seen, unit)
    run(restored, world, start, committed)
    restored.listen(lasting.outages())

    assert state(restored) == state(lasting)
    assert run(restored, world, committed) == run(lasting, world, committed)
    assert state(restored) == state(lasting)


def without_forgotten(engine: Engine, saved: dict[str, Snapshot]) -> dict[str, Snapshot]:
    """The snapshots without those of the units that the engine has forgotten of late."""
    forgotten = set(engine.forgotten)
    engine.forgotten.clear()
    return {name: snapshot for name, snapshot in saved.items() if name not in forgotten}


def pressing(engine: Engine, offset: int) -> dict[str, Snapshot]:
    """The snapshots that are written with a commit whatever else is due."""
    return {name: (offset, engine.snapshot(name)) for name in engine.take_pressing()}
