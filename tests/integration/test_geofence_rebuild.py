"""A state that this release cannot read: recognized, rebuilt from telemetry, and set right."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from prometheus_client import CollectorRegistry
from structlog.testing import capture_logs

from services.contracts.codec import decode_all, encode
from services.contracts.recovery import CHECKPOINT_KEY, UnitSnapshot
from services.contracts.telemetry import Gps, Presence, Tick
from services.contracts.topics import GEOFENCE_STATE, POSITIONS, REFERENCE, TELEMETRY, VISITS
from services.eventlog.port import NewRecord, Truncated
from services.geofence.engine import FORMAT
from services.geofence.restore import Unreadable
from services.geofence.saved import read_saved
from tests.support.derived import a_visit, an_open_visit
from tests.support.offline import expected, run_offline, there
from tests.support.patrols import CENTRE_LAT, CENTRE_LON, hotspot
from tests.support.tasks import (
    PARTITION,
    START,
    TimedLog,
    caught_up,
    checkpoint,
    new_task,
    restored,
    running,
    timed_log,
)

KEY = CHECKPOINT_KEY.encode()
OTHER = msgspec.Raw(b'{"of":"another release"}')
BEAT_MS = 5_000
MINUTE = 12
"""In beats."""
HOUR_MS = 3_600_000


class Post:
    """Radios that stand in the middle of a hot spot, and a task that is run now and then.

    ``rebuilds`` is how often its state was rebuilt.
    """

    def __init__(self, timed: TimedLog) -> None:
        self.log = timed.log
        self.rebuilds = 0.0
        self._timed = timed

    async def stand(self, radio_id: str, beats: int = 2 * MINUTE) -> None:
        """A fix of a radio at each beat, with a tick."""
        for _ in range(beats):
            now = self._timed.now + BEAT_MS
            fix = Gps(
                radio_id=radio_id,
                source="radios",
                lat=CENTRE_LAT,
                lon=CENTRE_LON,
                fix_time=now,
                received_at=now,
                accuracy_m=9.0,
                speed_mps=0.0,
            )
            await self.append(fix, radio_id)
            await self.ticks(1)

    async def ticks(self, beats: int, beat_ms: int = BEAT_MS) -> None:
        """Nothing but time passes."""
        for _ in range(beats):
            self._timed.now += beat_ms
            reference_end = (await self.log.bounds(REFERENCE.name))[0].end
            tick = Tick(instance="i", at=self._timed.now, reference_offset=reference_end)
            await self.append(tick, "i")

    async def append(self, message: Gps | Presence | Tick, key: str) -> None:
        await self.log.append([NewRecord(TELEMETRY.name, key.encode(), encode(message), PARTITION)])

    async def work(self) -> None:
        """Take up the partition, take all there is, and stop in order."""
        registry = CollectorRegistry()
        task = new_task(self.log, registry)
        async with running(task):
            await caught_up(task)
        self.rebuilds += registry.get_sample_value("stepsix_geofence_rebuilds_total") or 0.0

    async def save(self, key: str, value: bytes | None) -> None:
        """Put anything into the state."""
        await self.log.append([NewRecord(GEOFENCE_STATE.name, key.encode(), value, PARTITION)])

    async def upgrade(self) -> int:
        """Have the checkpoint written as another release would; C."""
        found = await checkpoint(self.log)
        other = msgspec.structs.replace(found, format=FORMAT + 1, body=OTHER)
        await self.save(CHECKPOINT_KEY, encode(other))
        return found.committed

    async def told(self, topic: str, since: int) -> list[Any]:
        """What a topic says that was caused at ``since`` or later."""
        lines = (await there(self.log))[topic, PARTITION]
        found = decode_all(topic, [line.value for line in lines])
        return [message for message in found if message.revision >= since]


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    """A post whose radio r-1 has stood there for two minutes, all of it committed."""
    async with timed_log(tmp_path / "timed") as timed:
        await timed.log.append([hotspot(0, 0)])
        post = Post(timed)
        await post.ticks(1)
        await post.stand("r-1")
        await post.work()
        assert post.rebuilds == 0
        yield post


async def test_what_is_under_way_is_told_again_once_and_nothing_else_is(post: Post) -> None:
    committed = await post.upgrade()
    with capture_logs() as logged:
        await post.work()
    assert post.rebuilds == 1
    [said] = [entry for entry in logged if entry["event"] == "state rebuilt from telemetry"]
    assert (said["units"], said["visits_open"], said["visits_closed"]) == (1, 2, 0)
    assert said["reason"] == f"it has format {FORMAT + 1}, and this release reads {FORMAT}"
    await post.ticks(2 * MINUTE)
    await post.work()
    again = await post.told(VISITS.name, committed)
    assert {(visit.ring, visit.state) for visit in again} == {
        ("core", "open"),
        ("catchment", "open"),
    }
    assert len(again) == 2
    sheets = await post.told("timesheets", committed)
    assert len(sheets) == 1
    held, wanted = await there(post.log), await expected(post.log)
    assert held[POSITIONS.name, PARTITION] == wanted[POSITIONS.name, PARTITION]
    before = wanted[VISITS.name, PARTITION]
    assert held[VISITS.name, PARTITION][: len(before)] == before


async def test_a_crash_right_after_the_rebuild_loses_nothing_of_it(post: Post) -> None:
    await post.upgrade()
    await post.work()
    assert (await checkpoint(post.log)).format == FORMAT
    successor = await restored(post.log)
    assert successor.rebuilt is None
    engine = successor.stepper.engine
    uninterrupted = (await run_offline(post.log, PARTITION)).engine
    uninterrupted.tell_again(successor.offset)
    assert engine.body() == uninterrupted.body()
    assert engine.snapshot("r-1") == uninterrupted.snapshot("r-1")


async def test_a_visit_that_the_rebuilt_engine_does_not_have_is_closed(post: Post) -> None:
    """One that began by other rules, or more than a day ago; what is settled or closed is not."""
    lost = an_open_visit("v-of-old", entered_at=START, radio_id="r-1", revision=7)
    rest = [
        a_visit("v-closed", entered_at=START, radio_id="r-1"),
        an_open_visit("v-settled", entered_at=START, radio_id="r-1", settled=True),
    ]
    for visit in (lost, *rest):
        await post.log.append([NewRecord(VISITS.name, b"r-1", encode(visit), PARTITION)])
    committed = await post.upgrade()
    await post.work()
    [closed] = await post.told(VISITS.name, committed)
    assert closed == msgspec.structs.replace(
        lost, state="closed", left_at=lost.last_fix_time, revision=committed
    )


async def test_no_foreign_snapshot_is_left(post: Post) -> None:
    foreign = UnitSnapshot(format=FORMAT + 1, radio_id="r-9", offset=3, body=OTHER)
    await post.save("r-9", encode(foreign))
    await post.save("r-8", b"no message at all")
    await post.work()
    assert post.rebuilds == 1
    saved = await read_saved(post.log, PARTITION)
    assert (saved.foreign, saved.radios) == (None, {"r-1"})
    await post.work()
    assert post.rebuilds == 1


async def test_a_body_that_is_not_what_its_format_says_is_rebuilt_too(post: Post) -> None:
    found = await checkpoint(post.log)
    await post.save(CHECKPOINT_KEY, encode(msgspec.structs.replace(found, body=OTHER)))
    await post.work()
    assert post.rebuilds == 1


async def test_where_the_checkpoint_cannot_be_read_the_group_knows_how_far_it_was(
    post: Post,
) -> None:
    committed = (await checkpoint(post.log)).committed
    await post.save(CHECKPOINT_KEY, b"{}")
    successor = await restored(post.log)
    assert successor.offset == committed
    await post.save(CHECKPOINT_KEY, None)
    await post.save("r-1", None)
    successor = await restored(post.log)
    assert (successor.offset, successor.rebuilt is None) == (committed, False)


async def test_where_nothing_says_how_far_it_was_the_task_stops(tmp_path: Path) -> None:
    async with timed_log(tmp_path) as timed:
        await Post(timed).save(CHECKPOINT_KEY, b"{}")
        with pytest.raises(Unreadable, match=r"its record 0 cannot be read.*run the release that"):
            await restored(timed.log)


async def test_state_that_points_at_records_no_longer_there_names_the_lost_range(
    post: Post,
) -> None:
    found = await checkpoint(post.log)
    lost = msgspec.structs.replace(found, committed=found.committed + 500)
    await post.save(CHECKPOINT_KEY, encode(lost))
    with pytest.raises(Truncated, match="telemetry/0 ends at"):
        await restored(post.log)


async def test_a_unit_that_is_silent_for_a_day_is_forgotten_here_and_in_the_state(
    post: Post,
) -> None:
    await post.ticks(23, beat_ms=HOUR_MS)
    await post.work()
    assert (await read_saved(post.log, PARTITION)).radios == {"r-1"}
    await post.stand("r-2", 1)
    await post.ticks(1, beat_ms=HOUR_MS)
    await post.work()
    assert (await read_saved(post.log, PARTITION)).radios == {"r-2"}
    assert (await restored(post.log)).stepper.engine.radios() == {"r-2"}
    await post.stand("r-1", 1)
    await post.work()
    assert (await restored(post.log)).stepper.engine.radios() == {"r-1", "r-2"}
    assert await there(post.log) == await expected(post.log)


async def test_a_rebuild_reads_a_day_and_no_more(post: Post) -> None:
    """What was silent for longer would have been forgotten anyway."""
    await post.ticks(25, beat_ms=HOUR_MS)
    await post.stand("r-2", 1)
    await post.work()
    await post.upgrade()
    engine = (await restored(post.log)).stepper.engine
    assert engine.radios() == {"r-2"}
