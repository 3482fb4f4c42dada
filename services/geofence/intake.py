"""Records as read become messages to step through, and dead letters for what is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from services.contracts.codec import Undecodable, decode_all, encode
from services.contracts.message import Message
from services.contracts.recovery import CHECKPOINT_KEY, DeadLetter
from services.contracts.telemetry import Telemetry
from services.contracts.topics import DEAD_LETTERS, TELEMETRY, Topic
from services.eventlog.limits import LARGEST_BYTES
from services.eventlog.port import LogRecord, NewRecord

LONGEST_KEY_BYTES = 255
"""Of a radio or an instance; a longer key is nobody's, and is quoted in the letter alone."""
LONGEST_REASON = 300
"""In characters: a decoder may quote a whole record as the kind that it does not know."""
_NO_KEY = b"~"
_UNREADABLE = "undecodable"
_RESERVED = Undecodable(f"the radio_id {CHECKPOINT_KEY} is reserved - at `$.radio_id`")


@dataclass(frozen=True, slots=True)
class Intake:
    """A batch made ready: ``records[i]`` holds ``messages[i]``; ``letters`` are for the rest."""

    records: Sequence[LogRecord]
    messages: Sequence[Telemetry]
    letters: list[NewRecord]
    kinds: Counter[str]


def take_in(partition: int, records: Sequence[LogRecord]) -> Intake:
    """Decode a batch of telemetry."""
    messages = understand([record.value for record in records])
    by_type = Counter(map(type, messages))
    unreadable = by_type.pop(Undecodable, 0)
    kinds = Counter({kind_of(type_): count for type_, count in by_type.items()})
    whole = Intake(records, messages, [], kinds)
    if not unreadable:
        return whole
    kinds[_UNREADABLE] = unreadable
    reasons = {
        record.offset: message.reason
        for record, message in zip(records, messages, strict=True)
        if isinstance(message, Undecodable)
    }
    return without(whole, partition, reasons)


def without(intake: Intake, partition: int, reasons: Mapping[int, str]) -> Intake:
    """The intake without the records at these offsets, and a letter with the reason for each."""
    refused = [record for record in intake.records if record.offset in reasons]
    letters = [
        dead_letter(TELEMETRY, partition, record, reasons[record.offset], to=partition)
        for record in refused
    ]
    pairs = zip(intake.records, intake.messages, strict=True)
    good = [(record, message) for record, message in pairs if record.offset not in reasons]
    return Intake(
        [record for record, _ in good],
        [message for _, message in good],
        [*intake.letters, *letters],
        intake.kinds,
    )


def understand(values: Sequence[bytes | None]) -> list[Any]:
    """What each value of ``telemetry`` says, or Undecodable where no engine may be given it."""
    messages = decode_all(TELEMETRY.name, values)
    if CHECKPOINT_KEY in {getattr(message, "radio_id", None) for message in messages}:
        # Its snapshot would take the checkpoint's place in the compacted topic.
        return [
            _RESERVED if getattr(message, "radio_id", None) == CHECKPOINT_KEY else message
            for message in messages
        ]
    return messages


def kind_of(message_type: type[Message]) -> str:
    """The kind by which a message says in the log what it is."""
    return cast("str", message_type.__struct_config__.tag)


def dead_letter(
    topic: Topic, partition: int, record: LogRecord, reason: str, *, to: int
) -> NewRecord:
    """The letter that keeps a record of ``topic`` which could not be processed.

    It always fits the log, or it would block its partition: a record larger than stepsix itself
    appends, which an operator may have placed, is left out and the letter says where it lies.
    """
    reason = reason if len(reason) <= LONGEST_REASON else f"{reason[:LONGEST_REASON]}..."
    key, value, left_out = record.key, record.value, 0
    short_key = key if key and len(key) <= LONGEST_KEY_BYTES else None
    size = len(key or b"") + len(value or b"")
    if size > LARGEST_BYTES:
        where = f"{topic.name} {partition}:{record.offset}"
        reason += f" (its {size:,} bytes are left out here; see {where})"
        key, value, left_out = short_key, None, size
    letter = DeadLetter(
        topic=topic.name,
        partition=partition,
        offset=record.offset,
        timestamp=record.timestamp,
        reason=reason,
        key=key,
        value=value,
        left_out=left_out,
    )
    return NewRecord(DEAD_LETTERS.name, short_key or _NO_KEY, encode(letter), to)
