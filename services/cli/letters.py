"""Dead letters: what each is about, and the record that replays it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from services.contracts.codec import Undecodable, encode
from services.contracts.people import Audit
from services.contracts.recovery import DeadLetter
from services.contracts.telemetry import Tick
from services.contracts.topics import AUDIT, DEAD_LETTERS, TELEMETRY
from services.eventlog.limits import LARGEST_BYTES
from services.eventlog.port import NewRecord
from services.geofence.intake import understand

REPLAY = "replay"
"""The action of the record in ``audit`` that marks a letter as replayed."""
_PLACE = re.compile(r"([0-9]{1,9}):([0-9]{1,18})")


class NotReplayed(Exception):
    """A letter cannot be replayed; the message says why, and what to do instead."""


class Place(NamedTuple):
    """Where a letter lies in ``dead-letters``, which is its id: PARTITION:OFFSET."""

    partition: int
    offset: int

    def __str__(self) -> str:
        """As a person types it."""
        return f"{self.partition}:{self.offset}"


@dataclass(frozen=True, slots=True)
class Letter:
    """A dead letter, where it lies, and when it was written (epoch ms)."""

    place: Place
    at: int
    quoted: DeadLetter

    @property
    def size(self) -> int:
        """Bytes of the original's value; with its key where it was left out."""
        return self.quoted.left_out or len(self.quoted.value or b"")

    @property
    def kind(self) -> str | None:
        """The kind of message that the original says it is; None where that cannot be told."""
        try:
            return msgspec.json.decode(self.quoted.value or b"", type=_Kind).kind
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None

    @property
    def origin(self) -> str:
        """Where the original lay: its topic, partition and offset."""
        return f"{self.quoted.topic} {self.quoted.partition}:{self.quoted.offset}"


class _Kind(msgspec.Struct):
    kind: str


def place_of(text: str) -> Place:
    """The place that an id names. Raises ValueError, which says what an id looks like."""
    found = _PLACE.fullmatch(text)
    if found is None:
        msg = f"{text} is no id of a dead letter; give one such as 3:17, as the list shows it"
        raise ValueError(msg)
    return Place(int(found[1]), int(found[2]))


def replayed(letter: Letter, original: bytes | None) -> NewRecord:
    """The record that puts the letter's original onto its partition again.

    ``original`` is its value, from the letter or, where it was left out there, from the log. That
    one is larger than what may be appended: what this release reads of it goes in its stead.
    Raises NotReplayed, as for what this release cannot read either.
    """
    quoted = letter.quoted
    if quoted.topic != TELEMETRY.name:
        named = (quoted.key or b"").decode(errors="replace")
        msg = f"a record of {quoted.topic} is not replayed; PUT {named} again"
        raise NotReplayed(msg)
    [message] = understand([original])
    if isinstance(message, Undecodable):
        msg = f"this release cannot read it either: {message.reason}"
        raise NotReplayed(msg)
    key, value = quoted.key or b"", original
    if quoted.left_out:
        key, value = _key_of(message), encode(message)
    if len(key) + len(value or b"") > LARGEST_BYTES:
        msg = f"it has more than the {LARGEST_BYTES:,} bytes that may be appended"
        raise NotReplayed(msg)
    return NewRecord(TELEMETRY.name, key, value, quoted.partition)


def mark(place: Place, who: str, at: int) -> NewRecord:
    """The record of ``audit`` that says that a letter was replayed, by whom and when (ms)."""
    audit = Audit(who=who, action=REPLAY, what=f"{DEAD_LETTERS.name}/{place}", at=at)
    return NewRecord(AUDIT.name, who.encode(), encode(audit))


def marked(audit: Audit) -> Place | None:
    """The letter that a record of ``audit`` says was replayed; None where it says another thing."""
    topic, _, place = audit.what.partition("/")
    if audit.action != REPLAY or topic != DEAD_LETTERS.name:
        return None
    found = _PLACE.fullmatch(place)
    return Place(int(found[1]), int(found[2])) if found else None


def _key_of(message: object) -> bytes:
    name = message.instance if isinstance(message, Tick) else getattr(message, "radio_id", None)
    return (name or "").encode()
