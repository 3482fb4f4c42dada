"""Pairing: which of the visits as they are now is which of those that were told before.

By the greatest overlap, of equal ones the earliest first: so a visit keeps its identity, and what
people have said of it stays with it, though a late fix moved its edges. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Span(NamedTuple):
    """From when to when a visit lasted, in epoch milliseconds."""

    start: int
    end: int


def pair(old: Sequence[Span], new: Sequence[Span]) -> dict[int, int]:
    """Pair visits of one place: the index of a new one to that of the old one it is.

    Two that do not even touch are no pair.
    """
    overlaps = sorted(
        (-(min(after.end, before.end) - max(after.start, before.start)), before, after, i, j)
        for i, after in enumerate(new)
        for j, before in enumerate(old)
        if min(after.end, before.end) >= max(after.start, before.start)
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in overlaps:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs
