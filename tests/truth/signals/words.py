"""What is said besides pings: statuses, and why a radio is about to be silent."""

from __future__ import annotations

from itertools import cycle
from typing import NamedTuple

from services.contracts.telemetry import Presence, Status
from tests.support.square import NOON
from tests.truth.signals.force import Unit
from tests.truth.signals.happenings import Happened

REASONS = ("power_off", "low_battery", "direct_mode", "transmit_inhibited", "service_lost")
REASONS_BY_NUMBER = ("1", "12", "8", "5", "10")
"""The same in ETSI TS 100 392-18-1."""
AFTER_MS = 2_000
"""A radio's last word comes after its last ping."""


class Word(NamedTuple):
    """A message in the log at a time, in milliseconds since the world began; of which unit."""

    at: int
    unit: int
    message: Presence | Status


def words_of(force: list[Unit], happened: dict[int, Happened]) -> list[Word]:
    """All that is said, in order."""
    reasons = cycle([*REASONS, *REASONS_BY_NUMBER])
    words: list[Word] = []
    for place, what in sorted(happened.items()):
        unit, (since, until) = force[place], what.span
        if what.kind == "said_why":
            at = since + AFTER_MS
            words.append(Word(at, place, _presence(unit, at, at, next(reasons))))
        elif what.kind == "said_late":
            at = what.said_at
            words.append(Word(at, place, _presence(unit, at, since, next(reasons))))
        elif what.kind == "booked_off":
            words.append(Word(what.said_at, place, _status(unit, what.said_at, "off_duty")))
            words.append(Word(until, place, _status(unit, until, "on_duty")))
        elif what.kind == "emergency":
            at = since - AFTER_MS
            words.append(Word(at, place, _status(unit, at, "emergency")))
            words.append(Word(until, place, _status(unit, until, "on_patrol")))
    return sorted(words, key=lambda word: word.at)


def _presence(unit: Unit, at: int, sent_at: int, reason: str) -> Presence:
    return Presence(
        radio_id=unit.radio_id,
        source=unit.source.name,
        received_at=NOON + at,
        sent_at=NOON + sent_at,
        reason=reason,
        cell_id=f"mast-{unit.mast}",
    )


def _status(unit: Unit, at: int, status: str) -> Status:
    return Status(
        radio_id=unit.radio_id,
        source=unit.source.name,
        status=status,
        at=NOON + at,
        received_at=NOON + at,
    )
