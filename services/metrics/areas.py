"""Areas of silence: what is unexpected of one radio and explained by the others. Pure.

Each partition declares for its own radios, so only who sees them all can tell:

1. The unexpected loss of a radio is held for five seconds of engine time, in which the partitions
   tell of the others.
2. Then it joins an area that goes on there; or it makes one with others that fell silent at once
   (recognition.py), which may have been told before; or it stands alone, and alarms.
3. An area is over once half of its radios were heard again.

Decisions are made as of when they were due, and in order of that. So what was decided is decided
again after a restart, except by the word of radios that have moved since or were overdue and not
lost, for only the last position of the last hour is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import heappop, heappush

from services.contracts.derived import Signal
from services.metrics.area import Area, new_area
from services.metrics.losses import LONGEST_MS, Losses
from services.metrics.places import is_there
from services.metrics.recognition import Silent, area_of, overdue
from services.metrics.whereabouts import Town

HELD_MS = 5_000


@dataclass(slots=True)
class Decided:
    """The ids of the losses that were decided or whose cause has changed, and the areas told."""

    losses: set[str] = field(default_factory=set)
    areas: dict[str, Area] = field(default_factory=dict)

    def tell(self, area: Area) -> None:
        """Let an area be told once more."""
        area.revision += 1
        self.areas[area.episode_id] = area


class Areas:
    """Which losses are held, and which areas the others make."""

    def __init__(self) -> None:
        self._losses = Losses()
        self._held: list[tuple[int, str]] = []
        self._decided: set[str] = set()
        self._areas: list[Area] = []
        self._area_of: dict[str, Area] = {}
        self._shrunk: list[Area] = []

    def take(self, signal: Signal) -> None:
        """Take in an unexpected loss, or that it is over."""
        self._losses.take(signal)

    def let_go(self, signal: Signal) -> None:
        """Leave out a loss that is explained, also one that was taken in before."""
        self._drop(signal.episode_id)
        self._shrunk += [area for area in self._areas if area.leave_out(signal)]

    def is_held(self, episode_id: str) -> bool:
        """Whether it is still open whose fault an unexpected loss is."""
        return episode_id not in self._decided

    def has(self, episode_id: str) -> bool:
        """Whether a loss is part of an area."""
        return episode_id in self._area_of

    def review(self, time: int, town: Town) -> Decided:
        """Decide what is due at an engine time that the partitions have reached."""
        decided = Decided()
        for area in self._shrunk:
            decided.tell(area)
        self._shrunk.clear()
        for signal in self._losses.admit(town):
            heappush(self._held, (signal.declared_at + HELD_MS, signal.episode_id))
        while self._held and self._held[0][0] <= time:
            at, episode_id = heappop(self._held)
            self._close(at, town, decided)
            if (silent := self._losses.get(episode_id)) is not None:
                self._decide(episode_id, silent, at, town, decided)
        self._close(time, town, decided)
        return decided

    def forget(self, kept_from: int, episode_ids: Iterable[str]) -> None:
        """Drop losses that are no longer kept, and areas that were over by then."""
        for episode_id in episode_ids:
            self._drop(episode_id)
        self._areas = [each for each in self._areas if each.goes_on(kept_from)]
        self._losses.forget(kept_from)

    def _drop(self, episode_id: str) -> None:
        self._losses.drop(episode_id)
        self._area_of.pop(episode_id, None)
        self._decided.discard(episode_id)

    def _decide(
        self, episode_id: str, silent: Silent, at: int, town: Town, decided: Decided
    ) -> None:
        self._decided.add(episode_id)
        decided.losses.add(episode_id)
        if episode_id in self._area_of:
            return
        there = (each for each in self._areas if is_there(each.place, silent.place))
        area = next((each for each in there if each.goes_on(at)), None)
        if area is not None:
            self._join(area, [silent], decided)
            return
        # One that was heard again while it was held is judged as of just before.
        as_of = at if silent.heard_at is None else min(at, silent.heard_at - 1)
        lost = list(self._losses.around(silent, as_of))
        names = {silent.radio_id, *(each.radio_id for each in lost)}
        # Whoever was lost then says nothing of the mast by having been heard since.
        about = town.around(silent.place, silent.last_heard_at - LONGEST_MS)
        others = [each for each in about if each.radio_id not in names]
        missed = [overdue(each) for each in others if each.is_overdue(as_of)]
        alone = [each for each in lost if each.episode_id not in self._area_of]
        found = area_of(silent, [*alone, *missed], others, as_of)
        if found:
            area = new_area(found, at - HELD_MS)
            self._areas.append(area)
            self._join(area, found, decided)

    def _join(self, area: Area, silent: list[Silent], decided: Decided) -> None:
        area.add(silent)
        for each in silent:
            if each.episode_id is not None:
                self._area_of[each.episode_id] = area
                self._decided.add(each.episode_id)
                decided.losses.add(each.episode_id)
        decided.tell(area)

    def _close(self, at: int, town: Town, decided: Decided) -> None:
        """End the areas of whose radios half had been heard again by a time."""
        for area in self._areas:
            if area.ended_at is not None:
                continue
            area.hear(town)
            ended_at = area.half_heard_at if area.members else at
            if ended_at is not None and ended_at <= at:
                area.ended_at = ended_at
                decided.tell(area)
