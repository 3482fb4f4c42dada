"""Visits folded from their revisions, and the figures of a hot spot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from zoneinfo import ZoneInfo

import pytest

from services.contracts.days import Days
from services.contracts.derived import Bounds, Visit
from services.metrics.timeline import Key
from services.metrics.visits import DAYS_KEPT, Visits
from tests.support.derived import (
    DAY_MS,
    HOUR_MS,
    MINUTE_MS,
    NOON,
    a_settlement,
    a_visit,
    an_open_visit,
)

MIDNIGHT = NOON - 12 * HOUR_MS
KEPT_FROM = MIDNIGHT - (DAYS_KEPT - 1) * DAY_MS


@pytest.fixture
def visits() -> Visits:
    made = Visits(Days(ZoneInfo("Europe/London"), time(0)))
    made.turn(NOON)
    return made


def listed(visits: Visits) -> list[str]:
    return [visit.visit_id for visit in visits.since(Key(0, ""))]


def minutes(bounds: Bounds) -> tuple[float, ...]:
    return tuple(each / MINUTE_MS for each in (bounds.low_ms, bounds.estimate_ms, bounds.high_ms))


@pytest.mark.parametrize(
    ("told", "today", "present"),
    [
        ([], (0, 0, 0), 0),
        ([a_visit(minutes=10)], (9, 10, 11), 0),
        ([an_open_visit(minutes=10)], (9, 10, 11), 1),
        ([a_visit("v-1", minutes=10), a_visit("v-2", minutes=5)], (13, 15, 17), 0),
        ([an_open_visit(minutes=5), a_visit(minutes=10, revision=2)], (9, 10, 11), 0),
        ([a_visit(minutes=10, revision=2), an_open_visit(minutes=5)], (9, 10, 11), 0),
        ([an_open_visit(), an_open_visit()], (9, 10, 11), 1),
        ([an_open_visit(), a_visit(state="retracted", revision=2)], (0, 0, 0), 0),
        ([a_visit(state="retracted", revision=2), an_open_visit()], (0, 0, 0), 0),
        ([an_open_visit(ring="catchment")], (0, 0, 0), 0),
        ([a_visit(hotspot_id="hs-2")], (0, 0, 0), 0),
        ([a_visit(), a_visit(hotspot_id="hs-2", revision=2)], (0, 0, 0), 0),
        ([a_visit(entered_at=MIDNIGHT, minutes=10)], (9, 10, 11), 0),
        ([a_visit(entered_at=MIDNIGHT - 1, minutes=10)], (0, 0, 0), 0),
        ([an_open_visit(entered_at=MIDNIGHT - 1)], (0, 0, 0), 1),
        ([a_visit(entered_at=MIDNIGHT + DAY_MS)], (0, 0, 0), 0),
        ([a_visit(), a_visit(entered_at=MIDNIGHT - 1, revision=2)], (0, 0, 0), 0),
    ],
)
def test_the_figures_of_a_hot_spot(
    visits: Visits, told: list[Visit], today: tuple[int, ...], present: int
) -> None:
    for visit in told:
        visits.apply(0, visit)
    figures = visits.figures("hs-1")
    assert (minutes(figures.today), len(figures.present)) == (today, present)


def test_only_what_is_new_counts_as_a_change(visits: Visits) -> None:
    assert visits.apply(0, an_open_visit(revision=2))
    assert not visits.apply(0, an_open_visit(revision=2))
    assert not visits.apply(0, an_open_visit(revision=1))
    assert visits.apply(0, a_visit(revision=3))


def test_visits_are_listed_in_the_order_in_which_they_began(visits: Visits) -> None:
    visits.apply(0, a_visit("b", entered_at=NOON))
    visits.apply(0, a_visit("c", entered_at=NOON - 1))
    visits.apply(0, a_visit("a", entered_at=NOON))
    visits.apply(0, a_visit("gone", state="retracted"))
    assert listed(visits) == ["c", "a", "b"]
    assert [visit.visit_id for visit in visits.since(Key(NOON, "b"))] == ["b"]
    visits.apply(0, a_visit("b", entered_at=NOON - 2, revision=2))
    assert listed(visits) == ["b", "c", "a"]


def test_open_visits_of_both_rings(visits: Visits) -> None:
    visits.apply(0, an_open_visit("core", entered_at=NOON + 1))
    visits.apply(0, an_open_visit("catchment", ring="catchment"))
    visits.apply(0, an_open_visit("ended"))
    visits.apply(0, a_visit("ended", revision=2))
    assert [visit.visit_id for visit in visits.open()] == ["catchment", "core"]


def test_a_new_day_begins_at_zero_and_keeps_five_weeks(visits: Visits) -> None:
    visits.apply(0, a_visit("first day", entered_at=KEPT_FROM))
    visits.apply(0, a_visit("yesterday"))
    visits.apply(0, a_visit("tomorrow", entered_at=MIDNIGHT + DAY_MS, hotspot_id="hs-2", minutes=3))
    visits.apply(0, an_open_visit("old", entered_at=MIDNIGHT - 50 * DAY_MS))
    assert visits.turn(NOON + HOUR_MS) == set()
    assert listed(visits) == ["old", "first day", "yesterday", "tomorrow"]

    assert visits.turn(MIDNIGHT + DAY_MS) == {"hs-1", "hs-2"}

    assert listed(visits) == ["old", "yesterday", "tomorrow"]
    assert visits.get("first day") is None
    assert minutes(visits.figures("hs-1").today) == (0, 0, 0)
    assert visits.figures("hs-1").present == {"old"}
    assert minutes(visits.figures("hs-2").today) == (2, 3, 4)


def test_one_from_before_the_days_kept_is_not_listed(visits: Visits) -> None:
    visits.apply(0, a_visit("late", entered_at=KEPT_FROM - 1))
    assert listed(visits) == []


def test_a_final_visit_is_over_even_if_it_was_open(visits: Visits) -> None:
    visits.apply(0, an_open_visit())
    visits.settle(0, a_settlement(since=NOON))
    visits.apply(0, an_open_visit(settled=True))
    assert (visits.open(), visits.figures("hs-1").present) == ([], set())
    assert listed(visits) == ["v-1"]


def test_a_final_visit_stays_though_a_live_revision_would_move_it_to_another_day(
    visits: Visits,
) -> None:
    visits.settle(0, a_settlement(since=NOON))
    final = a_visit(settled=True, revision=5)
    visits.apply(0, final)
    assert not visits.apply(0, a_visit(entered_at=NOON - 1, revision=9))
    assert visits.get("v-1") == final


def overlapping(visits: Visits, since: int, until: int) -> list[str]:
    return [visit.visit_id for visit in visits.overlapping("hs-1", since, until)]


def test_the_visits_to_a_hot_spot_that_lie_in_part_in_a_stretch(visits: Visits) -> None:
    visits.apply(0, a_visit("long", entered_at=NOON - 5 * HOUR_MS, minutes=301))
    visits.apply(0, a_visit("before", entered_at=NOON - 10 * MINUTE_MS))
    visits.apply(0, a_visit("into", entered_at=NOON - 9 * MINUTE_MS, ring="catchment"))
    visits.apply(0, an_open_visit("still", entered_at=NOON - 8 * MINUTE_MS))
    visits.apply(0, a_visit("moment", entered_at=NOON, minutes=0))
    visits.apply(0, a_visit("last", entered_at=NOON + HOUR_MS - 1))
    visits.apply(0, a_visit("after", entered_at=NOON + HOUR_MS))
    visits.apply(0, a_visit("elsewhere", hotspot_id="hs-2"))
    visits.apply(0, a_visit("gone", state="retracted"))
    assert overlapping(visits, NOON, NOON + HOUR_MS) == ["long", "into", "still", "moment", "last"]
    assert visits.overlapping("hs-3", 0, 2 * NOON) == []


def test_what_overlaps_follows_revisions_settlements_and_days(visits: Visits) -> None:
    yesterday = NOON - DAY_MS
    for visit in (
        an_open_visit("moved"),
        a_visit("away"),
        a_visit("back", state="retracted"),
        a_visit("final", entered_at=yesterday),
        a_visit("left out", entered_at=yesterday),
        a_visit("old", entered_at=KEPT_FROM),
        a_visit("not kept", entered_at=KEPT_FROM - 1),
    ):
        visits.apply(0, visit)
    assert overlapping(visits, 0, 2 * NOON) == ["old", "final", "left out", "away", "moved"]
    visits.apply(0, a_visit("moved", entered_at=NOON - HOUR_MS, revision=2))
    visits.apply(0, a_visit("away", hotspot_id="hs-2", revision=2))
    visits.apply(0, a_visit("back", revision=2))
    visits.settle(0, a_settlement(since=MIDNIGHT - DAY_MS))
    visits.apply(0, a_visit("final", entered_at=yesterday + 1, settled=True))
    visits.turn(NOON + DAY_MS)
    assert overlapping(visits, 0, 2 * NOON) == ["final", "moved", "back"]
    assert [visit.visit_id for visit in visits.overlapping("hs-2", 0, 2 * NOON)] == ["away"]


def test_each_change_of_a_hot_spots_visits_is_a_new_edition(visits: Visits) -> None:
    def rises(change: Callable[[], object]) -> bool:
        before = visits.edition("hs-1")
        change()
        return visits.edition("hs-1") > before

    assert visits.edition("hs-1") == 0
    assert rises(lambda: visits.apply(0, an_open_visit()))
    assert not rises(lambda: visits.apply(0, an_open_visit()))
    assert not rises(lambda: visits.apply(0, a_visit("v-2", hotspot_id="hs-2")))
    assert rises(lambda: visits.apply(0, a_visit(revision=2)))
    assert rises(lambda: visits.settle(0, a_settlement(since=MIDNIGHT)))
    assert rises(lambda: visits.apply(0, a_visit(settled=True)))
    assert rises(lambda: visits.turn(NOON + 365 * DAY_MS))
    assert visits.edition("hs-3") == 0


def test_visits_of_a_radio_and_to_a_hot_spot(visits: Visits) -> None:
    visits.apply(0, a_visit("a"))
    visits.apply(0, a_visit("b", radio_id="T-2", entered_at=NOON + 1))
    visits.apply(0, a_visit("c", radio_id="T-2", hotspot_id="hs-2", entered_at=NOON + 2))
    visits.apply(0, a_visit("gone", radio_id="T-2", state="retracted"))

    def found(first: Key, radio_id: str | None, hotspot_id: str | None) -> list[str]:
        return [visit.visit_id for visit in visits.since(first, radio_id, hotspot_id)]

    assert found(Key(0, ""), "T-2", None) == ["b", "c"]
    assert found(Key(0, ""), None, "hs-1") == ["a", "b"]
    assert found(Key(0, ""), "T-2", "hs-1") == ["b"]
    assert found(Key(NOON + 2, ""), "T-2", None) == ["c"]
    assert found(Key(0, ""), "T-3", "hs-1") == found(Key(0, ""), None, "hs-3") == []
