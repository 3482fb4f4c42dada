"""Whatever a roster holds: every duty has a verdict, and no verdict depends on another id's."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from services.contracts.codec import decode, encode
from services.contracts.reference import Duty
from services.ingest import duties
from services.ingest.each_by_itself import Checked, check
from services.ingest.times import DAY_MS, rfc3339
from tests.support.pings import any_json

NOW = 1_780_000_000_000
_ID = st.from_regex(r"[A-Za-z0-9._:-]{1,64}", fullmatch=True)


@st.composite
def posted(draw: st.DrawFn) -> dict[str, Any]:
    """A duty in which nothing is wrong."""
    since = draw(st.integers(NOW - 10 * DAY_MS, NOW + 10 * DAY_MS))
    until = since + draw(st.integers(1, DAY_MS))
    as_text = draw(st.booleans())
    return {
        "duty_id": draw(_ID),
        "radio_id": draw(_ID),
        "officer_ids": draw(st.lists(_ID, min_size=1, max_size=10, unique=True)),
        "hotspot_ids": draw(st.lists(_ID, max_size=5, unique=True)),
        "from": rfc3339(since) if as_text else since,
        "to": until,
        "role": draw(st.sampled_from(["pc", "pcso", "special", None])),
    }


@st.composite
def damaged(draw: st.DrawFn) -> object:
    """A duty with one field replaced by anything, which may still be in order."""
    duty = draw(posted())
    return duty | {draw(st.sampled_from(sorted(duty))): draw(any_json())}


def checked_roster(items: list[Any]) -> Checked[duties.RosterDuty]:
    return check(items, duties.RosterDuty, "duty_id")


def messages(checked: Checked[duties.RosterDuty]) -> list[Duty]:
    return [duties.to_message(each.item, each.id_, "t1", NOW) for each in checked.in_order]


@given(st.lists(posted() | damaged() | any_json(), max_size=6))
def test_each_duty_has_a_verdict_of_its_own(items: list[object]) -> None:
    named = [str(item["duty_id"]) for item in items if isinstance(item, dict) and "duty_id" in item]
    assume(len(set(named)) == len(named))
    checked = checked_roster(items)
    alone = [checked_roster([item]) for item in items]
    assert [each.item for each in checked.in_order] == [
        duty.item for each in alone for duty in each.in_order
    ]
    assert [(each.place, each.field, each.message) for each in checked.rejected] == [
        (index, each.field, each.message)
        for index, one in enumerate(alone)
        for each in one.rejected
    ]
    assert len(checked.in_order) + len(checked.rejected) == len(items)


@given(posted())
def test_a_duty_in_order_is_taken_and_survives_the_log(duty: dict[str, Any]) -> None:
    checked = checked_roster([duty])
    [message] = messages(checked)
    assert decode("reference", encode(message)) == message
    held = duties.to_held(1, message).model_dump(by_alias=True)
    assert (held["duty_id"], held["radio_id"]) == (duty["duty_id"], duty["radio_id"])
    again = {name: held[name] for name in duty}
    assert messages(checked_roster([again])) == [message]
