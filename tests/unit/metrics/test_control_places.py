"""Which hot spots are control places when, as the register changes."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

import pytest

from services.contracts.days import Days
from services.contracts.reference import Deleted
from services.contracts.register import Register
from services.metrics.control_places import ControlPlaces
from tests.support.derived import DAY_MS, HOUR_MS, NOON
from tests.support.planned import a_plan

MIDNIGHT = NOON + 12 * HOUR_MS
DAYS = Days(ZoneInfo("Europe/London"), time(0))


def known(*messages: object) -> tuple[Register, ControlPlaces]:
    register = Register()
    for message in messages:
        register.apply(register.offset, message)  # type: ignore[arg-type]
    return register, ControlPlaces(register, DAYS)


TOMORROW = a_plan(arm="control", effective_from=MIDNIGHT)


@pytest.mark.parametrize(
    ("hotspot_id", "since", "until", "is_one"),
    [
        ("hs-1", NOON, None, False),
        ("hs-1", MIDNIGHT - 1, None, False),
        ("hs-1", MIDNIGHT, None, True),
        ("hs-1", NOON, MIDNIGHT - 1, False),
        ("hs-1", NOON, MIDNIGHT, True),
        ("hs-1", NOON, NOON + 5 * DAY_MS, True),
        ("hs-1", MIDNIGHT, NOON, True),
        ("hs-2", MIDNIGHT, None, False),
    ],
)
def test_a_place_is_one_by_the_day(
    hotspot_id: str, since: int, until: int | None, *, is_one: bool
) -> None:
    _, places = known(TOMORROW, a_plan("hs-2"))
    assert places.is_one(hotspot_id, since, until) == is_one


def test_those_of_a_day() -> None:
    _, places = known(TOMORROW, a_plan("hs-2"), a_plan("hs-3", arm="control"))
    assert places.at(NOON) == {"hs-3"}
    assert places.at(MIDNIGHT) == {"hs-1", "hs-3"}


def test_what_the_register_learns_counts_at_once() -> None:
    register, places = known(a_plan())
    found = [places.is_one("hs-1", NOON)]
    for message in (
        a_plan(arm="control"),
        a_plan(),
        a_plan(arm="control"),
        Deleted(type="plan", id="p-hs-1", effective_from=0, changed_by="test"),
    ):
        register.apply(register.offset, message)
        found.append(places.is_one("hs-1", NOON))
    assert found == [False, True, False, True, False]
