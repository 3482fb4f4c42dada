"""Hot spots without a patrol for four days, by the real ledger."""

from __future__ import annotations

import pytest

from services.contracts.reference import HotSpot
from services.metrics.compliance.neglect import NEGLECTED_AFTER_MS, Neglect, neglect
from tests.support.beat import Beat

EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def neglected(beat: Beat, now: str) -> Neglect | None:
    """Whether hs-1 is neglected at a time."""
    at = beat.at(now)
    beat.projection.turn(at)
    day, first = beat.days.day_of(at), beat.days.day_of(at - NEGLECTED_AFTER_MS)
    return neglect(
        beat.ledger.last_patrol("hs-1", day, at),
        beat.ledger.there_since("hs-1"),
        lambda: beat.ledger.was_due("hs-1", first, day),
        at,
    )


def drawn(beat: Beat, since: int) -> None:
    beat.knows(
        HotSpot(hotspot_id="hs-1", name="M", geometry={}, effective_from=since, changed_by="t")
    )


@pytest.fixture
def beat() -> Beat:
    """A hot spot with an hour a day due by minutes, patrolled on Monday from 12:00 to 12:20."""
    beat = Beat()
    drawn(beat, 0)
    beat.duty("A", "08:00", "20:00")
    beat.accounted("A", "08:00", "20:00")
    beat.visit("A", "12:00", "12:20")
    return beat


@pytest.mark.parametrize(
    ("now", "is_neglected"),
    [("tue 12:00", False), ("fri 12:20", False), ("fri 12:21", True), ("sun 12:00", True)],
)
def test_it_is_by_four_times_24_hours_from_the_end_of_the_last_patrol(
    beat: Beat, now: str, *, is_neglected: bool
) -> None:
    beat.plan(minutes=60, judge_by="minutes", weekdays=EVERY_DAY)
    found = neglected(beat, now)
    last_day = beat.date("mon")
    assert found == (Neglect(beat.at("12:20"), last_day) if is_neglected else None)


@pytest.mark.parametrize(
    ("plan", "is_neglected"),
    [
        ({"weekdays": ["fri"], "minutes": 30, "judge_by": "minutes"}, True),
        ({"weekdays": ["mon"], "minutes": 30, "judge_by": "minutes"}, True),
        ({"weekdays": ["sat"], "minutes": 30, "judge_by": "minutes"}, False),
        ({"weekdays": ["fri"], "minutes": 0, "judge_by": "minutes"}, False),
        ({"weekdays": ["fri"], "minutes": 30, "arm": "control"}, False),
    ],
)
def test_only_where_a_patrol_was_due_on_these_days(
    beat: Beat, plan: dict[str, object], *, is_neglected: bool
) -> None:
    beat.plan(**plan)  # type: ignore[arg-type]
    assert (neglected(beat, "fri 18:00") is not None) == is_neglected


def test_where_no_patrol_is_known_it_is_from_when_one_would_be() -> None:
    beat = Beat()
    drawn(beat, beat.at("mon 10:00"))
    beat.plan(minutes=60, judge_by="minutes", weekdays=EVERY_DAY)
    assert neglected(beat, "fri 10:00") is None
    assert neglected(beat, "fri 10:01") == Neglect(beat.at("mon 10:00"), None)
    drawn(beat, beat.at("thu 10:00"))  # drawn anew, and there all the while
    assert neglected(beat, "fri 10:01") == Neglect(beat.at("mon 10:00"), None)


def test_of_a_hot_spot_that_was_always_there_it_is_from_the_days_kept() -> None:
    beat = Beat()
    drawn(beat, 0)
    beat.plan(minutes=60, judge_by="minutes", weekdays=EVERY_DAY)
    found = neglected(beat, "mon 12:00")
    assert found == Neglect(beat.days.start_of(beat.recent.first_day()), None)
