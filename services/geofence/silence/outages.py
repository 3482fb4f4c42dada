"""What is our own fault or a source's: told by the ticks, and known alike in every partition."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from services.contracts.derived import Signal
from services.contracts.telemetry import Tick
from services.geofence.silence.episode import Episode, Now, signal_of
from services.geofence.silence.patience import Patience, PatienceOf
from services.geofence.silence.pipeline import Pipeline
from services.geofence.silence.sources import Sources


class Awaited(msgspec.Struct):
    """A radio on duty of which nothing is heard, since when it is awaited, and its episode."""

    since: int
    episode: Episode | None = None


class Outages(msgspec.Struct):
    """Those of the pipeline, which come first, and those of the sources.

    Each counts as if everybody had been heard at its end (docs/decisions/0009-silence.md).
    ``awaited`` are the radios that nobody knows the source of (awaiting.py), and ``unclear_at`` is
    when they were last looked at while their silence could have been anybody's fault.
    """

    pipeline: Pipeline = msgspec.field(default_factory=Pipeline)
    sources: Sources = msgspec.field(default_factory=Sources)
    awaited: dict[str, Awaited] = {}
    unclear_at: int = 0

    def tick(self, tick: Tick, now: Now, patience_of: PatienceOf) -> list[Signal]:
        """Take in a tick: what is over or was missed."""
        signals = self.pipeline.tick(tick, now)
        self.sources.pardon(self.pipeline.over_since, now)
        return signals + self.sources.tick(tick, now, patience_of)

    def look(
        self, now: Now, patience_of: PatienceOf, expected: Callable[[str], bool]
    ) -> list[Signal]:
        """What has fallen silent by now. ``expected`` says whether anybody expects a source."""
        signals = self.pipeline.look(now)
        self.sources.pardon(self.pipeline.over_since, now)

        def counts(source: str) -> bool:
            return not self.pipeline.hangs(source) and expected(source)

        return signals + self.sources.look(now, patience_of, counts)

    def open_signals(self, now: Now) -> list[Signal]:
        """Those that go on, as they would be told now."""
        awaited = [
            signal_of(radio_id, each.episode, now, over=False)
            for radio_id, each in sorted(self.awaited.items())
            if each.episode is not None
        ]
        return self.pipeline.open_signals(now) + self.sources.open_signals(now) + awaited

    def over_since(self, source: str) -> int:
        """When the last outage was over that concerned a source."""
        return max(self.pipeline.over_since(source), self.sources.over_since(source))

    @property
    def clear_since(self) -> int:
        """Since when the silence of a radio of no known source is no outage's."""
        return max(self.pipeline.resumed_at, self.unclear_at)

    def may_be_anybody(self, patience_of: PatienceOf, time: int) -> bool:
        """Whether the silence of a radio of no known source may be ours, or all the sources'."""
        return self.pipeline.hangs_anywhere or self.sources.are_suspected(patience_of, time)

    def holds(self, source: str, patience: Patience, time: int) -> bool:
        """Whether the silence of a source's radio may be its source's or ours."""
        return self.pipeline.hangs(source) or self.sources.is_suspected(source, patience, time)
