"""What has to be looked at, what has not, and in which order."""

from __future__ import annotations

import pytest

from services.contracts.derived import Signal
from services.metrics.alerts import Alert, Standing, Urgency, alerts
from services.metrics.compliance.neglect import Neglect
from services.metrics.episodes import Episode
from tests.support.beat import MONDAY, Beat
from tests.support.derived import MINUTE_MS, NOON, a_signal, an_outage

EVENING = ("20:00", "22:00", 1)


def of_silence(*signals: Signal) -> list[str]:
    return [each.alert_id for each in alerts(map(Episode, signals), [], NOON)]


@pytest.mark.parametrize("type_", ["lost", "no_position", "frozen"])
def test_what_is_unexpected_of_one_radio_is_an_alert(type_: str) -> None:
    [found] = alerts([Episode(a_signal("e-1", type=type_, hotspot_id="hs-1"))], [], NOON)
    assert (found.kind, found.alert_id, found.since) == ("lost", "lost/e-1", NOON)
    assert (found.hotspot_id, found.of_control) == ("hs-1", False)


@pytest.mark.parametrize(
    ("signal", "alert_id"),
    [
        (an_outage("o-1"), "outage/o-1"),
        (an_outage("o-1", type="no_position", reason="ahead"), "outage/o-1"),
        (an_outage("o-1", cause="pipeline", source=None), "outage/o-1"),
        (an_outage("a-1", cause="area", source=None, reason="one place"), "outage/a-1"),
        (a_signal(cause="explained", reason="power_off"), None),
        (a_signal(cause="area"), None),
        (a_signal(cause="source"), None),
    ],
)
def test_an_outage_is_one_alert_and_none_of_its_radios(
    signal: Signal, alert_id: str | None
) -> None:
    assert of_silence(signal) == ([alert_id] if alert_id else [])


def standing(beat: Beat, now: str, neglect: Neglect | None = None) -> Standing:
    """Monday as yesterday and Tuesday as today, by what is known at a time."""
    return Standing(beat.day("tue", now), beat.day("mon", now), neglect)


def missed(beat: Beat, now: str) -> list[Alert]:
    """The alerts on Tuesday."""
    return alerts([], [standing(beat, now)], beat.at("tue 00:00"))


@pytest.mark.parametrize(
    ("windows", "now", "ids"),
    [
        ([("02:00", "04:00", 1)], "tue 04:09", []),
        ([("02:00", "04:00", 1)], "tue 04:10", ["missed/hs-1/2026-06-02T01:00Z"]),
        (
            [("02:00", "04:00", 1), ("08:00", "09:00", 1)],
            "tue 10:00",
            ["missed/hs-1/2026-06-02T07:00Z", "missed/hs-1/2026-06-02T01:00Z"],
        ),
    ],
)
def test_a_window_is_missed_once_it_is_over_slack_included(
    windows: list[tuple[str, str, int]], now: str, ids: list[str]
) -> None:
    beat = Beat()
    beat.plan(*windows, weekdays=["tue"])
    assert [each.alert_id for each in missed(beat, now)] == ids


@pytest.mark.parametrize(
    ("window", "ids"),
    [
        (("22:00", "02:00", 1), ["missed/hs-1/2026-06-01T21:00Z"]),
        (("22:00", "23:00", 1), []),
    ],
)
def test_a_window_of_the_night_is_missed_on_the_day_on_which_it_is_over(
    window: tuple[str, str, int], ids: list[str]
) -> None:
    beat = Beat()
    beat.plan(window)
    assert [each.alert_id for each in missed(beat, "tue 03:00")] == ids


def test_what_was_delivered_or_may_have_been_is_no_alert() -> None:
    delivered, unknown = Beat(), Beat()
    for beat in (delivered, unknown):
        beat.plan(("02:00", "04:00", 1), weekdays=["tue"])
        beat.duty("A", "tue 01:00", "tue 05:00")
    delivered.accounted("A", "tue 01:00", "tue 05:00")
    delivered.visit("A", "tue 02:10", "tue 02:30")
    assert missed(delivered, "tue 06:00") == []
    assert missed(unknown, "tue 06:00") == []


def test_a_missed_window_says_how_many_patrols_were_due_and_done() -> None:
    beat = Beat()
    beat.plan(("02:00", "04:00", 2), weekdays=["tue"])
    beat.duty("A", "tue 01:00", "tue 05:00")
    beat.accounted("A", "tue 01:00", "tue 05:00")
    beat.visit("A", "tue 02:10", "tue 02:30")
    [found] = missed(beat, "tue 06:00")
    assert found.window is not None
    assert (found.window.window.patrols, found.window.delivered) == (2, 1)
    assert found.since == beat.at("tue 04:00")


def test_in_a_control_place_no_patrol_is_missed() -> None:
    beat = Beat()
    beat.plan(("02:00", "04:00", 1), weekdays=["tue"], arm="control")
    assert missed(beat, "tue 06:00") == []


def test_what_was_missed_before_a_place_became_a_control_place_is_for_supervisors() -> None:
    beat = Beat()
    beat.plan(("22:00", "02:00", 1))
    beat.plan(plan_id="p-2", weekdays=["tue"], arm="control")
    [found] = missed(beat, "tue 03:00")
    assert found.of_control


@pytest.mark.parametrize(
    ("last_day", "alert_id", "days"),
    [(MONDAY.replace(month=5, day=28), "no_patrol/hs-1/2026-05-28", 5), (None, "none", None)],
)
def test_a_neglected_hot_spot_is_named_by_its_last_patrol(
    last_day: None, alert_id: str, days: int | None
) -> None:
    neglect = Neglect(NOON - 9, last_day)
    [found] = alerts([], [standing(Beat(), "tue 12:00", neglect)], NOON)
    assert found.alert_id.endswith(alert_id)
    assert (found.kind, found.since, found.days) == ("no_patrol", NOON - 9, days)


def test_outages_come_first_then_radios_windows_and_neglect_and_of_each_the_newest() -> None:
    beat = Beat()
    beat.plan(("02:00", "04:00", 1), ("05:00", "06:00", 1), weekdays=["tue"])
    silent = [
        a_signal("first", heard_at=NOON),
        a_signal("second", heard_at=NOON + MINUTE_MS),
        an_outage("old", declared_at=NOON - MINUTE_MS),
        an_outage("new", declared_at=NOON),
    ]
    standings = [standing(beat, "tue 08:00", Neglect(NOON, None))]
    found = alerts(map(Episode, silent), standings, beat.at("tue 00:00"))
    assert [each.alert_id for each in found] == [
        "outage/new",
        "outage/old",
        "lost/second",
        "lost/first",
        "missed/hs-1/2026-06-02T04:00Z",
        "missed/hs-1/2026-06-02T01:00Z",
        "no_patrol/hs-1/none",
    ]
    assert found[0].urgency == Urgency(0, -NOON, "outage/new")
