"""Where each partition of this process stands, for health and metrics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.contracts.topics import TELEMETRY
from services.edge.health import Readiness


@dataclass(slots=True)
class Standing:
    """One partition's. Its task writes it; ``end`` is telemetry's, as last looked up.

    ``trouble`` says in words why the partition does not go on, and is None while it does.
    ``replaying`` is how many records a restore has still to replay, None where that is not known.
    """

    restored: bool = False
    offset: int = 0
    end: int = 0
    engine_time: int = 0
    trouble: str | None = None
    replaying: int | None = None

    def taking_up(self) -> None:
        """Note that the partition is about to be restored."""
        self.replaying = None

    def replayed(self, left: int) -> None:
        """Note how many records are still to be replayed."""
        self.replaying = left

    def took_up(self, offset: int, engine_time: int) -> None:
        """Note that the partition has been restored and goes on from there."""
        self.restored, self.trouble = True, None
        self.committed(offset, engine_time)

    def committed(self, offset: int, engine_time: int) -> None:
        """Note how far the partition is committed."""
        self.offset, self.engine_time = offset, engine_time

    @property
    def lag(self) -> int:
        """How many records are not processed and committed yet."""
        return max(0, self.end - self.offset)


def readiness(
    standings: Mapping[int, Standing], *, was_ready: bool, trouble: str | None
) -> Readiness:
    """Ready once every partition of this process has been restored; from then on for good.

    ``trouble`` is what is wrong with the log for all of them.
    """
    ordered = sorted(standings.items())
    reasons = [trouble] if trouble else []
    reasons += [f"{_named(where)}: {why}" for why, where in _troubles(ordered).items()]
    lag = {str(partition): standing.lag for partition, standing in ordered if standing.restored}
    restored = bool(ordered) and all(standing.restored for _, standing in ordered)
    if not ordered and not reasons:
        reasons = ["waiting for partitions"]
    return Readiness(was_ready or restored, {TELEMETRY.name: lag}, "; ".join(reasons) or None)


def _troubles(ordered: Iterable[tuple[int, Standing]]) -> dict[str, list[int]]:
    """Why partitions do not go on, and which: mostly several for the same reason."""
    troubles: dict[str, list[int]] = {}
    for partition, standing in ordered:
        if standing.trouble or not standing.restored:
            troubles.setdefault(standing.trouble or _restoring(standing), []).append(partition)
    return troubles


def _named(partitions: list[int]) -> str:
    plural = "s" if len(partitions) > 1 else ""
    return f"partition{plural} {', '.join(str(each) for each in partitions)}"


def _restoring(standing: Standing) -> str:
    left = standing.replaying
    return "restoring" if left is None else f"restoring, {left:,} records to go"
