"""What was acknowledged is there, whatever happens to the writer."""

from __future__ import annotations

from collections import Counter

from services.eventlog.opening import Embedded, Kafka, open_log
from tests.support.eventlogs import values
from tests.support.kafka import PARTITIONS
from tests.support.log_process import GROUP, acknowledged, log_process


async def test_nothing_acknowledged_is_missing_after_the_writer_was_killed(
    place: Embedded | Kafka,
) -> None:
    async with log_process(place, "append") as writer:
        numbers = await acknowledged(writer, 50)
    log = await open_log(place)
    try:
        found = [value for p in range(PARTITIONS) for value in await values(log, "audit", p)]
    finally:
        await log.close()
    counted = Counter(int(value) for value in found if value is not None)
    assert [counted[number] for number in numbers] == [5] * len(numbers)
    assert len(counted) <= len(numbers) + 1  # one may have been under way


async def test_a_killed_commit_is_there_whole_or_not_at_all(place: Embedded | Kafka) -> None:
    async with log_process(place, "commit") as writer:
        numbers = await acknowledged(writer, 10)
    log = await open_log(place)
    try:
        async with log.join(GROUP, "telemetry") as member:
            await (await member.claim(0)).close()  # ends what the writer left open
        visits = await values(log, "visits")
        signals = await values(log, "signals")
    finally:
        await log.close()
    assert visits == signals
    assert set(Counter(visits).values()) == {200}
    assert [int(value) for value in visits[::200] if value][: len(numbers)] == numbers
    assert len(visits) - 200 * len(numbers) in {0, 200}
