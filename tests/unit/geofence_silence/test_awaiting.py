"""A radio on duty of which nothing is heard at all: when it is missed, and when nobody is."""

from __future__ import annotations

import msgspec

from services.contracts.reference import Deleted, Duty, Radio, Source
from services.geofence.engine import Engine
from services.geofence.silence.patience import Patience
from services.geofence.silence.sources import Source as Heard
from services.geofence.silence.sources import Sources
from tests.support.listening import Quiet, Said, saying
from tests.support.square import anyone, at, fix, presence, status

PATIENCE_S = 180
"""Three intervals of 60 s."""


def duty(since: float, until: float, radio_id: str = "r-9", duty_id: str = "d-1") -> Duty:
    return Duty(
        duty_id=duty_id,
        radio_id=radio_id,
        since=at(since),
        until=at(until),
        officer_ids=["P1"],
        effective_from=0,
        changed_by="a",
    )


def others(start: int, stop: int, **more: object) -> list[Said]:
    """Another radio, heard each minute."""
    return [saying(fix(second, second), **more) for second in range(start, stop, 60)]


def test_who_is_not_heard_on_duty_is_missed_until_it_is() -> None:
    town = Quiet(duty(60, 1200))
    assert town.until(60 + PATIENCE_S - 1, *others(1, 200)) == []
    [lost] = town.until(500, *others(241, 500))
    assert (lost.radio_id, lost.type, lost.cause) == ("r-9", "lost", "unexpected")
    assert lost.declared_at == at(60 + PATIENCE_S)
    assert (lost.source, lost.last_heard_at, lost.ended_at) == (None, None, None)
    assert (lost.lat, lost.lon, lost.hotspot_id, lost.cell_id) == (None, None, None, None)
    [back] = town.until(550, presence(510, "r-9"), *others(511, 550))
    assert (back.episode_id, back.ended_at) == (lost.episode_id, at(510))


def test_who_is_heard_in_time_is_not_missed() -> None:
    town = Quiet(duty(60, 1200))
    assert town.until(400, *others(1, 400), presence(230, "r-9")) == []


def test_it_is_over_with_the_duty() -> None:
    town = Quiet(duty(0, 600), duty(600, 900, duty_id="d-2"))
    [lost] = town.until(890, *others(1, 890))
    [over] = town.until(1500, *others(901, 1500))
    assert (over.episode_id, over.ended_at) == (lost.episode_id, at(900))


def test_it_is_over_once_the_duty_is_taken_from_the_roster() -> None:
    town = Quiet(duty(0, 9_000))
    [lost] = town.until(300, *others(1, 300))
    town.learn(Deleted(type="duty", id="d-1", effective_from=at(300), changed_by="a"))
    [over] = town.until(310)
    assert (over.episode_id, over.ended_at) == (lost.episode_id, at(301))


def test_a_duty_put_into_the_roster_late_counts_from_then() -> None:
    town = Quiet()
    town.until(1000, *others(1, 1000))
    town.learn(duty(-9_000, 9_000))
    [lost] = town.until(1300, *others(1021, 1300))
    assert lost.declared_at == at(1001 + PATIENCE_S)


def test_a_duty_that_is_over_when_it_is_learned_misses_nobody() -> None:
    assert Quiet(duty(-900, -300)).until(600, *others(1, 600)) == []


def test_a_radio_has_patience_of_its_own() -> None:
    slow = Radio(radio_id="r-9", effective_from=0, changed_by="a", expected_interval_s=100.0)
    [lost] = Quiet(slow, duty(60, 1200)).until(900, *others(1, 900))
    assert lost.declared_at == at(60 + 300)


def test_the_most_patient_source_may_be_its_own() -> None:
    slow = Source(source="s", name="s", effective_from=0, changed_by="a", expected_interval_s=120.0)
    [lost] = Quiet(slow, duty(60, 1200)).until(900, *others(1, 900))
    assert lost.declared_at == at(60 + 360)


def test_a_source_that_loses_its_patience_counts_at_once() -> None:
    slow = Source(source="s", name="s", effective_from=0, changed_by="a", expected_interval_s=120.0)
    town = Quiet(slow, duty(60, 1200))
    town.until(300, *others(1, 300))
    town.learn(msgspec.structs.replace(slow, expected_interval_s=60.0))
    [lost] = town.until(310)
    assert lost.declared_at == at(301)


def test_another_partitions_radio_is_for_that_one_to_tell_of() -> None:
    town = Quiet()
    town.engine = Engine(0, lambda radio_id: radio_id != "r-9")
    town.learn(duty(60, 1200), duty(60, 1200, "r-8", "d-2"))
    [lost] = town.until(900, *others(1, 900))
    assert lost.radio_id == "r-8"


def test_after_a_gap_of_ours_it_has_time_to_be_heard() -> None:
    town = Quiet(duty(60, 9_000))
    town.until(200, *others(1, 200))
    town.pass_over(2000)
    gap, lost = town.until(2500, *others(2011, 2500))
    assert (gap.cause, gap.ended_at) == ("pipeline", at(2001))
    assert (lost.radio_id, lost.declared_at) == ("r-9", at(2001 + PATIENCE_S))


def test_while_an_instance_hangs_it_may_have_been_heard_there() -> None:
    town = Quiet(duty(60, 9_000))
    town.until(100, *others(1, 100), instance="a")
    [hangs] = town.until(600, *others(121, 600), instance="b")
    gone, lost = town.until(1100, *others(601, 1100), instance="b")
    assert (hangs.cause, gone.ended_at) == ("pipeline", at(701))
    assert (lost.radio_id, lost.declared_at) == ("r-9", at(700 + PATIENCE_S))


def test_while_no_source_is_heard_it_may_be_its_own_that_is_silent() -> None:
    town = Quiet(duty(150, 9_000), radios=5)
    [source] = town.until(800, *others(1, 130))
    assert source.cause == "source"
    back, lost = town.until(1300, *others(801, 1300))
    assert (back.episode_id, back.ended_at) == (source.episode_id, at(801))
    assert (lost.radio_id, lost.declared_at) == ("r-9", at(800 + PATIENCE_S))


def test_a_small_source_that_is_silent_is_nobodys_excuse() -> None:
    signals = Quiet(duty(150, 9_000), radios=2).until(800, *others(1, 130))
    assert [each.radio_id for each in signals] == ["r-1", "r-9"]


def test_a_restart_changes_nothing() -> None:
    rota = [duty(60, 1200), duty(190, 1200, "r-8", "d-2"), duty(400, 1200, "r-7", "d-3")]
    town = Quiet(*rota)
    [lost] = town.until(300, *others(1, 300))
    before, town.engine = town.engine, Engine.restore(0, anyone, town.engine.body())
    for offset, message in enumerate(rota):
        town.engine.learn(offset, message)
    town.engine.listen(before.outages())
    signals = town.until(1201)
    told = [(each.radio_id, each.declared_at, each.ended_at) for each in signals]
    assert lost.radio_id == "r-9"
    assert told == [
        ("r-8", at(190 + PATIENCE_S), None),
        ("r-7", at(400 + PATIENCE_S), None),
        ("r-7", at(400 + PATIENCE_S), at(1200)),
        ("r-8", at(190 + PATIENCE_S), at(1200)),
        ("r-9", at(60 + PATIENCE_S), at(1200)),
    ]


def test_only_of_large_sources_can_it_be_said_that_they_are_silent() -> None:
    sources = Sources({"large": Heard(at(0), at(0), 5), "small": Heard(at(99), at(99), 2)})
    usual = Patience(60_000, 180_000)
    assert sources.are_suspected(lambda _: usual, at(100))
    sources.known["another"] = Heard(at(99), at(99), 5)
    assert not sources.are_suspected(lambda _: usual, at(100))


def test_who_is_lost_so_long_that_it_is_forgotten_stays_lost_on_duty() -> None:
    town = Quiet(duty(0, 200_000, "r-1"))
    [lost] = town.until(300, fix(1, 0))
    town.pass_over(90_000)
    [gap] = town.until(90_200)
    assert gap.cause == "pipeline"
    assert town.engine.radios() == set()
    [open_one] = town.engine.open_signals(7)
    assert (open_one.episode_id, open_one.last_heard_at) == (lost.episode_id, at(1))
    [back] = town.until(90_300, fix(90_250, 0))
    assert (back.episode_id, back.ended_at) == (lost.episode_id, at(90_250))


def test_who_is_forgotten_on_duty_is_lost_until_that_is_over() -> None:
    town = Quiet(duty(0, 90_100, "r-1"))
    [lost] = town.until(300, fix(1, 0))
    town.pass_over(90_000)
    _, over = town.until(90_200)
    assert (over.episode_id, over.ended_at) == (lost.episode_id, at(90_100))


def test_who_is_forgotten_off_duty_is_missed_no_more() -> None:
    town = Quiet(duty(0, 80_000, "r-1"))
    [lost] = town.until(300, fix(1, 0))
    town.pass_over(90_000)
    signals = town.until(90_600)
    assert [(each.cause, each.episode_id == lost.episode_id) for each in signals] == [
        ("pipeline", False),
        ("unexpected", True),
    ]


def test_a_control_rooms_word_is_enough_to_know_a_radio_by() -> None:
    town = Quiet(duty(60, 9_000))
    town.until(300, *others(1, 300))
    booked_off = saying(status(310, "off_duty"), radio_id="r-9", source="cad")
    [over] = town.until(900, booked_off, *others(311, 900))
    assert (over.radio_id, over.ended_at) == ("r-9", at(310))
