"""Officers' statuses, by when each was given, and which of them held while a visit lasted.

A status holds from its own time, whenever it came, until the next one, and for a day at most: so
whoever reads a day before a visit knows as much of it as who was there all along.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from services.contracts.derived import StatusSpan

HOLDS_MS = 24 * 3_600_000
MOST = 200
"""Of how many a visit tells, and a unit keeps, the newest: a log record has to hold them."""


class Given(NamedTuple):
    """A status and since when it holds, in epoch milliseconds."""

    at: int
    status: str


def put(given: list[Given], at: int, status: str) -> None:
    """Put one in its place; of one time the last one put holds."""
    place = bisect_right(given, at, key=_at)
    if place and given[place - 1].at == at:
        given[place - 1] = Given(at, status)
        return
    given.insert(place, Given(at, status))
    if len(given) % MOST == 0:
        given[:] = _without_repeats(given)


def forget(given: list[Given], before: int) -> None:
    """Drop those that held only before a time."""
    del given[: max(0, bisect_right(given, before, key=_at) - 1)]


def held(given: Sequence[Given], since: int, until: int) -> list[StatusSpan]:
    """Those that held in ``[since, until]``, cut to it, in order; at a moment, the one of then."""
    spans: list[StatusSpan] = []
    end = max(until, since + 1)
    first = max(0, bisect_right(given, since, key=_at) - 1)
    for place in range(first, len(given)):
        at, status = given[place]
        over = at + HOLDS_MS
        if place + 1 < len(given):
            over = min(over, given[place + 1].at)
        begins, ends = max(at, since), min(over, end)
        if begins >= ends:
            continue
        if spans and spans[-1].status == status and spans[-1].until == begins:
            begins = spans.pop().since
        spans.append(StatusSpan(status=status, since=begins, until=min(ends, until)))
    return spans[-MOST:]


def _without_repeats(given: Sequence[Given]) -> list[Given]:
    """The first and the last of what is only said again and again: they hold as long as all."""
    first = given[0]
    kept = [first]
    for each in given[1:]:
        if each.status != first.status or each.at - first.at > HOLDS_MS:
            first = each
            kept.append(each)
        elif kept[-1] is first:
            kept.append(each)
        else:
            kept[-1] = each
    return kept


def _at(given: Given) -> int:
    return given.at
