"""From records to the slots they are appended to."""

from __future__ import annotations

from collections.abc import Sequence

from services.contracts.topics import BY_NAME
from services.eventlog.embedded.store import Layout
from services.eventlog.embedded.writer import Append, KeyValue
from services.eventlog.limits import largest, refuse_too_large
from services.eventlog.partitioning import partition_of
from services.eventlog.port import NewRecord


def route(layout: Layout, records: Sequence[NewRecord]) -> Append:
    """The records by slot, in their order. Raises TooLarge, and KeyError for no such place."""
    rows: dict[int, list[KeyValue]] = {}
    for record in records:
        topic = BY_NAME[record.topic]
        refuse_too_large(record, largest(topic))
        partition = record.partition
        if partition is None:
            partition = partition_of(record.key, layout.count(topic))
        rows.setdefault(layout.slots[record.topic, partition], []).append(
            (record.key, record.value)
        )
    return Append(rows)
