"""What Prometheus sees of hot spots: planned against delivered, and never a control place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import time
from typing import Literal
from zoneinfo import ZoneInfo

from prometheus_client import CollectorRegistry

from services.contracts.days import Days
from services.contracts.derived import Bounds
from services.contracts.reference import Deleted, HotSpot
from services.contracts.register import Register
from services.metrics.board import Board
from services.metrics.broadcast import Broadcast
from services.metrics.live import Live
from services.metrics.projection import Projection
from services.metrics.prometheus_hotspots import (
    MOST_HOTSPOTS,
    STATUSES,
    WINDOW_STATUSES,
    DayFigures,
    HotSpots,
)
from services.metrics.reckoning import Compliance
from services.metrics.today import Today
from tests.support.derived import NOON, an_open_visit
from tests.support.metrics import hot_spot

Samples = dict[tuple[str, tuple[str, ...]], float]


@dataclass(frozen=True)
class Outcome:
    status: str


@dataclass(frozen=True, kw_only=True)
class Day:
    """The figures of a hot spot's day: 30 minutes due in two patrols, 12 to 16 done in one."""

    hotspot_id: str
    arm: Literal["treatment", "control"] = "treatment"
    planned_patrols: int = 2
    qualifying_patrols: int = 1
    planned_ms: int = 1_800_000
    minutes: Bounds = field(
        default_factory=lambda: Bounds(low_ms=720_000, estimate_ms=840_000, high_ms=960_000)
    )
    windows: Sequence[Outcome] = (Outcome("delivered"), Outcome("missed"))
    status: str = "behind"


@dataclass
class Given:
    """A projection that knows these hot spots, and the figures of their day."""

    days: list[Day]
    last: dict[str, int] = field(default_factory=dict)
    register: Register = field(default_factory=Register)

    def __post_init__(self) -> None:
        for day in self.days:
            self.learn(hot_spot(day.hotspot_id))
        days = Days(ZoneInfo("Europe/London"), time(0))
        self.projection = Projection(days)
        self.projection.partitions = 1
        self.board = Board(self.projection, self.register, lambda: NOON)
        broadcast = Broadcast(on_slow=lambda: None)
        self.live = Live(
            self.projection,
            self.board,
            self.register,
            broadcast,
            Today(Compliance(self.projection, self.register, days, self.board), self.register),
            on_declared=lambda _: None,
        )
        self.registry = CollectorRegistry()
        self.registry.register(HotSpots(self.live, self.board, self))

    def learn(self, message: HotSpot | Deleted) -> None:
        self.register.apply(self.register.offset, message)

    def today(self) -> Iterable[DayFigures]:
        return self.days

    def last_patrol(self, hotspot_id: str) -> int | None:
        return self.last.get(hotspot_id)

    def scrape(self) -> Samples:
        return {
            (sample.name, tuple(sample.labels.values())): sample.value
            for family in self.registry.collect()
            for sample in family.samples
        }


def test_nothing_is_exposed_before_it_has_caught_up() -> None:
    given = Given([Day(hotspot_id="hs-1")])
    assert given.scrape() == {}
    given.live.round()
    assert given.scrape() != {}


def test_planned_against_delivered() -> None:
    given = Given([Day(hotspot_id="hs-1")], last={"hs-1": NOON})
    given.projection.apply(0, an_open_visit(entered_at=NOON))
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
        ("stepsix_hotspot_last_patrol_timestamp_seconds", ("hs-1",)): NOON / 1000,
    }


def test_a_last_patrol_that_is_not_known_is_absent() -> None:
    given = Given([Day(hotspot_id="hs-1"), Day(hotspot_id="hs-2")], last={"hs-2": NOON})
    given.live.round()
    told = {key[1] for key in given.scrape() if "last_patrol" in key[0]}
    assert told == {("hs-2",)}


def test_hot_spots_and_windows_are_counted_by_status_and_none_is_zero() -> None:
    ahead = (Outcome("ahead"),)
    given = Given(
        [
            Day(hotspot_id="hs-1"),
            Day(hotspot_id="hs-2", status="met", windows=ahead),
            Day(hotspot_id="hs-3"),
        ]
    )
    given.live.round()
    found = given.scrape()
    hotspots = {each: found["stepsix_hotspots_by_status", (each,)] for each in STATUSES}
    assert hotspots == dict.fromkeys(STATUSES, 0) | {"behind": 2, "met": 1}
    windows = {each: found["stepsix_windows", (each,)] for each in WINDOW_STATUSES}
    assert windows == dict.fromkeys(WINDOW_STATUSES, 0) | {"delivered": 2, "missed": 2, "ahead": 1}


def test_a_control_place_is_in_no_family() -> None:
    control = Day(hotspot_id="hs-2", arm="control", status="contaminated")
    given = Given([Day(hotspot_id="hs-1"), control], last={"hs-2": NOON})
    given.projection.apply(0, an_open_visit(hotspot_id="hs-2", entered_at=NOON))
    given.live.round()
    found = given.scrape()
    assert not [key for key in found if "hs-2" in key[1] or "contaminated" in key[1]]
    assert sum(found["stepsix_hotspots_by_status", (each,)] for each in STATUSES) == 1
    assert found["stepsix_windows", ("missed",)] == 1


def test_a_hot_spot_that_was_deleted_is_gone_at_the_next_scrape() -> None:
    given = Given([Day(hotspot_id="hs-1"), Day(hotspot_id="hs-2")])
    given.live.round()
    assert ("stepsix_hotspot_planned_seconds", ("hs-1",)) in given.scrape()
    given.learn(Deleted(type="hotspot", id="hs-1", effective_from=NOON, changed_by="test"))
    found = given.scrape()
    assert {key[1][0] for key in found if key[0].startswith("stepsix_hotspot_")} == {"hs-2"}
    assert found["stepsix_hotspots_by_status", ("behind",)] == 1


def test_above_the_cap_the_first_by_id_are_exposed_and_all_are_counted() -> None:
    given = Given([Day(hotspot_id=f"hs-{at:04}") for at in reversed(range(MOST_HOTSPOTS + 2))])
    given.live.round()
    found = given.scrape()
    exposed = {key[1][0] for key in found if key[0].startswith("stepsix_hotspot_")}
    assert exposed == {f"hs-{at:04}" for at in range(MOST_HOTSPOTS)}
    assert found["stepsix_hotspots_not_exposed", ()] == 2
    assert found["stepsix_hotspots_by_status", ("behind",)] == MOST_HOTSPOTS + 2
