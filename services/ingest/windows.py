"""The windows of a plan on the clock of a force's day. Pure.

A window belongs to the day in which it starts; one that ends at or before its start on the clock
ends in the next day. Here every day has 24 hours: whether a plan is possible must not hang on the
two nights on which the clocks change.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from itertools import pairwise
from typing import NamedTuple, Protocol

DAY_MINUTES = 1440


class Clocked(Protocol):
    """What lasts from one clock time, ``hh:mm``, to another."""

    @property
    def since(self) -> str:
        """When it starts."""

    @property
    def until(self) -> str:
        """When it ends."""


class _Span(NamedTuple):
    """Minutes from the start of the day in which a window starts, and how it reads."""

    start: int
    end: int
    words: str


def length_minutes(window: Clocked) -> int:
    """How long a window lasts, in minutes: a day where it ends when it starts."""
    return (_minutes(window.until) - _minutes(window.since) - 1) % DAY_MINUTES + 1


def words_of(window: Clocked) -> str:
    """How a window is named to people."""
    return f"{window.since} to {window.until}"


def overlap(windows: Iterable[Clocked], day_starts: time, *, daily: bool) -> str | None:
    """Two windows that overlap, in words; None where none do.

    ``daily`` says that the day after one of these days may be one too, so that the last window of
    the one must be over before the first of the other.
    """
    starts = 60 * day_starts.hour + day_starts.minute
    spans = sorted(_span(window, starts) for window in windows)
    for before, after in pairwise(spans):
        if after.start < before.end:
            return f"{before.words} and {after.words} overlap"
    if daily and spans and spans[0].start + DAY_MINUTES < spans[-1].end:
        return f"{spans[-1].words} overlaps {spans[0].words} of the next day"
    return None


def _span(window: Clocked, day_starts: int) -> _Span:
    start = (_minutes(window.since) - day_starts) % DAY_MINUTES
    return _Span(start, start + length_minutes(window), words_of(window))


def _minutes(clock: str) -> int:
    return 60 * int(clock[:2]) + int(clock[3:])
