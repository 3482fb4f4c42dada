from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from services.simulator.radio import MODELS, Model, Ping
from services.simulator.world import World

START = 1_780_000_000_000
HOUR_MS = 3_600_000


@pytest.fixture(scope="module")
def half_a_shift() -> tuple[World, list[Ping]]:
    world = World(seed=1, officers=12, start=START)
    return world, world.advance(START + 5 * HOUR_MS)


def by_radio(pings: list[Ping]) -> dict[str, list[Ping]]:
    sorted_out: dict[str, list[Ping]] = defaultdict(list)
    for ping in pings:
        sorted_out[ping["radio_id"]].append(ping)
    return sorted_out


def time_of(ping: Ping) -> int:
    time = ping["fix_time"] if ping["kind"] == "gps" else ping["sent_at"]
    assert isinstance(time, int)
    return time


def test_the_same_seed_sends_the_same_pings_however_time_passes() -> None:
    at_once = World(seed=5, officers=4, start=START).advance(START + 600_000)
    world = World(seed=5, officers=4, start=START)
    in_steps = [ping for to in range(START, START + 600_001, 1_700) for ping in world.advance(to)]
    in_steps += world.advance(START + 600_000)
    assert in_steps == at_once
    assert World(seed=6, officers=4, start=START).advance(START + 600_000) != at_once


def test_no_time_passes_before_its_second_is_over() -> None:
    world = World(seed=1, officers=12, start=START)
    assert world.advance(START + 999) == []
    assert world.now == START


def test_a_lone_officer_walks_and_the_last_of_several_drives() -> None:
    modes = [officer.mode.name for officer in World(1, 3, START).officers]
    assert modes == ["foot", "foot", "vehicle"]
    assert World(1, 1, START).officers[0].mode.name == "foot"


def test_pings_come_in_order_of_time_with_an_id_of_their_own(
    half_a_shift: tuple[World, list[Ping]],
) -> None:
    _, pings = half_a_shift
    times = [time_of(ping) for ping in pings]
    assert times == sorted(times)
    assert len({ping["message_id"] for ping in pings}) == len(pings)


def test_each_radio_keeps_its_interval_but_for_losses(
    half_a_shift: tuple[World, list[Ping]],
) -> None:
    world, pings = half_a_shift
    losses = 0
    for radio in world.radios:
        heard = by_radio(pings)[radio.radio_id]
        gaps = Counter(time_of(b) - time_of(a) for a, b in pairwise(heard))
        interval_ms = radio.model.interval_s * 1000
        assert gaps[interval_ms] > 0.95 * sum(gaps.values())
        assert all(gap % interval_ms == 0 for gap in gaps)
        losses += sum(1 for gap in gaps.elements() if gap >= 90_000)
    assert 12 <= losses <= 120


def test_some_pings_are_of_presence_only(half_a_shift: tuple[World, list[Ping]]) -> None:
    _, pings = half_a_shift
    presence = [ping for ping in pings if ping["kind"] == "radio"]
    assert 0.02 < len(presence) / len(pings) < 0.25
    for ping in presence:
        assert ping["reason"] == "no_fix"
        assert not {"lat", "lon", "fix_time", "accuracy_m"} & set(ping)


def test_a_flat_battery_is_swapped(half_a_shift: tuple[World, list[Ping]]) -> None:
    _, pings = half_a_shift
    swaps = [
        time_of(b) - time_of(a)
        for heard in by_radio(pings).values()
        for a, b in pairwise(heard)
        if b["battery_pct"] > a["battery_pct"]
    ]
    assert swaps
    assert min(swaps) >= 420_000


def test_below_the_underpass_nothing_is_heard() -> None:
    # Five officers, each on a street of the underpass at one time or another.
    world = World(seed=2, officers=5, start=START)
    below = 0
    for second in range(1, 5 * 3600):
        heard = {ping["radio_id"] for ping in world.advance(START + 1000 * second)}
        for officer, radio in zip(world.officers, world.radios, strict=True):
            if officer.stretch in world.town.underpass:
                below += 1
                assert radio.radio_id not in heard
    assert below > 100


def test_between_high_walls_a_position_is_less_accurate(
    half_a_shift: tuple[World, list[Ping]],
) -> None:
    world, pings = half_a_shift
    stated: dict[Model, set[float]] = {model: set() for model in MODELS}
    for radio in world.radios:
        fixes = [ping for ping in by_radio(pings)[radio.radio_id] if ping["kind"] == "gps"]
        stated[radio.model] |= {fix["accuracy_m"] for fix in fixes}
    for accuracies in stated.values():
        open_sky_m, canyon_m = sorted(accuracies)
        assert canyon_m == pytest.approx(2.5 * open_sky_m, abs=0.2)
