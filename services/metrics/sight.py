"""What an audience is shown of what the log says. Pure.

1. To those who do not supervise a control place is as one that never was: no visit is to it, no
   ring is of it, no duty is allocated there, and no radio was lost in it.
2. A thing is judged by the days in which it lies. Of what is told as it is **now**, today counts
   too: whoever was told that a hot spot is gone hears no more of it, of yesterday neither.
3. Time in it is told as time outside. So inside, outside and unknown remain all of the time, and
   what is told of the hot spots remains what is told of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from services.contracts.derived import Position, Timesheet, Visit
from services.contracts.reference import Duty
from services.metrics.audience import Audience, is_among, may_see
from services.metrics.control_places import ControlPlaces
from services.metrics.episodes import Episode, silent_since
from services.metrics.lasting import end_of


@dataclass(frozen=True, slots=True)
class Sight:
    """The eyes of an audience; with ``now``, in epoch milliseconds, on what is told as it is now.

    What is given back is the very thing that was given, unless some of it is hidden.
    """

    audience: Audience
    control_places: ControlPlaces
    now: int | None = None

    def hides(self, hotspot_id: str, since: int, until: int | None = None) -> bool:
        """Whether a hot spot is hidden on the day of a moment, or any day up to another."""
        if is_among(self.audience, "supervise"):
            return False
        is_one = self.control_places.is_one
        return is_one(hotspot_id, since, until) or (
            self.now is not None and is_one(hotspot_id, self.now)
        )

    def sees(self, visit: Visit) -> bool:
        """Whether a visit is shown."""
        hidden = self.hides(visit.hotspot_id, visit.entered_at, end_of(visit))
        return may_see(self.audience, visit) and not hidden

    def position(self, position: Position) -> Position:
        """A position, and in which rings it is."""
        rings = position.hotspots
        shown = [each for each in rings if not self.hides(each.hotspot_id, position.heard_at)]
        return position if len(shown) == len(rings) else replace(position, hotspots=shown)

    def duty(self, duty: Duty) -> Duty:
        """A duty, and which hot spots it is allocated."""
        ids = duty.hotspot_ids
        shown = [each for each in ids if not self.hides(each, duty.since, duty.until - 1)]
        return duty if len(shown) == len(ids) else replace(duty, hotspot_ids=shown)

    def episode(self, episode: Episode) -> Episode:
        """An episode of silence, and in which hot spot it began."""
        signal = episode.signal
        hotspot_id, since = signal.hotspot_id, silent_since(signal)
        if hotspot_id is None or not self.hides(hotspot_id, since, signal.declared_at):
            return episode
        return Episode(replace(signal, hotspot_id=None), episode.radios)

    def timesheet(self, sheet: Timesheet) -> Timesheet:
        """A sheet, and where its time inside was spent.

        What is left inside is the time in the cores that are shown: where two of these overlap
        some of it counts twice, but never more than there was.
        """
        shown = {
            hotspot_id: times
            for hotspot_id, times in sheet.hotspots.items()
            if not self.hides(hotspot_id, sheet.since, max(sheet.since, sheet.until - 1))
        }
        if len(shown) == len(sheet.hotspots):
            return sheet
        in_cores = sum(times.core.estimate_ms for times in shown.values())
        inside_ms = min(sheet.inside_ms, in_cores)
        outside_ms = sheet.outside_ms + sheet.inside_ms - inside_ms
        return replace(sheet, hotspots=shown, inside_ms=inside_ms, outside_ms=outside_ms)
