"""What Prometheus sees of hot spots: planned against delivered, and never a control place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from prometheus_client import CollectorRegistry

from services.contracts.days import Days
from services.contracts.reference import Deleted, HotSpot, MinutesEach, Plan, Window
from services.contracts.register import Register
from services.metrics.broadcast import Broadcast
from services.metrics.projection import Projection
from services.metrics.prometheus_hotspots import (
    MOST_HOTSPOTS,
    STATUSES,
    WINDOW_STATUSES,
    HotSpots,
)
from tests.support.derived import HOUR_MS, MINUTE_MS, NOON, a_visit, an_open_visit
from tests.support.metrics import hot_spot
from tests.support.standings import telling

Samples = dict[tuple[str, tuple[str, ...]], float]


MORNING = [
    Window(since="08:00", until="10:00", patrols=1),
    Window(since="10:00", until="11:00", patrols=1),
]
EVENING = [Window(since="20:00", until="21:00", patrols=1)]
PATROLLED_AT = NOON - 3 * HOUR_MS


@dataclass
class Given:
    """Hot spots by id at noon, each with the windows of its plan, for 30 minutes a day.

    Each was patrolled from nine o'clock on for 12 to 16 minutes, but those of ``left_alone``.
    """

    hotspots: dict[str, list[Window]]
    control: tuple[str, ...] = ()
    left_alone: tuple[str, ...] = ()
    register: Register = field(default_factory=Register)

    def __post_init__(self) -> None:
        days = Days(ZoneInfo("Europe/London"), time(0))
        self.projection = Projection(days)
        self.projection.turn(NOON)
        self.projection.partitions = 1
        for hotspot_id, windows in self.hotspots.items():
            self.learn(hot_spot(hotspot_id))
            self.learn(self._plan(hotspot_id, windows))
            if hotspot_id not in self.left_alone:
                visit = a_visit(
                    hotspot_id, hotspot_id=hotspot_id, entered_at=PATROLLED_AT, minutes=14
                )
                self.projection.apply(
                    0, replace(visit, low_ms=12 * MINUTE_MS, high_ms=16 * MINUTE_MS)
                )
        parts = telling(
            self.projection, self.register, days, lambda: NOON, Broadcast(on_slow=lambda: None)
        )
        self.live = parts.live
        self.registry = CollectorRegistry()
        self.registry.register(HotSpots(parts.live, parts.board, parts.standings))

    def _plan(self, hotspot_id: str, windows: list[Window]) -> Plan:
        return Plan(
            plan_id=f"plan-{hotspot_id}",
            hotspot_id=hotspot_id,
            windows=windows,
            minutes_each=MinutesEach(low=10, high=16),
            minutes_per_day=30,
            dates=["2026-06-01"],
            arm="control" if hotspot_id in self.control else "treatment",
            effective_from=0,
            changed_by="test",
        )

    def learn(self, message: HotSpot | Plan | Deleted) -> None:
        self.register.apply(self.register.offset, message)

    def scrape(self) -> Samples:
        return {
            (sample.name, tuple(sample.labels.values())): sample.value
            for family in self.registry.collect()
            for sample in family.samples
        }


def test_nothing_is_exposed_before_it_has_caught_up() -> None:
    given = Given({"hs-1": MORNING})
    assert given.scrape() == {}
    given.live.round()
    assert given.scrape() != {}


def test_planned_against_delivered() -> None:
    given = Given({"hs-1": MORNING})
    given.projection.apply(0, an_open_visit(entered_at=NOON, minutes=0, low_ms=0, high_ms=0))
    given.live.round()
    found = given.scrape()
    assert {
        key: value for key, value in found.items() if key[0].startswith("stepsix_hotspot_")
    } == {
        ("stepsix_hotspot_units_present", ("hs-1",)): 1,
        ("stepsix_hotspot_planned_seconds", ("hs-1",)): 1800,
        ("stepsix_hotspot_delivered_seconds", ("hs-1", "low")): 720,
        ("stepsix_hotspot_delivered_seconds", ("hs-1", "estimate")): 840,
        ("stepsix_hotspot_delivered_seconds", ("hs-1", "high")): 960,
        ("stepsix_hotspot_planned_patrols", ("hs-1",)): 2,
        ("stepsix_hotspot_qualifying_patrols", ("hs-1",)): 1,
        ("stepsix_hotspot_last_patrol_timestamp_seconds", ("hs-1",)): (
            (PATROLLED_AT + 14 * MINUTE_MS) / 1000
        ),
    }


def test_a_last_patrol_that_is_not_known_is_absent() -> None:
    given = Given({"hs-1": MORNING, "hs-2": MORNING}, left_alone=("hs-1",))
    given.live.round()
    told = {key[1] for key in given.scrape() if "last_patrol" in key[0]}
    assert told == {("hs-2",)}


def test_hot_spots_and_windows_are_counted_by_status_and_none_is_zero() -> None:
    given = Given({"hs-1": MORNING, "hs-2": EVENING, "hs-3": MORNING})
    given.live.round()
    found = given.scrape()
    hotspots = {each: found["stepsix_hotspots_by_status", (each,)] for each in STATUSES}
    assert hotspots == dict.fromkeys(STATUSES, 0) | {"missed": 2, "on_track": 1}
    windows = {each: found["stepsix_windows", (each,)] for each in WINDOW_STATUSES}
    assert windows == dict.fromkeys(WINDOW_STATUSES, 0) | {"delivered": 2, "missed": 2, "ahead": 1}


def test_a_control_place_is_in_no_family() -> None:
    given = Given({"hs-1": MORNING, "hs-2": []}, control=("hs-2",))
    given.projection.apply(0, an_open_visit(hotspot_id="hs-2", entered_at=NOON))
    given.live.round()
    found = given.scrape()
    assert not [key for key in found if "hs-2" in key[1] or "contaminated" in key[1]]
    assert sum(found["stepsix_hotspots_by_status", (each,)] for each in STATUSES) == 1
    assert found["stepsix_windows", ("missed",)] == 1


def test_a_hot_spot_that_was_deleted_is_gone_at_the_next_scrape() -> None:
    given = Given({"hs-1": MORNING, "hs-2": MORNING})
    given.live.round()
    assert ("stepsix_hotspot_planned_seconds", ("hs-1",)) in given.scrape()
    given.learn(Deleted(type="hotspot", id="hs-1", effective_from=NOON, changed_by="test"))
    found = given.scrape()
    assert {key[1][0] for key in found if key[0].startswith("stepsix_hotspot_")} == {"hs-2"}
    assert found["stepsix_hotspots_by_status", ("missed",)] == 1


def test_above_the_cap_the_first_by_id_are_exposed_and_all_are_counted() -> None:
    given = Given({f"hs-{at:04}": MORNING for at in reversed(range(MOST_HOTSPOTS + 2))})
    given.live.round()
    found = given.scrape()
    exposed = {key[1][0] for key in found if key[0].startswith("stepsix_hotspot_")}
    assert exposed == {f"hs-{at:04}" for at in range(MOST_HOTSPOTS)}
    assert found["stepsix_hotspots_not_exposed", ()] == 2
    assert found["stepsix_hotspots_by_status", ("missed",)] == MOST_HOTSPOTS + 2
