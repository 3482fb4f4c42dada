"""All that metrics knows from the log, and what of it has changed. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from services.contracts.days import Days
from services.contracts.derived import Position, Progress, Settlement, Signal, Timesheet, Visit
from services.contracts.people import Feedback
from services.contracts.topics import FEEDBACK, POSITIONS, SIGNALS, TIMESHEETS, VISITS
from services.metrics.acknowledgements import Acknowledgements
from services.metrics.episodes import PIPELINE, Label, Subject
from services.metrics.pipeline import reached_by_all
from services.metrics.signals import Signals
from services.metrics.timesheets import Timesheets
from services.metrics.units import FORGOTTEN_AFTER_MS, IntervalOf, Units
from services.metrics.visits import Visits
from services.metrics.whereabouts import Town

SHEET_DAYS_KEPT = 8
"""Of timesheets, silence and acknowledgements: today and the seven days before."""

Derived = Visit | Timesheet | Position | Progress | Signal


@dataclass(slots=True)
class Changes:
    """The ids of what is no longer as it was last told, and what episodes were new among it."""

    units: set[str] = field(default_factory=set)
    visits: set[str] = field(default_factory=set)
    hotspots: set[str] = field(default_factory=set)
    episodes: set[str] = field(default_factory=set)
    declared: list[Label] = field(default_factory=list)


class Projection:
    """Visits, timesheets, units, silence, what was acknowledged and each partition's engine time.

    ``reached`` has the latter by partition, in epoch milliseconds.
    """

    def __init__(self, days: Days) -> None:
        self._days = days
        self.visits = Visits(days)
        self.timesheets = Timesheets()
        self.units = Units()
        self.signals = Signals()
        self.acknowledgements = Acknowledgements()
        self.reached: dict[int, int] = {}
        self.partitions = 0
        """How many there are; known once the log is followed."""
        self._changes = Changes()
        self._source_of: dict[str, str] = {}

    @property
    def kept_from(self) -> int:
        """From when on all visits are known, in epoch milliseconds."""
        return self.visits.kept_from

    def apply(self, partition: int, message: Derived) -> None:
        """Fold in one message of a partition."""
        if isinstance(message, Visit):
            self._apply_visit(partition, message)
        elif isinstance(message, Timesheet):
            self._apply_timesheet(partition, message)
        elif isinstance(message, Progress):
            reached = self.reached.get(message.partition, message.engine_time)
            self.reached[message.partition] = max(reached, message.engine_time)
        elif isinstance(message, Signal):
            self._apply_signal(partition, message)
        elif self.units.apply(partition, message):
            self._source_of[message.radio_id] = message.source
            self._changes.units.add(message.radio_id)

    def hear(self, feedback: Feedback) -> None:
        """Fold in what somebody says."""
        self.acknowledgements.apply(feedback)

    def settle(self, topic: str, partition: int, settlement: Settlement) -> None:
        """Make room for a day's final visits or timesheets, which follow in that partition."""
        if topic == VISITS.name:
            gone = self.visits.settle(partition, settlement)
            self._changes.visits.update(visit.visit_id for visit in gone)
            self._changes.hotspots.update(visit.hotspot_id for visit in gone)
        else:
            self.timesheets.settle(partition, settlement)

    def turn(self, now: int) -> set[str]:
        """Let a new day begin if one has; the hot spots whose figures that changes."""
        first = self._days.day_of(now) - timedelta(days=SHEET_DAYS_KEPT - 1)
        kept_from = self._days.start_of(first)
        self.timesheets.forget(kept_from)
        self.signals.forget(kept_from)
        self.acknowledgements.forget(kept_from)
        return self.visits.turn(now)

    def needs(self, now: int) -> dict[str, int]:
        """By topic, the time from which on all that was told must be folded in."""
        return {
            VISITS.name: self.visits.kept_from,
            TIMESHEETS.name: self.timesheets.kept_from,
            SIGNALS.name: self.timesheets.kept_from,
            FEEDBACK.name: self.timesheets.kept_from,
            POSITIONS.name: now - FORGOTTEN_AFTER_MS,
        }

    def pass_time(self, now: int, interval_of: IntervalOf) -> None:
        """Let a new day begin if one has; see whose silence it is, and which units are quiet."""
        self._changes.hotspots |= self.turn(now)
        if self.reached:
            town = Town(self.units, self.reached, interval_of, self.signals.is_excused)
            self.signals.review(reached_by_all(self.reached), town)
        silence_of = self.signals.silence_of
        self._changes.units.update(self.units.review(self.reached, interval_of, silence_of))

    def set_aside(self, radio_id: str) -> dict[str, int]:
        """By reason, the fixes of a radio's newest sheet that were not used."""
        newest = self.timesheets.newest(radio_id)
        return newest.set_aside if newest else {}

    def source_of(self, radio_id: str) -> str:
        """The source that a radio was last heard through; empty where none is known."""
        return self._source_of.get(radio_id, "")

    def touch(self, hotspot_ids: Iterable[str]) -> None:
        """Count hot spots as changed, for a reason that lies outside the projection."""
        self._changes.hotspots.update(hotspot_ids)

    def touch_all_in(self, hotspot_ids: Collection[str]) -> None:
        """Count as changed hot spots, and all that goes on now and names them."""
        self.touch(hotspot_ids)
        self._changes.visits.update(
            visit.visit_id for visit in self.visits.open() if visit.hotspot_id in hotspot_ids
        )
        self._changes.units.update(
            unit.position.radio_id
            for unit in self.units.all()
            if any(each.hotspot_id in hotspot_ids for each in unit.position.hotspots)
        )
        self._changes.episodes.update(
            episode.signal.episode_id
            for episode in self.signals.episodes.open()
            if episode.signal.hotspot_id in hotspot_ids
        )

    def take_changes(self) -> Changes:
        """What has changed since the last call."""
        changes, self._changes = self._changes, Changes()
        episodes, changes.declared = self.signals.take_changes()
        changes.episodes |= episodes
        return changes

    def episodes_during(self, radio_id: str, since: int, until: int) -> list[str]:
        """The ids of the episodes of a radio, its source and the pipeline in ``[since, until)``."""
        subjects = [Subject("radio", radio_id), PIPELINE]
        if source := self.source_of(radio_id):
            subjects.append(Subject("source", source))
        return self.signals.episodes.during(subjects, since, until)

    def _apply_visit(self, partition: int, visit: Visit) -> None:
        hotspot_ids = self.visits.apply(partition, visit)
        if hotspot_ids:
            self._changes.visits.add(visit.visit_id)
            self._changes.hotspots |= hotspot_ids

    def _apply_signal(self, partition: int, signal: Signal) -> None:
        if signal.radio_id is not None and signal.source is not None:
            self._source_of.setdefault(signal.radio_id, signal.source)
        self.signals.apply(partition, signal)

    def _apply_timesheet(self, partition: int, sheet: Timesheet) -> None:
        before = self.set_aside(sheet.radio_id)
        told = self.timesheets.apply(partition, sheet)
        if told and self.units.get(sheet.radio_id) and self.set_aside(sheet.radio_id) != before:
            self._changes.units.add(sheet.radio_id)
