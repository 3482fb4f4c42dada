"""The log under test: every test that asks for ``place`` or ``log`` runs on both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.eventlog.opening import Embedded, Kafka, open_log
from services.eventlog.port import EventLog, LogRecord
from tests.support.kafka import PARTITIONS, fresh_kafka

BOTH = ["embedded", pytest.param("kafka", marks=pytest.mark.kafka)]


@pytest.fixture(params=BOTH)
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> Embedded | Kafka:
    """An empty log's place, with ``PARTITIONS`` partitions."""
    if request.param == "embedded":
        return Embedded(tmp_path / "log", PARTITIONS)
    return await fresh_kafka(request.getfixturevalue("broker"))


@pytest.fixture
async def log(place: Embedded | Kafka) -> AsyncIterator[EventLog]:
    """An empty log, open."""
    log = await open_log(place)
    yield log
    await log.close()


async def everything(log: EventLog, topic: str, partition: int = 0) -> list[LogRecord]:
    """All that can be read of one partition now."""
    start = (await log.bounds(topic))[partition].start
    return [record async for batch in log.read(topic, partition, start) for record in batch]


async def values(log: EventLog, topic: str, partition: int = 0) -> list[bytes | None]:
    """The values of all that can be read of one partition now."""
    return [record.value for record in await everything(log, topic, partition)]


async def becomes(log: EventLog, topic: str, expected: list[bytes], partition: int = 0) -> None:
    """See that a partition comes to hold exactly these values; a commit shows after a moment."""
    for _ in range(200):
        found = await values(log, topic, partition)
        if found == expected:
            return
        await asyncio.sleep(0.02)
    assert found == expected
