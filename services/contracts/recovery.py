"""What lets a partition be taken over: ``geofence-state`` and ``dead-letters``.

The bodies are the engine's own and opaque here; ``format`` says whether this release reads them.
"""

from __future__ import annotations

import msgspec

from services.contracts.message import Message

CHECKPOINT_KEY = "~checkpoint"
"""The reserved key of a partition's checkpoint. ``~`` cannot start a radio id."""


class UnitSnapshot(Message, frozen=True, kw_only=True, tag="unit"):
    """One unit's state as it was when every record below ``offset`` had been processed."""

    format: int
    radio_id: str
    offset: int
    body: msgspec.Raw


class Checkpoint(Message, frozen=True, kw_only=True, tag="checkpoint"):
    """How far a partition is committed, and from where its units are restored.

    ``committed`` is C, the next record to process; ``round_start`` is S, the start of the last
    complete round of unit snapshots, and ``body`` the engine's own state as it was there.
    ``outages`` is what it knows of outages as at C: that hangs on all units together, whose
    snapshots are of many ages, so it is not replayed.
    """

    format: int
    committed: int
    round_start: int
    body: msgspec.Raw
    outages: msgspec.Raw = msgspec.Raw(b"null")


class DeadLetter(Message, frozen=True, kw_only=True, tag="dead-letter"):
    """A record that could not be processed, with the reason; bytes are Base64.

    It is quoted whole, unless ``left_out`` says how many bytes it has: one so large lies nowhere
    but where it was, at ``offset`` of ``partition`` of ``topic``. ``timestamp`` is its own.
    """

    topic: str
    partition: int
    offset: int
    timestamp: int
    reason: str
    key: bytes | None = None
    value: bytes | None = None
    left_out: int = 0
