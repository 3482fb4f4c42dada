"""Placing records directly on ``telemetry``, past ingest and past every check of stepsix.

On Kafka a producer of somebody else's does it, on the embedded log SQL.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any, NamedTuple

from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from services.contracts.topics import TELEMETRY
from services.eventlog.embedded.store import FILE
from services.eventlog.places import Embedded, Kafka

MOST_BYTES = 16 * 1024 * 1024
"""What an operator may raise ``max.message.bytes`` to."""


class Foreign(NamedTuple):
    """A record as somebody else places it."""

    key: bytes | None
    value: bytes | None


async def allow_huge(place: Embedded | Kafka) -> None:
    """Raise the largest record that ``telemetry`` takes; SQLite takes any."""
    if isinstance(place, Embedded):
        return
    settings = {
        "max.message.bytes": str(MOST_BYTES),
        "message.timestamp.type": "LogAppendTime",
        "cleanup.policy": "delete",
    }
    topic = ConfigResource(ConfigResourceType.TOPIC, place.name(TELEMETRY.name), settings)
    admin = AIOKafkaAdminClient(**place.connection())
    await admin.start()
    try:
        answers: list[Any] = await admin.alter_configs([topic])
        assert [answer.resources[0][0] for answer in answers] == [0], answers
    finally:
        await admin.close()


async def put(
    place: Embedded | Kafka, partition: int, records: Sequence[Foreign]
) -> list[tuple[int, Foreign]]:
    """Place records at the end of a partition; each with the offset it came to lie at."""
    if isinstance(place, Embedded):
        return await asyncio.to_thread(_insert, place, partition, records)
    producer = AIOKafkaProducer(**place.connection(), max_request_size=MOST_BYTES)
    await producer.start()
    try:
        topic = place.name(TELEMETRY.name)
        return [
            (
                (await producer.send_and_wait(topic, value, key, partition)).offset,
                Foreign(key, value),
            )
            for key, value in records
        ]
    finally:
        await producer.stop()


def _insert(
    place: Embedded, partition: int, records: Sequence[Foreign]
) -> list[tuple[int, Foreign]]:
    with closing(sqlite3.connect(place.data_dir / FILE, timeout=20, isolation_level=None)) as file:
        file.execute("BEGIN IMMEDIATE")
        query = "SELECT slot, end, stamp FROM slot WHERE topic = ? AND partition = ?"
        slot, end, stamp = file.execute(query, (TELEMETRY.name, partition)).fetchone()
        lying = [
            (offset, Foreign(record.key or b"", record.value))  # a key must be there
            for offset, record in enumerate(records, end)
        ]
        file.executemany(
            "INSERT INTO record VALUES (?, ?, ?, ?, ?, 0)",
            [(slot, offset, stamp, key, value) for offset, (key, value) in lying],
        )
        file.execute("UPDATE slot SET end = ? WHERE slot = ?", (end + len(records), slot))
        file.execute("COMMIT")
    return lying
