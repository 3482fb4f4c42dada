"""How far the pipeline has come, and what is wrong with it in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

STALE_AFTER_MS = 10_000
"""Figures older than this are not shown as if they were of now."""


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The state of all partitions at ``now``; ``engine_time`` is the slowest one's.

    It is None while a partition has not said how far it has come. ``reason`` is set when stale.
    """

    now: int
    engine_time: int | None
    reason: str | None

    @property
    def age_ms(self) -> int | None:
        """How old the oldest figures are. An engine's clock may lead ours a little: then 0."""
        return None if self.engine_time is None else max(0, self.now - self.engine_time)

    @property
    def is_stale(self) -> bool:
        """Whether what is shown may be wrong by now."""
        return self.reason is not None


def reached_by_all(reached: Mapping[int, int]) -> int:
    """The engine time of the slowest partition, those left aside that are stale beside the fastest.

    One that stands still must not keep the others' alarms back.
    """
    fastest = max(reached.values())
    return min(each for each in reached.values() if each >= fastest - STALE_AFTER_MS)


def pipeline(reached: Mapping[int, int], partitions: int, now: int) -> Pipeline:
    """The state of ``partitions`` partitions, each with the engine time it has ``reached``."""
    silent = [each for each in range(partitions) if each not in reached]
    if silent:
        return Pipeline(
            now, None, _told("has reported nothing in the last hour", silent, partitions)
        )
    slowest = min(reached.values())
    behind = [each for each in range(partitions) if now - reached[each] > STALE_AFTER_MS]
    if not behind:
        return Pipeline(now, slowest, None)
    how_far = f"is {(now - slowest) // 1000} s behind"
    return Pipeline(now, slowest, _told(how_far, behind, partitions))


def _told(what: str, where: list[int], partitions: int) -> str:
    if len(where) == partitions:
        return f"geofence {what}"
    if len(where) == 1:
        return f"geofence partition {where[0]} {what}"
    return f"geofence {what} on partitions {', '.join(str(each) for each in where)}"
