"""A record on which the engine fails: found, kept with its reason, and nobody else's trouble."""

from __future__ import annotations

import pytest
from prometheus_client import CollectorRegistry

from services.contracts.codec import decode, encode
from services.contracts.recovery import DeadLetter
from services.contracts.reference import HotSpot, key_of
from services.contracts.telemetry import Gps, Tick
from services.contracts.topics import DEAD_LETTERS, REFERENCE, TELEMETRY
from services.eventlog.port import EventLog, NewRecord
from services.geofence.engine import Engine
from tests.support.offline import DERIVED, expected, there
from tests.support.patrols import Patrols
from tests.support.tasks import PARTITION, START, caught_up, crashing, feed, new_task, town
from tests.support.working import all_taken, working

FATAL = "fatal"
RESTARTS = "stepsix_geofence_restarts_total"


@pytest.fixture(autouse=True)
def fragile(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine with a fault: it fails on the fixes of one radio, once it has changed its state."""
    sound = Engine._fix  # noqa: SLF001 - a fault has to sit somewhere

    def faulty(engine: Engine, fix: Gps, *rest: object) -> object:
        told = sound(engine, fix, *rest)  # type: ignore[arg-type]
        if fix.reason == FATAL:
            raise ZeroDivisionError
        return told

    monkeypatch.setattr(Engine, "_fix", faulty)
    monkeypatch.setattr("services.geofence.task.QUIET_S", 0.2)


def fatal(number: int) -> NewRecord:
    fix = Gps(
        radio_id="r-00",
        source="radios",
        lat=53.48,
        lon=-2.24,
        fix_time=START + number,
        received_at=START,
        reason=FATAL,
    )
    return NewRecord(TELEMETRY.name, b"r-00", encode(fix), PARTITION)


async def letters(log: EventLog) -> list[DeadLetter]:
    lines = (await there(log))[DEAD_LETTERS.name, PARTITION]
    found = [decode(DEAD_LETTERS.name, line.value) for line in lines]
    return [letter for letter in found if isinstance(letter, DeadLetter)]


async def assert_as_if_it_had_not_been(log: EventLog, monkeypatch: pytest.MonkeyPatch) -> None:
    """All topics are as a run without those records leaves them."""
    refused = {letter.offset for letter in await letters(log)}
    step = Engine.step

    def without(engine: Engine, records: list[object], messages: list[object]) -> object:
        kept = [
            (record, message)
            for record, message in zip(records, messages, strict=True)
            if engine.partition != PARTITION or record.offset not in refused  # type: ignore[attr-defined]
        ]
        return step(engine, [r for r, _ in kept], [m for _, m in kept])  # type: ignore[misc]

    monkeypatch.setattr(Engine, "step", without)
    held, wanted = await there(log), await expected(log)
    for topic in DERIVED:
        if topic is not DEAD_LETTERS:
            for partition in range(await log.partitions()):
                assert held[topic.name, partition] == wanted[topic.name, partition]


async def test_each_is_a_letter_once_and_all_else_is_as_if_it_had_not_been(
    embedded_log: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    patrols, end = Patrols(1, start=START), await town(embedded_log)
    await feed(embedded_log, patrols, 10, end)
    offsets = [
        (await embedded_log.append([fatal(number)]))[TELEMETRY.name, PARTITION] - 1
        for number in range(2)
    ]
    await feed(embedded_log, patrols, 10, end)
    async with working(embedded_log) as worker:
        await all_taken(embedded_log, worker)
        offsets.append((await embedded_log.append([fatal(2)]))[TELEMETRY.name, PARTITION] - 1)
        await feed(embedded_log, patrols, 3, end)
        await all_taken(embedded_log, worker)
    found = await letters(embedded_log)
    assert [letter.offset for letter in found] == offsets
    assert {letter.reason for letter in found} == {"the engine cannot take it: ZeroDivisionError()"}
    assert {letter.value for letter in found} == {fatal(number).value for number in range(3)}
    await assert_as_if_it_had_not_been(embedded_log, monkeypatch)


async def test_whoever_takes_over_stumbles_over_it_once_more_and_says_nothing_twice(
    embedded_log: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of the radio was saved before the crash: the replay meets the record again."""
    patrols, end = Patrols(2, start=START), await town(embedded_log)
    await feed(embedded_log, patrols, 5, end)
    await embedded_log.append([fatal(0)])
    await feed(embedded_log, patrols, 5, end)
    async with crashing(new_task(embedded_log)) as task:
        await caught_up(task)
    assert len(await letters(embedded_log)) == 1
    registry = CollectorRegistry()
    async with crashing(new_task(embedded_log, registry)) as task:
        await feed(embedded_log, patrols, 5, end)
        await caught_up(task)
    assert len(await letters(embedded_log)) == 1
    assert registry.get_sample_value(RESTARTS, {"reason": "Stumbled"}) == 2
    async with working(embedded_log) as worker:
        await all_taken(embedded_log, worker)
    await assert_as_if_it_had_not_been(embedded_log, monkeypatch)


async def test_a_boundary_that_cannot_be_drawn_is_a_letter_of_each_partition(
    embedded_log: EventLog,
) -> None:
    await town(embedded_log)
    shapeless = HotSpot(
        hotspot_id="hs-x",
        name="No shape",
        geometry={"type": "Polygon", "coordinates": "none"},
        effective_from=0,
        changed_by="test",
    )
    record = NewRecord(REFERENCE.name, key_of(shapeless).encode(), encode(shapeless))
    end = (await embedded_log.append([record]))[REFERENCE.name, 0]
    await feed(embedded_log, Patrols(3, start=START), 5, end)
    async with working(embedded_log) as worker:
        await all_taken(embedded_log, worker)
    [letter] = await letters(embedded_log)
    assert (letter.topic, letter.offset) == (REFERENCE.name, end - 1)
    assert letter.reason.startswith("the engine cannot take it: ")
    assert (await there(embedded_log))["visits", PARTITION]


async def test_a_tick_that_names_what_is_not_there_is_a_letter(
    embedded_log: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    await feed(embedded_log, Patrols(5, start=START), 3, await town(embedded_log))
    foreign = encode(Tick(instance="i", at=START, reference_offset=1_000_000))
    await embedded_log.append([NewRecord(TELEMETRY.name, b"i", foreign, PARTITION)])
    await feed(embedded_log, Patrols(6, start=START), 3, 5)
    async with working(embedded_log) as worker:
        await all_taken(embedded_log, worker)
    [letter] = await letters(embedded_log)
    assert letter.value == foreign
    assert "reference/0 ends at 5, but 1,000,000 was asked for" in letter.reason
    await assert_as_if_it_had_not_been(embedded_log, monkeypatch)


async def test_a_fault_of_the_process_is_no_records_fault(
    embedded_log: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Out of memory: the task starts over, and there is no letter."""
    failures = iter([MemoryError, MemoryError])
    sound = Engine._tick  # noqa: SLF001

    def starved(engine: Engine, tick: Tick, offset: int) -> object:
        for failure in failures:
            raise failure
        return sound(engine, tick, offset)

    monkeypatch.setattr(Engine, "_tick", starved)
    await feed(embedded_log, Patrols(4, start=START), 3, await town(embedded_log))
    registry = CollectorRegistry()
    async with working(embedded_log, registry) as worker:
        await all_taken(embedded_log, worker)
    assert not await letters(embedded_log)
    assert registry.get_sample_value(RESTARTS, {"reason": "MemoryError"}) == 2
