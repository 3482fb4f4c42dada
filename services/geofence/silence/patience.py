"""How long a radio may be silent before that means something."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from services.contracts.reference import Deleted, Radio, Source
from services.contracts.register import Register
from services.geofence.zone import FOREVER

INTERVALS_TO_SILENCE = 3
LEAST_SILENCE_S = 90.0


class Patience(NamedTuple):
    """Of one radio through one source, in milliseconds.

    ``interval`` is how often it is expected, and ``silence`` for how long it may not be heard.
    """

    interval: int
    silence: int

    @property
    def suspicion(self) -> int:
        """After how long the silence of a whole source is no chance.

        Less than two intervals: the first of its radios is missed two after the source's end.
        """
        return self.silence // 2


PatienceOf = Callable[[str], Patience]
"""With a source as a whole, now."""


def patience(register: Register, radio_id: str, source: str, at: int) -> Patience:
    """Of a radio, by what is set for it and for its source at a time."""
    settings = register.source_or_usual(source, at)
    return _of(settings, register.expected_interval_s(radio_id, source, at))


def source_patience(register: Register, source: str, at: int) -> Patience:
    """Of a source as a whole."""
    settings = register.source_or_usual(source, at)
    return _of(settings, settings.expected_interval_s)


def holds_until(register: Register, radio_id: str, source: str, at: int) -> int:
    """When what is set for a radio or its source changes by itself; FOREVER where it does not."""
    versions = (*register.versions(f"radio/{radio_id}"), *register.versions(f"source/{source}"))
    begins = (
        version.message.effective_from
        for version in versions
        if isinstance(version.message, Radio | Source | Deleted)
    )
    return min((begin for begin in begins if begin > at), default=FOREVER)


def _of(settings: Source, interval_s: float) -> Patience:
    """A source that reports by distance is silent while an officer walks a small place."""
    if settings.reporting == "distance" and settings.periodic_max_s is not None:
        interval_s = max(interval_s, settings.periodic_max_s)
    silence_s = settings.silence_after_s
    if silence_s is None:
        silence_s = max(INTERVALS_TO_SILENCE * interval_s, LEAST_SILENCE_S)
    return Patience(round(interval_s * 1000), round(silence_s * 1000))
