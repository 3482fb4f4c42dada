"""How large a record may be, on every log alike."""

from __future__ import annotations

from services.contracts.topics import DEAD_LETTERS, Topic
from services.eventlog.port import NewRecord, TooLarge

LARGEST_BYTES = 1024 * 1024
"""Key and value together. A boundary of 20,000 corners fits; no ping comes near."""

LARGEST_DEAD_LETTER_BYTES = 2 * LARGEST_BYTES
"""A dead letter holds any record whole, a third longer for being Base64."""


def largest(topic: Topic) -> int:
    """The most bytes of key and value together that a record of this topic may have."""
    return LARGEST_DEAD_LETTER_BYTES if topic is DEAD_LETTERS else LARGEST_BYTES


def refuse_too_large(record: NewRecord, most: int) -> None:
    """Raise TooLarge when the record has more than ``most`` bytes of key and value."""
    size = len(record.key) + len(record.value or b"")
    if size > most:
        key = record.key[:64].decode(errors="replace")
        message = (
            f"the record {key!r} for {record.topic} has {size:,} bytes, at most {most:,} are"
            " taken: make it smaller"
        )
        raise TooLarge(message)
