"""The schedule of the chaos tests: seeded, and at least as many kills as asked for."""

from __future__ import annotations

import pytest

from tests.chaos import schedule
from tests.chaos.faults import Fault, Kill, KillBroker, Pause, Silence, Storm
from tests.chaos.schedule import SESSION_S


def kills(faults: list[Fault]) -> int:
    return sum(fault.kills for fault in faults)


@pytest.mark.parametrize("wanted", [1, 30, 100])
def test_there_are_as_many_kills_as_asked_for_and_the_last_fault_is_needed(wanted: int) -> None:
    faults = schedule.long(1, wanted)
    assert kills(faults) >= wanted
    assert kills(faults[:-1]) < wanted


def test_a_seed_gives_the_same_faults_each_time_and_another_gives_others() -> None:
    assert schedule.long(1, 30) == schedule.long(1, 30)
    assert schedule.long(1, 30) != schedule.long(2, 30)


def test_many_pauses_of_a_geofence_outlast_its_session() -> None:
    pauses = [each for each in schedule.long(1, 100) if isinstance(each, Pause)]
    of_geofences = [each for each in pauses if each.service.startswith("geofence")]
    outlasting = [each for each in of_geofences if each.pause_s > SESSION_S]
    assert len(outlasting) > len(of_geofences) / 2


def test_the_short_form_has_every_sort_of_fault() -> None:
    assert {type(each) for each in schedule.short()} == {Kill, KillBroker, Pause, Silence, Storm}
