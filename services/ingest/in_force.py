"""When each version of a thing holds. Pure."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NamedTuple

from services.contracts.reference import Deleted, HotSpot, Plan

NO_END = sys.maxsize


class Stretch(NamedTuple):
    """What holds from ``since`` until before ``until``, in epoch milliseconds."""

    since: int
    until: int
    message: HotSpot | Plan | Deleted

    def meets(self, since: int, until: int) -> bool:
        """Whether it holds at some time of another stretch."""
        return max(self.since, since) < min(self.until, until)


def end_of(plan: Plan) -> int:
    """When a plan ends by itself, in epoch milliseconds."""
    return NO_END if plan.effective_to is None else plan.effective_to


def stretches(versions: Sequence[HotSpot | Plan | Deleted]) -> list[Stretch]:
    """When each version of one thing holds, the last one first; ``versions`` by rising offset.

    A later one covers what came before it from its own time on, and what is covered stays so when
    a plan ends.
    """
    found = []
    covered = NO_END
    for message in reversed(versions):
        since = message.effective_from
        until = min(covered, end_of(message)) if isinstance(message, Plan) else covered
        if since < until:
            found.append(Stretch(since, until, message))
        covered = min(covered, since)
    return found
