"""Units folded from positions; who is quiet, and who is forgotten."""

from __future__ import annotations

from collections import Counter

import pytest

from services.contracts.derived import Signal
from services.metrics.units import Units
from tests.support.derived import HOUR_MS, MINUTE_MS, NOON, a_position, a_signal


def nothing(_: str) -> Signal | None:
    """No episode of silence."""
    return None


@pytest.mark.parametrize(
    ("interval_s", "silent_s", "state"),
    [
        (5, 90, "reporting"),
        (5, 91, "quiet"),
        (60, 180, "reporting"),
        (60, 181, "quiet"),
        (600, 1800, "reporting"),
        (600, 1801, "quiet"),
    ],
)
def test_quiet_after_three_intervals_but_not_before_ninety_seconds(
    interval_s: float, silent_s: int, state: str
) -> None:
    units = Units()
    units.apply(3, a_position())
    units.review({3: NOON + silent_s * 1000}, lambda *_: interval_s, nothing)
    assert units.by_state()[state] == 1  # type: ignore[index]  # a state of the table


def test_a_unit_speaks_again() -> None:
    units = Units()
    units.apply(0, a_position())
    assert units.review({0: NOON + 5 * MINUTE_MS}, lambda *_: 60, nothing) == ["T-1"]
    assert units.review({0: NOON + 6 * MINUTE_MS}, lambda *_: 60, nothing) == []
    units.apply(0, a_position(heard_at=NOON + 6 * MINUTE_MS, revision=2))
    assert units.review({0: NOON + 6 * MINUTE_MS}, lambda *_: 60, nothing) == ["T-1"]
    assert +Counter(units.by_state()) == {"reporting": 1}


def test_a_partition_that_stands_still_makes_nobody_quiet() -> None:
    units = Units()
    units.apply(0, a_position("T-1"))
    units.apply(1, a_position("T-2"))
    units.apply(2, a_position("T-3"))
    assert units.review({0: NOON, 1: NOON + 10 * MINUTE_MS}, lambda *_: 60, nothing) == ["T-2"]


def test_a_unit_silent_for_an_hour_is_forgotten() -> None:
    units = Units()
    units.apply(0, a_position())
    units.review({0: NOON + HOUR_MS}, lambda *_: 60, nothing)
    assert units.ids() == ["T-1"]
    assert units.review({0: NOON + HOUR_MS + 1}, lambda *_: 60, nothing) == ["T-1"]
    assert units.get("T-1") is None


def test_the_highest_revision_holds_in_any_order() -> None:
    units = Units()
    assert units.apply(0, a_position("T-2", revision=2))
    assert not units.apply(0, a_position("T-2", revision=2))
    assert not units.apply(0, a_position("T-2", heard_at=NOON - 1, revision=1))
    assert units.apply(0, a_position("T-2", heard_at=NOON + 1, revision=3))
    units.apply(0, a_position("T-1"))
    assert units.ids() == ["T-1", "T-2"]
    unit = units.get("T-2")
    assert unit is not None
    assert unit.position.heard_at == NOON + 1


@pytest.mark.parametrize(
    ("silence", "status", "state"),
    [
        (a_signal(), None, "lost"),
        (a_signal(), "off_duty", "lost"),
        (a_signal(type="no_position"), None, "no_position"),
        (a_signal(type="frozen"), None, "no_position"),
        (a_signal(cause="explained", reason="off_duty"), None, "off_duty"),
        (a_signal(cause="explained", reason="power_off"), None, "lost"),
        (None, "off_duty", "off_duty"),
        (None, "on_patrol", "reporting"),
    ],
)
def test_the_state_is_by_the_episode_that_goes_on_and_then_by_the_status(
    silence: Signal | None, status: str | None, state: str
) -> None:
    units = Units()
    units.apply(0, a_position(status=status))
    units.review({0: NOON}, lambda *_: 60, lambda _: silence)
    assert +Counter(units.by_state()) == {state: 1}
