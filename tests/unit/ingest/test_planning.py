"""Whether a plan fits what is in force: its time, its dates, its hot spot, the other plans."""

from __future__ import annotations

from datetime import time
from typing import Any, Literal
from zoneinfo import ZoneInfo

import msgspec
import pytest

from services.contracts.days import Days
from services.contracts.reference import Deleted, HotSpot, MinutesEach, Plan, Reference, Window
from services.contracts.register import Register
from services.ingest.planning import misfits

DAYS = Days(ZoneInfo("Europe/London"), time(0))
DAY = 86_400_000
MONDAY = 1_780_268_400_000
"""2026-06-01 in London, in epoch milliseconds."""
LATER = MONDAY + 7 * DAY


def hotspot(
    hotspot_id: str, since: int = 0, type_: Literal["hotspot", "blackspot"] = "hotspot"
) -> HotSpot:
    return HotSpot(
        hotspot_id=hotspot_id,
        name="",
        geometry={},
        effective_from=since,
        changed_by="t1",
        type=type_,
    )


def plan(plan_id: str, days: str = "mon", **fields: Any) -> Plan:  # noqa: ANN401 - any field
    named = days.split()
    usual: dict[str, Any] = {
        "hotspot_id": "market",
        "windows": [Window(since="12:00", until="13:00", patrols=1)],
        "effective_from": MONDAY,
        "weekdays" if named[0].isalpha() else "dates": named,
    }
    return Plan(
        plan_id=plan_id,
        minutes_each=MinutesEach(low=10, high=16),
        minutes_per_day=10,
        changed_by="t1",
        **(usual | fields),
    )


def deleted(type_: Literal["hotspot", "plan"], id_: str, at: int) -> Deleted:
    return Deleted(type=type_, id=id_, effective_from=at, changed_by="t1")


def judged(in_force: list[Reference], *plans: Plan, days: Days = DAYS) -> dict[int, str]:
    register = Register()
    for offset, message in enumerate([hotspot("market"), hotspot("park"), *in_force]):
        register.apply(offset, message)
    return {index: str(each) for index, each in misfits(register, days, plans).items()}


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (plan("new", effective_to=MONDAY + 1), None),
        (plan("new", effective_to=MONDAY), "effective_to: must come after effective_from, 2026-05"),
        (plan("new", "2026-06-01"), None),
        (plan("new", "2026-06-01", effective_from=MONDAY + DAY - 1), None),
        (
            plan("new", "2026-06-02 2026-06-01", effective_from=MONDAY + DAY),
            (
                "dates: 2026-06-01 is over before the plan begins, 2026-06-01T23:00:00.000Z; take "
                "it out, or give an earlier effective_from, such as 2026-05-31T23:00:00.000Z"
            ),
        ),
        (plan("new", "2026-06-02", effective_to=MONDAY + DAY + 1), None),
        (
            plan("new", "2026-06-02", effective_to=MONDAY + DAY),
            "dates: 2026-06-02 begins after the plan ends; take it out, or give a later",
        ),
    ],
)
def test_when_a_plan_holds(new: Plan, words: str | None) -> None:
    said = judged([], new).get(0)
    assert (said is None) == (words is None)
    assert (said or "").startswith(words or "")


NIGHT, SMALL_HOURS = (
    Window(since="22:00", until="02:00", patrols=1),
    Window(since="01:00", until="03:00", patrols=1),
)


@pytest.mark.parametrize(
    ("days", "day_starts", "overlap"),
    [
        ("fri", 0, False),
        ("fri sat", 0, True),
        ("sun mon", 0, True),
        ("mon wed", 0, False),
        ("2026-06-05 2026-06-07", 0, False),
        ("2026-06-30 2026-07-01", 0, True),
        ("fri", 6, True),
    ],
)
def test_windows_that_overlap(days: str, day_starts: int, *, overlap: bool) -> None:
    by = Days(ZoneInfo("Europe/London"), time(day_starts))
    said = judged([], plan("new", days, windows=[SMALL_HOURS, NIGHT]), days=by)
    assert bool(said) == overlap
    if overlap:
        assert said[0].startswith("windows: 22:00 to 02:00 ")
        assert said[0].endswith("; make one window of both, or end the one earlier")


@pytest.mark.parametrize(
    ("in_force", "words"),
    [
        ([hotspot("late", LATER)], None),
        ([hotspot("late", type_="blackspot"), hotspot("late", LATER)], None),
        ([hotspot("late"), deleted("hotspot", "late", MONDAY + 1)], None),
        ([], "there is no hot spot late while the plan holds, from 2026-05-31T23:00:00.000Z; put"),
        ([hotspot("late"), deleted("hotspot", "late", MONDAY)], "there is no hot spot late"),
        ([hotspot("late", LATER + 1)], "there is no hot spot late"),
        ([hotspot("late", type_="blackspot")], "late is a blackspot, no place to patrol; name"),
    ],
)
def test_a_plan_is_for_a_hot_spot_in_force(in_force: list[Reference], words: str | None) -> None:
    said = judged(in_force, plan("new", hotspot_id="late", effective_to=LATER + 1)).get(0)
    assert (said is None) == (words is None)
    assert (said or "").startswith(f"hotspot_id: {words}" if words else "")


@pytest.mark.parametrize(
    ("in_force", "new", "words"),
    [
        ([plan("old", "mon")], plan("new", "tue"), None),
        ([plan("old", "mon")], plan("old", "mon"), None),
        ([plan("old", "mon", hotspot_id="park")], plan("new", "mon"), None),
        ([plan("old", "mon")], plan("new", "2026-06-01"), None),
        (
            [plan("old", "sat mon")],
            plan("new", "sun mon"),
            (
                "weekdays: plan old has mon for market at the same time; make one plan of both, "
                "take the day out of one, or give old an effective_to"
            ),
        ),
        ([plan("old", "2026-06-01")], plan("new", "2026-06-01"), "dates: plan old has 2026-06-01"),
        ([plan("old", effective_to=LATER)], plan("new", effective_from=LATER), None),
        ([plan("old", effective_to=LATER)], plan("new", effective_from=LATER - 1), "weekdays: "),
        ([plan("old", effective_from=LATER)], plan("new", effective_to=LATER), None),
        ([plan("old", effective_from=LATER)], plan("new"), "weekdays: "),
        ([plan("old"), deleted("plan", "old", LATER)], plan("new", effective_from=LATER), None),
        ([plan("old"), deleted("plan", "old", LATER)], plan("new"), "weekdays: "),
        # A version that a later one has covered counts no more, unless it came before in time.
        ([plan("old"), plan("old", "tue")], plan("new"), None),
        ([plan("old"), plan("old", "tue", effective_from=LATER)], plan("new"), "weekdays: "),
        ([plan("old"), plan("old", hotspot_id="park")], plan("new"), None),
        ([plan("old"), plan("old", "tue", effective_to=LATER)], plan("new"), None),
    ],
)
def test_one_plan_holds_on_a_day(in_force: list[Reference], new: Plan, words: str | None) -> None:
    said = judged(in_force, new).get(0)
    assert (said is None) == (words is None)
    assert (said or "").startswith(words or "")


def test_of_two_plans_put_at_once_the_second_is_refused() -> None:
    said = judged([], plan("a"), plan("b", "mon tue"), plan("c", "tue"))
    assert list(said) == [1]
    assert said[1].startswith("weekdays: plan a has mon")


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_day_passes_from_one_plan_to_another_in_one_list(order: tuple[int, int]) -> None:
    new = [plan("a", "mon"), plan("b", "tue")]
    assert judged([plan("a", "tue"), plan("b", "mon")], *(new[place] for place in order)) == {}


def test_what_is_refused_of_a_list_keeps_its_days() -> None:
    # b would give up its Monday to a, but cannot have c's Wednesday.
    said = judged([plan("b", "mon"), plan("c", "wed")], plan("a", "mon"), plan("b", "wed"))
    assert {index: words.split(" for ")[0] for index, words in said.items()} == {
        0: "weekdays: plan b has mon",
        1: "weekdays: plan c has wed",
    }


def test_a_plan_that_changes_next_week_keeps_this_weeks_days() -> None:
    next_week = plan("b", "tue", effective_from=LATER)
    for order in ([plan("a"), next_week], [next_week, plan("a")]):
        said = judged([plan("b")], *order)
        assert [order[index].plan_id for index in said] == ["a"]
        ends = [msgspec.structs.replace(each, effective_from=LATER) for each in order]
        assert judged([plan("b")], *ends) == {}
