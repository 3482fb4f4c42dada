"""The ticks of a world: of each ingest instance that is there, each second."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from services.contracts.telemetry import Tick
from tests.support.square import NOON
from tests.truth.signals.force import Unit
from tests.truth.signals.instances import Instances, Life
from tests.truth.signals.pings import Pings
from tests.truth.signals.places import Ints
from tests.truth.signals.worlds import MINUTE_MS, Span, World

SECOND_MS = 1_000
APART_MS = 137
"""Between two instances' ticks."""
LATELY_MS = 15 * MINUTE_MS


class Heartbeats:
    """What each instance says of the sources it heard. ``reference_offset`` is the same all day."""

    def __init__(
        self, world: World, force: list[Unit], pings: Pings, reference_offset: int
    ) -> None:
        self._names = [source.name for source in world.sources]
        self._reference_offset = reference_offset
        sources = np.array([self._names.index(unit.source.name) for unit in force])
        instances = Instances(world)
        self._hearing: list[_Hearing] = []
        for number, lives in enumerate(instances.lives):
            own = pings.where(pings.instance == number)
            self._hearing += [
                _Hearing(own, sources, life, instances.hung[number], number) for life in lives
            ]

    def within(self, minute: Span) -> Iterator[tuple[int, Tick]]:
        """The ticks of a minute, and when each comes into the log."""
        for hearing in self._hearing:
            at = hearing.beats(minute)
            if not at:
                continue
            radios = dict(zip(self._names, hearing.radios(at[0]), strict=True))
            for time, *last in zip(at, *hearing.heard(at), strict=True):
                sources = {
                    name: NOON + when
                    for name, when in zip(self._names, last, strict=True)
                    if when >= 0
                }
                yield (
                    time,
                    Tick(
                        instance=hearing.life.name,
                        at=NOON + time,
                        reference_offset=self._reference_offset,
                        sources=sources,
                        radios={name: radios[name] for name in sources},
                        farewell=hearing.life.farewell and time == hearing.life.span.until,
                    ),
                )


class _Hearing:
    """What one life of an instance hears."""

    def __init__(
        self, pings: Pings, sources: Ints, life: Life, hung: list[Span], number: int
    ) -> None:
        """``sources`` has that of each unit."""
        lived = (life.span.since <= pings.at) & (pings.at < life.span.until)
        self.life = life
        self._at, self._unit = pings.at[lived], pings.unit[lived]
        self._sources = sources
        source = sources[self._unit]
        self._heard = [
            np.concatenate([[-1], self._at[source == each]]) for each in range(sources.max() + 1)
        ]
        self._hung = hung
        self._phase = number * APART_MS

    def beats(self, minute: Span) -> list[int]:
        """When it ticks; a farewell is its last."""
        since, until = self.life.span
        beats = [
            at
            for at in range(minute.since + self._phase, minute.until, SECOND_MS)
            if since <= at < until and not any(span.since <= at < span.until for span in self._hung)
        ]
        if self.life.farewell and minute.since <= until < minute.until:
            beats.append(until)
        return beats

    def heard(self, at: list[int]) -> list[list[int]]:
        """By source, when it had last heard it at each of the times; -1 for never."""
        return [heard[np.searchsorted(heard, at) - 1].tolist() for heard in self._heard]

    def radios(self, at: int) -> list[int]:
        """For how many radios it heard each source lately."""
        since, until = np.searchsorted(self._at, [at - LATELY_MS, at])
        lately = np.zeros(len(self._sources), dtype=bool)
        lately[self._unit[since:until]] = True
        counts: list[int] = np.bincount(self._sources[lately], minlength=len(self._heard)).tolist()
        return counts
