"""Whatever plans are put: each has its verdict, and no two in force share a day of a hot spot."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from services.contracts.codec import decode, encode
from services.contracts.days import Days
from services.contracts.reference import WEEKDAYS, Deleted, HotSpot, Plan
from services.contracts.register import Register
from services.ingest import plans
from services.ingest.each_by_itself import check
from services.ingest.planning import misfits
from services.ingest.times import DAY_MS
from services.ingest.windows import overlap
from tests.support.pings import any_json

NOW = 1_780_000_000_000
DAYS = Days(ZoneInfo("Europe/London"), time(6))
HOT_SPOTS = ["market", "park"]
FIRST = date(2026, 6, 1)


def clocks() -> st.SearchStrategy[str]:
    return st.builds(
        lambda hour, minute: f"{hour:02}:{minute:02}", st.integers(0, 23), st.integers(0, 59)
    )


@st.composite
def windows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Some windows of at least a minute, which may overlap."""
    drawn = draw(st.lists(st.tuples(clocks(), clocks()), max_size=3))
    return [{"from": since, "to": until, "patrols": 1} for since, until in drawn if since != until]


@st.composite
def posted(draw: st.DrawFn) -> dict[str, Any]:
    """A plan in which, taken by itself, nothing is wrong."""
    low = draw(st.integers(1, 20))
    drawn = draw(windows())
    low_ms = draw(st.integers(0, 6)) * DAY_MS
    days = draw(
        st.fixed_dictionaries(
            {"weekdays": st.lists(st.sampled_from(WEEKDAYS), min_size=1, unique=True)}
        )
        | st.fixed_dictionaries(
            {
                "dates": st.lists(
                    st.integers(0, 9).map(lambda n: (FIRST + timedelta(n)).isoformat()),
                    min_size=1,
                    unique=True,
                )
            }
        )
    )
    return {
        "plan_id": draw(st.sampled_from(["a", "b", "c", "d"])),
        "hotspot_id": draw(st.sampled_from([*HOT_SPOTS, "nowhere"])),
        **days,
        "windows": drawn,
        "minutes_each": {"low": low, "high": low + draw(st.integers(0, 10))},
        "minutes_per_day": None if drawn else 30,
        "judge_by": "patrols" if drawn else "minutes",
        "slack_minutes": draw(st.integers(10, 30)),
        "effective_from": draw(st.none() | st.just(NOW + low_ms)),
        "effective_to": draw(st.none() | st.just(NOW + draw(st.integers(1, 20)) * DAY_MS)),
    }


@st.composite
def damaged(draw: st.DrawFn) -> object:
    """A plan with one field replaced by anything, which may still be in order."""
    plan = draw(posted())
    return plan | {draw(st.sampled_from(sorted(plan))): draw(any_json())}


def a_register() -> Register:
    register = Register()
    for offset, hotspot_id in enumerate(HOT_SPOTS):
        register.apply(
            offset,
            HotSpot(hotspot_id=hotspot_id, name="", geometry={}, effective_from=0, changed_by="t1"),
        )
    return register


def put(register: Register, items: list[Any]) -> int:
    """Put a list as the route does; how many were in order."""
    checked = check(items, plans.NamedPlan, "plan_id")
    messages = [plans.to_message(each.item, each.id_, "t1", NOW) for each in checked.in_order]
    wrong = misfits(register, DAYS, messages)
    for number, message in enumerate(messages):
        if number not in wrong:
            register.apply(register.offset, message)
    assert len(checked.in_order) + len(checked.rejected) == len(items)
    return len(messages) - len(wrong)


@given(st.lists(st.lists(posted() | damaged(), max_size=5), max_size=4))
def test_of_a_hot_spot_one_plan_holds_on_a_day(lists: list[list[Any]]) -> None:
    register = a_register()
    for items in lists:
        put(register, items)
    for at in range(NOW, NOW + 21 * DAY_MS, DAY_MS // 2):
        for hotspot_id in HOT_SPOTS:
            held = [
                each.message
                for each in register.all_in_force("plan", at)
                if isinstance(each.message, Plan) and each.message.hotspot_id == hotspot_id
            ]
            for days in (
                [day for plan in held for day in plan.weekdays],
                [day for plan in held for day in plan.dates],
            ):
                assert len(set(days)) == len(days)
            assert all(overlap(plan.windows, DAYS.starts, daily=False) is None for plan in held)


@given(posted())
def test_a_plan_in_order_is_taken_and_survives_the_log(plan: dict[str, Any]) -> None:
    [one] = check([plan], plans.NamedPlan, "plan_id").in_order
    message = plans.to_message(one.item, one.id_, "t1", NOW)
    assert decode("reference", encode(message)) == message
    held = plans.to_held(1, message).model_dump(by_alias=True)
    again = {name: held[name] for name in (*plan, "minutes_per_day")}
    [same] = check([again], plans.NamedPlan, "plan_id").in_order
    assert plans.to_message(same.item, same.id_, "t1", NOW + 1) == message


@given(posted())
def test_what_was_in_force_may_be_put_again_and_after_its_deletion(plan: dict[str, Any]) -> None:
    register = a_register()
    taken = put(register, [plan])
    assert put(register, [plan]) == taken
    if taken:
        at = plan["effective_from"] or NOW
        deletion = Deleted(type="plan", id=plan["plan_id"], effective_from=at, changed_by="t1")
        register.apply(register.offset, deletion)
        assert put(register, [plan | {"plan_id": "other"}]) == 1
