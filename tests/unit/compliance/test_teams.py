"""What each team did at a hot spot: by hand."""

from __future__ import annotations

from services.metrics.compliance.allocation import Allocation
from services.metrics.compliance.teams import Team, Teams
from tests.support.beat import Beat
from tests.support.derived import MINUTE_MS
from tests.support.planned import a_duty


def told(team: Team) -> list[tuple[str, int, int, float, float]]:
    return [
        (
            hotspot_id,
            there.patrols,
            there.qualifying,
            there.officer_time.estimate_ms / MINUTE_MS,
            there.allocated_time.estimate_ms / MINUTE_MS,
        )
        for hotspot_id, there in sorted(team.hotspots.items())
    ]


def teams(beat: Beat, *days: str) -> dict[str | None, Team]:
    found = Teams()
    for day in days:
        found.add_day(beat.day(day))
    return dict(found.in_order())


def test_a_team_takes_part_in_a_patrol_with_its_own_officers() -> None:
    beat = Beat()
    beat.duty("A", "19:00", "23:00", officers=("P1", "P2"), team="B")
    beat.duty("C", "19:00", "23:00", places=("hs-9",), team="C")
    beat.visit("A", "20:00", "20:12")
    beat.visit("C", "20:05", "20:20")
    beat.visit("Z", "20:10", "20:14")  # on nobody's duty
    beat.visit("C", "22:00", "22:04")  # short
    found = teams(beat, "mon")
    assert list(found) == ["B", "C", None]
    assert told(found["B"]) == [("hs-1", 1, 1, 24, 24)]
    assert told(found["C"]) == [("hs-1", 2, 1, 19, 0)]
    assert told(found[None]) == [("hs-1", 1, 1, 4, 0)]


def test_an_officer_with_two_radios_is_there_once() -> None:
    beat = Beat()
    for radio in ("A", "B"):
        beat.duty(radio, "19:00", "23:00", officers=("P1",), team="B")
    beat.visit("A", "20:00", "20:12")
    beat.visit("B", "20:03", "20:15")
    assert told(teams(beat, "mon")["B"]) == [("hs-1", 1, 1, 15, 15)]


def test_days_add_up_and_who_was_allocated_and_never_there_is_told_so() -> None:
    beat = Beat()
    for day in ("mon", "tue"):
        beat.duty("A", f"{day} 19:00", f"{day} 23:00", team="B")
        beat.visit("A", f"{day} 20:00", f"{day} 20:12")
    found = Teams()
    for day in ("mon", "tue"):
        found.add_day(beat.day(day))
    found.add_duty(a_duty(since=0, team="B"), ["hs-2"], Allocation(1, 2, 3, 4))
    found.add_duty(a_duty(since=0, team="C"), [], Allocation(1, 0, 0, 0))
    by_name = dict(found.in_order())
    assert told(by_name["B"]) == [("hs-1", 2, 2, 24, 24), ("hs-2", 0, 0, 0, 0)]
    assert by_name["B"].duty_time == Allocation(1, 2, 3, 4)
    assert (told(by_name["C"]), by_name["C"].duty_time.duty_ms) == ([], 1)
