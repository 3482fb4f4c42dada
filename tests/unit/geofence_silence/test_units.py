"""One radio falls silent, or shows no place: when that is told, and why it was."""

from __future__ import annotations

import pytest

from services.contracts.reference import Duty, HotSpot, Source
from tests.support.listening import Quiet, Said, saying
from tests.support.square import SQUARE, at, fix, hotspot, presence, status

THRESHOLD_S = 180
"""Three intervals of 60 s."""


def fixes(start: int, stop: int, **more: object) -> list[Said]:
    return [saying(fix(second, 0), **more) for second in range(start, stop, 60)]


def test_a_radio_that_falls_silent_is_missed_after_three_intervals() -> None:
    town = Quiet(hotspot())
    assert town.until(THRESHOLD_S + 60, *fixes(1, 62)) == []
    [lost] = town.until(THRESHOLD_S + 62)
    assert (lost.type, lost.cause, lost.radio_id, lost.source) == ("lost", "unexpected", "r-1", "s")
    assert (lost.declared_at, lost.last_heard_at) == (at(241), at(61))
    assert (lost.hotspot_id, lost.ended_at) == ("hs-1", None)
    assert (lost.lat, lost.lon) == (fix(0, 0).lat, fix(0, 0).lon)
    assert town.until(900) == []


def test_it_is_back_when_it_is_heard_again() -> None:
    town = Quiet()
    [lost] = town.until(300, fix(1, 0))
    [back] = town.until(310, fix(305, 0))
    assert (back.episode_id, back.ended_at) == (lost.episode_id, at(305))
    [again] = town.until(600)
    assert again.episode_id != lost.episode_id


@pytest.mark.parametrize(
    ("last", "reason"),
    [
        ({"reason": "power_off"}, "power_off"),
        ({"reason": "Service lost"}, "service_lost"),
        ({"reason": "12"}, "low_battery"),
        ({"battery_pct": 2.0}, "low_battery"),
        ({"battery_pct": 4.0}, None),
        ({"reason": "3"}, None),
        ({"reason": "no idea"}, None),
    ],
)
def test_what_it_said_last_explains_it(last: dict[str, object], reason: str | None) -> None:
    [lost] = Quiet().until(300, saying(fix(1, 0), **last))
    assert (lost.cause, lost.reason) == ("unexpected" if reason is None else "explained", reason)


def test_a_reason_that_comes_late_explains_it_after_all() -> None:
    town = Quiet()
    [lost] = town.until(300, fix(1, 0))
    late = saying(presence(320), reason="power_off", sent_at=at(5))
    [explained] = town.until(330, late)
    assert (explained.episode_id, explained.cause) == (lost.episode_id, "explained")
    assert (explained.reason, explained.ended_at) == ("power_off", None)
    [back] = town.until(400, fix(390, 0))
    assert (back.cause, back.ended_at) == ("explained", at(390))


def test_who_booked_off_is_not_expected() -> None:
    town = Quiet()
    assert town.until(900, fix(1, 0), status(30, "off_duty")) == []
    [lost] = town.until(1200, status(950, "on_patrol"))
    assert lost.last_heard_at == at(950)


def test_a_control_rooms_word_about_a_radio_is_no_sign_of_it() -> None:
    town = Quiet()
    said = saying(status(100, "at_scene"), source="cad")
    [lost] = town.until(300, fix(1, 0), said)
    assert (lost.source, lost.last_heard_at) == ("s", at(1))
    booked_off = saying(status(320, "off_duty"), source="cad")
    [over] = town.until(400, booked_off)
    assert (over.episode_id, over.ended_at) == (lost.episode_id, at(320))


def test_an_emergency_is_never_silent() -> None:
    """Neither what the radio said nor the silence of its whole source hides it."""
    town = Quiet(radios=9)
    calls = [status(2, "emergency"), saying(fix(3, 0), reason="power_off")]
    [lost] = [each for each in town.until(300, *calls) if each.radio_id]
    assert (lost.cause, lost.declared_at) == ("unexpected", at(183))


def duty(since: float, until: float) -> Duty:
    return Duty(
        duty_id="d-1",
        radio_id="r-1",
        since=at(since),
        until=at(until),
        officer_ids=["P1"],
        effective_from=0,
        changed_by="a",
    )


def test_duties_say_who_is_expected() -> None:
    town = Quiet(duty(600, 1200))
    assert town.until(779, fix(1, 0)) == []
    [lost] = town.until(790)
    assert (lost.declared_at, lost.last_heard_at) == (at(780), at(1))
    [ended] = town.until(1300, fix(1190, 0))
    assert ended.ended_at == at(1190)
    assert town.until(2000) == []


def test_who_is_lost_is_missed_no_more_once_off_duty() -> None:
    town = Quiet(duty(0, 1200))
    [lost] = town.until(1000, fix(1, 0))
    [ended] = town.until(1500)
    assert (ended.episode_id, ended.ended_at) == (lost.episode_id, at(1200))


def test_who_works_before_their_duty_is_missed_before_it() -> None:
    town = Quiet(duty(2000, 3000))
    [lost] = town.until(900, fix(1, 0), status(100, "on_patrol"))
    assert lost.declared_at == at(280)


def test_who_books_off_without_a_place_is_missed_no_more() -> None:
    town = Quiet()
    [lost] = town.until(250, fix(1, 0), *(presence(second) for second in range(30, 240, 30)))
    assert (lost.type, lost.ended_at) == ("no_position", None)
    [ended] = town.until(300, status(260, "off_duty"))
    assert (ended.episode_id, ended.ended_at) == (lost.episode_id, at(260))


def a_source(name: str, interval_s: float, since: float = -1_000) -> Source:
    return Source(
        source=name,
        name=name,
        effective_from=at(since),
        changed_by="a",
        expected_interval_s=interval_s,
    )


def test_who_comes_to_a_quicker_source_is_missed_sooner() -> None:
    town = Quiet(a_source("s", 600), a_source("quick", 30))
    [lost] = town.until(200, fix(1, 0), fix(10, 0, source="quick"))
    assert lost.declared_at == at(100)


def test_settings_hold_from_when_they_come_into_force() -> None:
    town = Quiet(a_source("s", 600), a_source("s", 30, since=400))
    [lost] = town.until(900, fix(350, 0))
    assert lost.declared_at == at(440)


def test_a_known_blackspot_explains_it() -> None:
    tunnel = HotSpot(
        hotspot_id="bs-1",
        name="Tunnel",
        geometry=SQUARE,
        catchment_m=20.0,
        effective_from=0,
        changed_by="a",
        type="blackspot",
    )
    [lost] = Quiet(tunnel).until(300, fix(1, 90))
    assert (lost.cause, lost.reason, lost.hotspot_id) == ("explained", "blackspot bs-1", None)
    [lost] = Quiet(tunnel).until(300, fix(1, 110))
    assert lost.cause == "unexpected"


def test_a_source_that_reports_by_distance_is_not_silent_while_it_holds() -> None:
    source = Source(
        source="s",
        name="s",
        effective_from=0,
        changed_by="a",
        reporting="distance",
        distance_m=500.0,
        periodic_max_s=900.0,
    )
    town = Quiet(source)
    assert town.until(2700, fix(1, 0)) == []
    [lost] = town.until(2702)
    assert lost.type == "lost"


@pytest.mark.parametrize(
    ("said", "type_", "reason"),
    [
        ([presence(second) for second in range(61, 400, 60)], "no_position", None),
        (fixes(61, 400, fix_time=at(9_000)), "no_position", "ahead"),
        (fixes(61, 400, accuracy_m=500.0), "no_position", "vague"),
        (fixes(61, 400, speed_mps=3.0), "frozen", "frozen"),
    ],
)
def test_who_is_heard_without_a_place_for_three_intervals(
    said: list[Said], type_: str, reason: str | None
) -> None:
    town = Quiet()
    [blind] = town.until(400, fix(1, 0), *said)
    assert (blind.type, blind.cause, blind.reason) == (type_, "unexpected", reason)
    [back] = town.until(500, fix(450, 70))
    assert (back.episode_id, back.ended_at) == (blind.episode_id, at(450))


def test_who_has_no_place_and_then_falls_silent_is_lost() -> None:
    town = Quiet()
    said = [presence(second) for second in range(61, 302, 60)]
    [blind] = town.until(310, fix(1, 0), *said)
    over, lost = town.until(600)
    assert (over.episode_id, over.ended_at) == (blind.episode_id, at(481))
    assert (lost.type, lost.last_heard_at) == ("lost", at(301))
