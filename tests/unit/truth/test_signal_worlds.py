"""What the worlds of silence come to: who is not heard, and what the log shows of it."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple, get_args

import numpy as np
import pytest
from msgspec.structs import replace

from services.contracts.telemetry import Gps, Presence, Status, Telemetry, Tick
from services.eventlog.partitioning import partition_of
from tests.support.square import NOON
from tests.truth.signals.force import Unit, force_of
from tests.truth.signals.happenings import Happened, happened
from tests.truth.signals.heartbeats import Heartbeats
from tests.truth.signals.pings import Pings, pings_of
from tests.truth.signals.telemetry import Line, Log
from tests.truth.signals.truth import Truth, truth_of
from tests.truth.signals.words import words_of
from tests.truth.signals.worlds import MINUTE_MS, Down, Kind, World, Worlds

SMALL = {world.name: world for world in Worlds.read().in_small()}
PLAIN = "a plain day"
BATTERIES = "flat batteries and power-offs"


class Day(NamedTuple):
    """A small world in parts."""

    world: World
    force: list[Unit]
    happened: dict[int, Happened]
    pings: Pings
    log: list[list[Line]]
    truth: Truth

    def said(self, place: int) -> list[tuple[int, Telemetry]]:
        """What the log has of a unit."""
        radio_id = self.force[place].radio_id
        return [
            (at, message)
            for at, message in self.log[partition_of(radio_id.encode(), self.world.partitions)]
            if isinstance(message, Gps | Presence | Status) and message.radio_id == radio_id
        ]

    def of(self, kind: Kind) -> list[tuple[int, Happened]]:
        """Who met with that."""
        return [(place, what) for place, what in self.happened.items() if what.kind == kind]

    def ticks(self) -> list[tuple[int, Tick]]:
        """Those of one partition."""
        return [(at, message) for at, message in self.log[0] if isinstance(message, Tick)]


def day_of(world: World) -> Day:
    force = force_of(world)
    what = happened(world, force)
    pings, words = pings_of(world, force, what), words_of(force, what)
    log: list[list[Line]] = [[] for _ in range(world.partitions)]
    for minute in Log(world, force, what, pings, words).minutes(Heartbeats(world, force, pings, 0)):
        for number, lines in enumerate(minute):
            log[number] += lines
    return Day(world, force, what, pings, log, truth_of(world, force, what, pings, words))


def test_in_small_everything_happens_that_can() -> None:
    kinds = {
        what.kind for world in SMALL.values() for what in happened(world, force_of(world)).values()
    }
    assert kinds == set(get_args(Kind))
    down = {down.kind for world in SMALL.values() for down in world.outages if down.at_min}
    assert down == {"gateway", "clock", "mast", "ingest", "hang"}


def test_a_force_is_500_units_for_24_hours_in_another_town_each() -> None:
    worlds = list(Worlds.read().full())
    assert {(world.units, world.hours) for world in worlds} == {(500, 24)}
    assert len({world.seed for world in worlds}) == len(worlds)
    assert all(sum(source.share for source in world.sources) == 1 for world in worlds)


@pytest.mark.parametrize("name", SMALL)
def test_the_log_of_each_partition_is_in_order_and_has_its_own_radios(name: str) -> None:
    day = day_of(SMALL[name])
    for number, lines in enumerate(day.log):
        assert all(one[0] <= other[0] for one, other in pairwise(lines))
        radios = {message.radio_id for _, message in lines if isinstance(message, Gps)}
        assert {partition_of(each.encode(), day.world.partitions) for each in radios} == {number}


def test_a_seed_gives_the_same_log_and_another_another() -> None:
    world = SMALL[PLAIN]
    assert day_of(world).log == day_of(world).log
    assert day_of(world).log != day_of(replace(world, seed=world.seed + 1)).log


def test_who_is_broken_is_not_heard_and_is_heard_again() -> None:
    day = day_of(SMALL[PLAIN])
    for place, what in day.of("broken"):
        absence = day.truth.absences[place]
        heard = [at for at, _ in day.said(place)]
        assert not [at for at in heard if absence.last < at < absence.again]
        assert absence.last in heard
        assert absence.again in heard
        assert 0 <= absence.again - what.span.until < 2 * MINUTE_MS + 15_000


def test_who_is_blind_is_heard_without_a_fix() -> None:
    day = day_of(SMALL[PLAIN])
    for place, _ in day.of("blind"):
        absence = day.truth.absences[place]
        kinds = {type(said) for at, said in day.said(place) if absence.last < at < absence.again}
        assert kinds == {Presence}


def test_a_stuck_receiver_says_one_place_and_any_other_never_one_twice() -> None:
    day = day_of(SMALL[PLAIN])
    stuck = dict(day.of("stuck"))
    for place in range(len(day.force)):
        fixes = [said for _, said in day.said(place) if isinstance(said, Gps)]
        repeated = len(fixes) - len({(fix.lon, fix.lat) for fix in fixes})
        if place in stuck:
            since, until = stuck[place].span
            long = [fix for fix in fixes if since <= fix.fix_time - NOON < until]
            assert repeated == len(long) - 1
        else:
            assert repeated == 0


def test_a_battery_runs_flat_before_its_radio_is_silent() -> None:
    day = day_of(SMALL[BATTERIES])
    for place, what in day.of("flat_battery"):
        before = [said for at, said in day.said(place) if at < what.span.since]
        assert isinstance(before[-1], Gps)
        assert before[-1].battery_pct is not None
        assert before[-1].battery_pct <= 1
        assert isinstance(before[0], Gps)
        assert before[0].battery_pct is not None
        assert before[0].battery_pct > 3


def test_the_last_that_is_heard_of_a_radio_says_why() -> None:
    day = day_of(SMALL[BATTERIES])
    for place, what in day.of("said_why"):
        last = [said for at, said in day.said(place) if at < what.span.until][-1]
        assert isinstance(last, Presence)
        assert last.reason is not None


def test_a_late_word_comes_after_the_radio_was_missed() -> None:
    day = day_of(SMALL[BATTERIES])
    for place, what in day.of("said_late"):
        absence = day.truth.absences[place]
        assert absence.deadline + 2_000 < absence.said_at < what.span.until


def test_pings_through_a_gateway_are_lost_or_late_while_it_is_down() -> None:
    day = day_of(SMALL["gateways restart"])
    for outage in day.truth.outages:
        down = next(each for each in day.world.outages if each.source == outage.name)
        own = np.flatnonzero([unit.source.name == outage.name for unit in day.force])
        pings = day.pings.where(np.isin(day.pings.unit, own))
        since, until = outage.span
        assert not np.any((since < pings.at) & (pings.at < until))
        made = np.sum((since < pings.made) & (pings.made < until - 5_000))
        assert (made > 0) == (down.fate == "late")


def test_an_instance_that_hangs_says_nothing_and_one_that_stops_in_order_says_so() -> None:
    hang = day_of(SMALL["one of three ingests hangs"])
    since, until = next(down for down in hang.world.outages if down.kind == "hang").spans()[0]
    assert {tick.instance for at, tick in hang.ticks() if since <= at < until} == {
        "ingest-1",
        "ingest-3",
    }
    stop = day_of(SMALL["ingest restarts"])
    farewells = [at for at, tick in stop.ticks() if tick.farewell]
    in_order = [down for down in stop.world.outages if down.farewell]
    assert farewells == [span.since for down in in_order for span in down.spans()]


def test_ticks_say_what_was_heard_before_them() -> None:
    day = day_of(SMALL[PLAIN])
    at, tick = day.ticks()[-1]
    units = np.array([unit.source.name == "north" for unit in day.force])
    heard = day.pings.at[units[day.pings.unit]]
    assert tick.sources["north"] == NOON + heard[heard < at].max()
    assert tick.radios["north"] == pytest.approx(units.sum(), abs=5)


def test_a_gateway_with_a_wrong_clock_stamps_by_it() -> None:
    day = day_of(SMALL["wrong clocks"])
    down = next(down for down in day.world.outages if down.ahead_s > 0)
    (since, until), *_ = down.spans()
    ahead = {
        round((said.fix_time - said.received_at) / 3_600_000)
        for place, unit in enumerate(day.force)
        if unit.source.name == down.source
        for at, said in day.said(place)
        if isinstance(said, Gps) and since + 2_000 <= at < until
    }
    assert ahead == {1}


def test_an_instance_that_was_replaced_goes_down_under_its_new_name() -> None:
    world = SMALL["three ingests restart"]
    killed = Down(
        kind="ingest", instances=["ingest-3"], at_min=[40, 70], for_min=[1, 1], renamed=True
    )
    day = day_of(replace(world, outages=[killed]))
    assert [outage.name for outage in day.truth.outages] == ["ingest-3", "ingest-3.2"]
    named = {tick.instance for _, tick in day.ticks()}
    assert named == {"ingest-1", "ingest-2", "ingest-3", "ingest-3.2", "ingest-3.3"}


def test_a_loss_is_hidden_by_an_outage_that_begins_as_it_has_to_be_told() -> None:
    world = replace(SMALL[PLAIN], outages=[])
    place, what = day_of(world).of("broken")[0]
    due = day_of(world).truth.absences[place].due
    for late_ms, hidden in ((1_000, True), (3_000, False)):
        gap = Down(
            kind="ingest",
            instances=["ingest-1"],
            at_min=[(due + late_ms) / MINUTE_MS],
            for_min=[1],
        )
        absence = day_of(replace(world, outages=[gap])).truth.absences[place]
        assert absence.due == due
        assert absence.was_hidden == hidden
    assert what.span.until > due
