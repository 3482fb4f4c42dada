from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from services.simulator.radio import MODELS, Model, Ping
from services.simulator.world import COARSE_MS, Heard, World

START = 1_780_000_000_000
HOUR_MS = 3_600_000


@pytest.fixture(scope="module")
def half_a_shift() -> tuple[World, list[Ping]]:
    world = World(seed=1, officers=12, began=START, now=START)
    return world, world.advance(START + 5 * HOUR_MS).pings


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
    at_once = World(5, 4, START, START).advance(START + 600_000)
    world = World(5, 4, START, START)
    in_steps = [
        world.advance(to) for to in (*range(START, START + 600_001, 1_700), START + 600_000)
    ]
    assert [ping for heard in in_steps for ping in heard.pings] == at_once.pings
    assert [status for heard in in_steps for status in heard.statuses] == at_once.statuses
    assert World(6, 4, START, START).advance(START + 600_000) != at_once


def test_no_time_passes_before_its_second_is_over() -> None:
    world = World(1, 12, START, START)
    assert world.advance(START + 999) == Heard([], [])
    assert world.now == START


def test_a_town_joined_later_is_where_it_would_have_been() -> None:
    then = START + 30 * HOUR_MS
    joined = World(3, 4, START, then)
    lived = World(3, 4, START, START)
    lived.advance(then)
    assert joined.now == lived.now == then
    assert joined.shift == lived.shift
    for one, other in zip(joined.officers, lived.officers, strict=True):
        assert one.place == pytest.approx(other.place)


def test_a_past_that_nobody_watches_has_a_report_a_minute() -> None:
    world = World(1, 12, START, START)
    pings = world.advance(START + 3 * HOUR_MS, COARSE_MS).pings
    for heard in by_radio(pings).values():
        gaps = Counter(time_of(b) - time_of(a) for a, b in pairwise(heard))
        assert gaps[COARSE_MS] > 0.9 * sum(gaps.values())
    after = world.advance(world.now + 60_000).pings
    # Nobody makes up for the reports that were not asked for.
    assert max(Counter(time_of(ping) for ping in after).values()) <= 12
    assert len(after) <= 4 * (12 + 6 + 3) + 12


def test_each_relief_books_on_and_off_and_hands_over_in_silence() -> None:
    world = World(1, 4, START, START)
    heard = world.advance(START + 9 * HOUR_MS)
    on, off = (
        [(each["at"] - START) / HOUR_MS for each in heard.statuses if each["status"] == status]
        for status in ("on_duty", "off_duty")
    )
    assert on == [0] * 4 + [8] * 4
    assert off == [7.75] * 4
    times = [(time_of(ping) - START) / HOUR_MS for ping in heard.pings]
    assert not [at for at in times if 7.75 < at <= 8]
    assert max(times) > 8.9
    at = [each["at"] for each in heard.statuses]
    assert all(START <= each <= world.now for each in at)


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
    # Eight officers, some of whom pass below at one time or another.
    world = World(seed=2, officers=8, began=START, now=START)
    below = 0
    for second in range(1, 5 * 3600):
        heard = {ping["radio_id"] for ping in world.advance(START + 1000 * second).pings}
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
        assert canyon_m == pytest.approx(4 * open_sky_m, abs=0.3)
