"""Time spent somewhere as three sets: for sure, as estimated, and at most. Pure.

A visit's uncertainty lies at its ends: half of what the low bound lacks is taken off at each end,
half of what the high bound adds is put on at each. So the length of each set is the visit's low,
estimate and high, and radios that were there together are united without counting time twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from services.contracts.days import Span
from services.contracts.derived import Bounds, Visit
from services.metrics.lasting import end_of
from services.metrics.spans import (
    Spans,
    common,
    length_ms,
    trimmed,
    union,
    widened,
    without,
)


class Presence(NamedTuple):
    """Time spent somewhere; each set lies in the next one."""

    low: Spans
    estimate: Spans
    high: Spans

    def within(self, spans: Spans) -> Presence:
        """What of it lies in some stretches."""
        return Presence(*(common(each, spans) for each in self))

    def without(self, spans: Spans) -> Presence:
        """What of it does not."""
        return Presence(*(without(each, spans) for each in self))

    @property
    def bounds(self) -> Bounds:
        """How much time it is."""
        low, estimate, high = (length_ms(each) for each in self)
        return Bounds(low_ms=low, estimate_ms=estimate, high_ms=high)


def together(presences: Iterable[Presence]) -> Presence:
    """The time in which at least one was there."""
    several = list(presences)
    return Presence(*(union(span for each in several for span in each[at]) for at in range(3)))


def halves(ms: int) -> tuple[int, int]:
    """A duration in two parts."""
    return ms // 2, ms - ms // 2


def presence_of(visit: Visit, unknown: Spans) -> Presence:
    """The time of a visit, given the unknown time of its radio.

    Where that does not say where the visit's unknown time lies, it is taken to be the last of it.
    """
    whole = union([Span(visit.entered_at, end_of(visit))])
    known = without(whole, unknown)
    if length_ms(known) != visit.duration_ms:
        known = trimmed(whole, 0, length_ms(whole) - visit.duration_ms)
    lacking = max(0, length_ms(known) - visit.low_ms)
    adding = max(0, visit.high_ms - length_ms(known))
    return Presence(
        trimmed(known, *halves(lacking)),
        known,
        widened(known or (Span(visit.entered_at, visit.entered_at),), *halves(adding)),
    )
