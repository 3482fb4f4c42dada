"""Opening the log, wherever it is."""

from __future__ import annotations

import time

from services.eventlog.embedded.log import EmbeddedLog
from services.eventlog.kafka.log import KafkaLog
from services.eventlog.places import Embedded, Kafka
from services.eventlog.port import EventLog

__all__ = ["Embedded", "Kafka", "open_log"]


async def open_log(where: Embedded | Kafka) -> EventLog:
    """Open the log; close it when done. Raises WrongTopics or Unavailable."""
    if isinstance(where, Kafka):
        return await KafkaLog.open(where)
    return await EmbeddedLog.open(where.data_dir, where.partitions, _epoch_ms)


def _epoch_ms() -> int:
    return time.time_ns() // 1_000_000
