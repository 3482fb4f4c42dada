"""Messages to bytes and back: JSON by msgspec (docs/decisions/0001-codec.md).

A batch is decoded on the assumption that all of it is well; where it is not, again record by
record, so that one bad record costs nobody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec

from services.contracts.message import Message
from services.contracts.topics import BY_NAME

_encoder = msgspec.json.Encoder()
_POISON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""Not JSON, not UTF-8, nested too deeply."""


@dataclass(frozen=True, slots=True)
class Undecodable:
    """A record that is not a message of its topic, and why."""

    reason: str


def encode(message: Message) -> bytes:
    """The message as it stands in the log."""
    return _encoder.encode(message)


def decode(topic: str, value: bytes | None) -> Message | Undecodable:
    """The message in one record's value, or why there is none."""
    if value is None:
        return Undecodable("the record has no value")
    try:
        return _decoder(topic).decode(value)  # type: ignore[no-any-return]
    except _POISON as error:
        return Undecodable(str(error))


def decode_all(topic: str, values: Sequence[bytes | None]) -> list[Any]:
    """Each value's message, or Undecodable in its place; as long as ``values``."""
    decode_one = _decoder(topic).decode
    try:
        return [decode_one(value) for value in values]  # type: ignore[arg-type]
    except (*_POISON, TypeError):
        return [decode(topic, value) for value in values]


@cache
def _decoder(topic: str) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(BY_NAME[topic].messages)
