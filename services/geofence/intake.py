"""Records as read become messages to step through, and dead letters for what is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from services.contracts.codec import Undecodable, decode_all, encode
from services.contracts.message import Message
from services.contracts.recovery import DeadLetter
from services.contracts.telemetry import Telemetry
from services.contracts.topics import DEAD_LETTERS, TELEMETRY, Topic
from services.eventlog.port import LogRecord, NewRecord

MOST_VALUE_BYTES = 512 * 1024
"""What a dead letter quotes at most: in Base64 it must fit a record, or it blocks its partition."""
_NO_KEY = b"~"
_UNREADABLE = "undecodable"


@dataclass(frozen=True, slots=True)
class Intake:
    """A batch made ready: ``records[i]`` holds ``messages[i]``; ``letters`` are for the rest."""

    records: Sequence[LogRecord]
    messages: Sequence[Telemetry]
    letters: list[NewRecord]
    kinds: Counter[str]


def take_in(partition: int, records: Sequence[LogRecord]) -> Intake:
    """Decode a batch of telemetry."""
    messages = decode_all(TELEMETRY.name, [record.value for record in records])
    by_type = Counter(map(type, messages))
    unreadable = by_type.pop(Undecodable, 0)
    kinds = Counter({kind_of(type_): count for type_, count in by_type.items()})
    if not unreadable:
        return Intake(records, messages, [], kinds)
    kinds[_UNREADABLE] = unreadable
    pairs = list(zip(records, messages, strict=True))
    good = [pair for pair in pairs if not isinstance(pair[1], Undecodable)]
    letters = [
        dead_letter(TELEMETRY, partition, record, message.reason, to=partition)
        for record, message in pairs
        if isinstance(message, Undecodable)
    ]
    return Intake([record for record, _ in good], [message for _, message in good], letters, kinds)


def kind_of(message_type: type[Message]) -> str:
    """The kind by which a message says in the log what it is."""
    return cast("str", message_type.__struct_config__.tag)


def dead_letter(
    topic: Topic, partition: int, record: LogRecord, reason: str, *, to: int
) -> NewRecord:
    """The letter that keeps a record of ``topic`` which could not be processed."""
    value = record.value
    if value is not None and len(value) > MOST_VALUE_BYTES:
        reason = f"{reason} (value of {len(value)} bytes left out; see {topic.name})"
        value = None
    letter = DeadLetter(
        topic=topic.name,
        partition=partition,
        offset=record.offset,
        timestamp=record.timestamp,
        reason=reason,
        key=record.key,
        value=value,
    )
    return NewRecord(DEAD_LETTERS.name, record.key or _NO_KEY, encode(letter), to)
