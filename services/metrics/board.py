"""What people see now: the projection joined with the register. It changes neither."""

from __future__ import annotations

from collections.abc import Callable

from services.contracts.derived import Visit
from services.contracts.reference import HotSpot, Source
from services.contracts.register import Register
from services.metrics import resources
from services.metrics.catchment import Catchments
from services.metrics.episodes import Episode
from services.metrics.figures import Figures
from services.metrics.pipeline import Pipeline, pipeline
from services.metrics.projection import Projection
from services.metrics.sight import Sight

Clock = Callable[[], int]
"""The time now, in epoch milliseconds."""


class Board:
    """Units, hot spots, visits and the pipeline as resources, as of the clock's now."""

    def __init__(self, projection: Projection, register: Register, clock: Clock) -> None:
        self._projection = projection
        self._register = register
        self._clock = clock
        self._catchments = Catchments()

    def now(self) -> int:
        """The time, in epoch milliseconds."""
        return self._clock()

    def pipeline(self) -> Pipeline:
        """How far the geofence has come."""
        known = self._projection
        return pipeline(known.reached, known.partitions, self._clock())

    def is_simulated(self) -> bool:
        """Whether any source that is known posts what is made up."""
        in_force = self._register.all_in_force("source", self._clock())
        return any(isinstance(each.message, Source) and each.message.simulated for each in in_force)

    def health(self) -> resources.HealthResource:
        """How old the figures are, and whether they are of a real town at all."""
        return resources.health(self.pipeline(), simulated=self.is_simulated())

    def unit_ids(self) -> list[str]:
        """The radios heard in the last hour, in order."""
        return self._projection.units.ids()

    def unit(self, radio_id: str, sight: Sight) -> resources.UnitResource | None:
        """One unit as an audience is shown it; None when it has not been heard in the last hour."""
        known = self._projection.units.get(radio_id)
        if known is None:
            return None
        set_aside = self._projection.set_aside(radio_id)
        interval_s = self.interval_of(radio_id, known.position.source)
        position = sight.position(known.position)
        return resources.unit(known, position, self.call_sign(radio_id), interval_s, set_aside)

    def call_sign(self, radio_id: str) -> str | None:
        """What a radio answers to; None where it has no call sign."""
        radio = self._register.radio(radio_id, self._clock())
        return radio.call_sign if radio else None

    def units(self, sight: Sight) -> list[resources.UnitResource]:
        """All units as an audience is shown them, in order of their radios."""
        return [unit for each in self.unit_ids() if (unit := self.unit(each, sight))]

    def source_ids(self) -> list[str]:
        """The sources that are set or were heard through in the last hour, in order."""
        in_force = self._register.all_in_force("source", self._clock())
        set_ = {each.message.source for each in in_force if isinstance(each.message, Source)}
        return sorted(set_ | self._projection.units.sources())

    def source(self, source: str) -> resources.SourceResource:
        """One source: what holds for it now and how often its radios are heard."""
        holds = self._register.source_or_usual(source, self._clock())
        return resources.source(holds, self._projection.units.intervals_of(source))

    def interval_of(self, radio_id: str, source: str) -> float:
        """The seconds between two pings expected of a radio through a source now."""
        return self._register.expected_interval_s(radio_id, source, self._clock())

    def versions(self) -> dict[str, int]:
        """The version in force of each hot spot, in order of their ids."""
        in_force = self._register.all_in_force("hotspot", self._clock())
        return {
            version.message.hotspot_id: version.offset
            for version in in_force
            if isinstance(version.message, HotSpot) and version.message.type == "hotspot"
        }

    def hotspot(self, hotspot_id: str) -> resources.HotSpotResource | None:
        """One hot spot; None when there is none of that name now."""
        version = self._register.in_force(f"hotspot/{hotspot_id}", self._clock())
        if version is None or not isinstance(version.message, HotSpot):
            return None
        if version.message.type != "hotspot":
            return None  # nobody is meant to go there
        figures = self.figures(hotspot_id)
        drawn = self._catchments.of(version.offset, version.message)
        return resources.hotspot(
            version.offset, version.message, drawn, len(figures.present), figures.today
        )

    def name(self, hotspot_id: str) -> str | None:
        """What a hot spot is called; None when there is none of that id now."""
        hotspot = self._register.hotspot(hotspot_id, self._clock())
        return hotspot.name if hotspot else None

    def figures(self, hotspot_id: str) -> Figures:
        """A hot spot's visits now and police time today."""
        return self._projection.visits.figures(hotspot_id)

    def visit(self, visit_id: str) -> Visit | None:
        """The newest revision of one visit."""
        return self._projection.visits.get(visit_id)

    def open_visits(self) -> list[Visit]:
        """The visits that go on now."""
        return self._projection.visits.open()

    def episode(self, episode_id: str) -> Episode | None:
        """One episode of silence; None where it is not shown, or no longer under that id."""
        return self._projection.signals.episodes.get(episode_id)

    def open_episodes(self) -> list[Episode]:
        """The episodes of silence that go on now."""
        return self._projection.signals.episodes.open()
