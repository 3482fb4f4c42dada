"""What a log should hold in the end: the pure engine over its telemetry, and what is there."""

from __future__ import annotations

from typing import NamedTuple

from services.contracts.codec import Undecodable, decode_all, encode
from services.contracts.topics import (
    ACCURACY,
    DEAD_LETTERS,
    POSITIONS,
    REFERENCE,
    SIGNALS,
    TELEMETRY,
    TIMESHEETS,
    VISITS,
)
from services.eventlog.partitioning import partition_of
from services.eventlog.port import EventLog, LogRecord
from services.geofence.emission import Output
from services.geofence.engine import Engine
from services.geofence.intake import understand

DERIVED = (VISITS, TIMESHEETS, SIGNALS, ACCURACY, POSITIONS, DEAD_LETTERS)


class Line(NamedTuple):
    """One record of a derived topic, as it must stand in its partition."""

    key: bytes
    value: bytes


class Run(NamedTuple):
    """An engine after a run, and all it put out."""

    engine: Engine
    outputs: list[Output]


Outputs = dict[tuple[str, int], list[Line]]
"""By topic and partition, in order."""


async def there(log: EventLog) -> Outputs:
    """What the derived topics hold, as any reader sees it. Dead letters by what they are about."""
    outputs: Outputs = {}
    for topic in DERIVED:
        for partition in range(await log.partitions()):
            records = await _all(log, topic.name, partition)
            outputs[topic.name, partition] = [
                Line(record.key or b"", record.value or b"") for record in records
            ]
    return outputs


async def expected(log: EventLog) -> Outputs:
    """What one uninterrupted run of the engine derives, record by record; no dead letters."""
    outputs: Outputs = {}
    for partition in range(await log.partitions()):
        outputs |= {(topic.name, partition): [] for topic in DERIVED}
        for output in (await run_offline(log, partition)).outputs:
            line = Line(output.key.encode(), encode(output.message))
            outputs[output.topic, partition].append(line)
    return outputs


async def run_offline(log: EventLog, partition: int, until: int | None = None) -> Run:
    """One uninterrupted run over a partition, below ``until`` or to its end."""
    partitions, outputs = await log.partitions(), list[Output]()
    engine = Engine(
        partition, lambda radio_id: partition_of(radio_id.encode(), partitions) == partition
    )
    reference = await _all(log, REFERENCE.name, 0)
    known = decode_all(REFERENCE.name, [record.value for record in reference])
    records = await _all(log, TELEMETRY.name, partition)
    messages = understand([record.value for record in records])
    for record, message in zip(records, messages, strict=True):
        if isinstance(message, Undecodable):
            continue
        if until is not None and record.offset >= until:
            break
        step = engine.step([record], [message])
        if step.reference_wanted is not None:
            for each, what in zip(reference, known, strict=True):
                if engine.reference_offset <= each.offset < step.reference_wanted:
                    engine.learn(each.offset, what)
            engine.reference_offset = step.reference_wanted
            step = engine.step([record], [message])
        outputs += step.outputs
    return Run(engine, outputs)


async def _all(log: EventLog, topic: str, partition: int) -> list[LogRecord]:
    start = (await log.bounds(topic))[partition].start
    return [record async for batch in log.read(topic, partition, start) for record in batch]
