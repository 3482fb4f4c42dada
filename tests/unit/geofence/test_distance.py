"""Sources that report by distance: they say nothing as long as an officer stays about the place."""

from __future__ import annotations

from math import ceil

from services.contracts.derived import RingTimes
from services.contracts.reference import Source
from services.contracts.telemetry import Gps
from services.geofence.account import Account, account
from services.geofence.survey import Surveyor
from tests.support.square import Town, at, fix, hotspot

FAR = 3_000.0
BY_DISTANCE = Source(
    source="s",
    name="s",
    effective_from=0,
    changed_by="a",
    expected_interval_s=60.0,
    reporting="distance",
    distance_m=500.0,
    periodic_max_s=600.0,
)
W_S = 1.645 * (600**2 / 12) ** 0.5
"""284.922 s: what a crossing in a gap of ten minutes adds on either side."""


def accounted(*made: Gps, catchment_m: float = 100.0, source: Source = BY_DISTANCE) -> Account:
    surveyor = Surveyor()
    surveyor.learn(0, hotspot(catchment_m=catchment_m))
    surveyor.learn(1, source)
    return account(surveyor, "r-1", made, at(0))


def times(found: Account) -> RingTimes:
    [sheet] = found.timesheets
    return sheet.hotspots["hs-1"]


def test_the_last_place_holds_until_the_next_fix() -> None:
    """Inside from the first fix on; away at second 600. The whole gap is the first fix's."""
    core, _ = accounted(fix(0, 0), fix(600, FAR)).visits
    assert (core.entered_at, core.left_at, core.duration_ms) == (at(0), at(600), 600_000)


def test_coming_begins_with_the_fix_that_says_so() -> None:
    """Nothing of the gap before it, which the place before it held: 600 s of 1,200 are inside."""
    core, _ = accounted(fix(0, FAR), fix(600, 0), fix(1_200, FAR)).visits
    assert (core.entered_at, core.left_at, core.duration_ms) == (at(600), at(1_200), 600_000)


def test_held_time_is_never_certain() -> None:
    """Anywhere within 500 m it would have said nothing: low is 0, though it never moved."""
    core, catchment = accounted(fix(0, 0), fix(600, 0), fix(1_200, 0)).visits
    for visit in (core, catchment):
        assert (visit.low_ms, visit.duration_ms, visit.high_ms) == (0, 1_200_000, 1_200_000)


def test_high_counts_what_the_distance_reaches() -> None:
    """The line is 75 m from the middle; 1.62 x 10 m of circle and 500 m of silence reach 516.2 m.

    From 590 m it is 515 m to the line: so the officer may have been inside all the time. From
    593 m it is 518 m. Either way nobody entered.
    """
    reached = accounted(fix(0, 590), fix(600, 590), catchment_m=0.0)
    assert reached.visits == []
    core = times(reached).core
    assert (core.low_ms, core.estimate_ms, core.high_ms) == (0, 0, 600_000)

    beyond = accounted(fix(0, 593), fix(600, 593), catchment_m=0.0)
    assert beyond.timesheets[0].hotspots == {}


def test_crossings_widen_what_is_held_as_they_do_elsewhere() -> None:
    """Left in a gap of 600 s: 284.922 s more at most, and low cannot fall below 0."""
    core = times(accounted(fix(0, 0), fix(600, FAR))).core
    assert (core.low_ms, core.estimate_ms) == (0, 600_000)
    assert core.high_ms == 600_000 + ceil(W_S * 1000)


def test_a_place_holds_until_the_longest_silence_and_one_interval_more() -> None:
    """600 s and 60 s; what is longer is unknown, as of any source."""
    core, _ = accounted(fix(0, 0), fix(660, 0)).visits
    assert (core.duration_ms, core.unknown_ms) == (660_000, 0)
    core, _ = accounted(fix(0, 0), fix(660.001, 0)).visits
    assert (core.duration_ms, core.unknown_ms) == (0, 660_001)


def test_how_a_gap_is_split_is_for_the_source_of_the_fix_before_it() -> None:
    """Held until second 100, where it becomes periodic; the gap after that is halved."""
    periodic = Source(source="s", name="s", effective_from=at(50), changed_by="a")
    town = Town(hotspot(), BY_DISTANCE, periodic)
    _, held = town.visits(fix(0, 0), fix(100, FAR))
    assert (held.left_at, held.low_ms) == (at(100), 0)
    _, halved = town.visits(fix(1_000, 0), fix(1_100, FAR))
    assert halved.left_at == at(1_050)


def test_without_a_distance_nothing_is_held() -> None:
    """It says that it reports by distance but not by what: its gaps are halved."""
    vague = Source(source="s", name="s", effective_from=0, changed_by="a", reporting="distance")
    core, _ = accounted(fix(0, 0), fix(60, 0), fix(120, FAR), source=vague).visits
    assert (core.left_at, core.duration_ms) == (at(90), 90_000)
    assert core.low_ms == 90_000 - 28_493
