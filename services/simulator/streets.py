"""Streets: where an officer can walk, and the shortest way from one place to another.

A flat town in metres, east and north of its own centre: it is small enough that this is exact to
a few centimetres.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Container, Iterable
from typing import NamedTuple


class Point(NamedTuple):
    """A place: metres east (``x``) and north (``y``) of the town's centre."""

    x: float
    y: float

    def towards(self, other: Point, share: float) -> Point:
        """The point that lies ``share`` (0 to 1) of the way to ``other``."""
        return Point(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)


class Streets:
    """A network of straight stretches between numbered corners."""

    def __init__(self, corners: Iterable[Point], stretches: Iterable[tuple[int, int]]) -> None:
        self.corners = tuple(corners)
        self.stretches = tuple(stretches)
        neighbours: list[list[int]] = [[] for _ in self.corners]
        for a, b in self.stretches:
            neighbours[a].append(b)
            neighbours[b].append(a)
        self.neighbours = tuple(tuple(sorted(each)) for each in neighbours)

    def metres(self, a: int, b: int) -> float:
        """The straight distance between two corners."""
        return math.dist(self.corners[a], self.corners[b])

    def largest_part(self, corners: Iterable[int]) -> frozenset[int]:
        """The most of these corners that can be walked between without leaving them."""
        left = set(corners)
        largest: set[int] = set()
        while left:
            part, edge = set[int](), {min(left)}
            while edge:
                part |= edge
                around = {after for corner in edge for after in self.neighbours[corner]}
                edge = (around & left) - part
            left -= part
            largest = max(largest, part, key=len)
        return frozenset(largest)

    def way(self, start: int, goals: Container[int]) -> list[int]:
        """The corners to pass on the shortest way to the nearest of ``goals``, that one last.

        Empty when ``start`` is itself a goal. Raises LookupError where no way leads there.
        Dijkstra's algorithm.
        """
        came_from: dict[int, int] = {start: start}
        shortest = {start: 0.0}
        frontier = [(0.0, start)]
        while frontier:
            so_far, corner = heapq.heappop(frontier)
            if corner in goals:
                return _steps(came_from, start, corner)
            for after in self.neighbours[corner]:
                length = so_far + self.metres(corner, after)
                if length < shortest.get(after, math.inf):
                    shortest[after] = length
                    came_from[after] = corner
                    heapq.heappush(frontier, (length, after))
        msg = f"no street leads from corner {start} to {goals}"
        raise LookupError(msg)


def _steps(came_from: dict[int, int], start: int, goal: int) -> list[int]:
    steps = []
    while goal != start:
        steps.append(goal)
        goal = came_from[goal]
    return steps[::-1]
