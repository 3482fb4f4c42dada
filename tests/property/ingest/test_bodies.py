"""Whatever is posted: every item has a verdict, and no item's verdict depends on another."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.contracts.codec import decode, encode
from services.contracts.telemetry import Gps, Presence
from services.ingest import bodies, intake
from services.ingest.bodies import Form, NotJson
from services.ingest.intake import Taken
from services.ingest.verdicts import Code
from tests.support.pings import any_json, any_ping, posted

NOW = 1_780_000_000_000
ITEMS = st.lists(any_ping() | any_json(), max_size=8)


def take(body: bytes, form: Form = Form.JSON) -> Taken:
    return intake.take(body, form, "acme", NOW)


def of_one(item: object) -> tuple[list[Gps | Presence], list[tuple[str, Code]]]:
    taken = take(json.dumps([item]).encode())
    return taken.messages, [(each.field, each.code) for each in taken.rejected]


def words_for(body: bytes, form: Form) -> list[str]:
    try:
        return [each.message for each in take(body, form).rejected]
    except NotJson as error:
        return [str(error)]


@given(ITEMS)
def test_each_item_has_a_verdict_of_its_own(items: list[object]) -> None:
    taken = take(json.dumps(items).encode())
    alone = [of_one(item) for item in items]
    assert taken.messages == [message for messages, _ in alone for message in messages]
    assert [(each.index, each.field, each.code) for each in taken.rejected] == [
        (index, *fault) for index, (_, faults) in enumerate(alone) for fault in faults
    ]
    assert len(taken.messages) + len(taken.rejected) == len(items)


@given(ITEMS)
def test_lines_and_an_array_say_the_same(items: list[object]) -> None:
    lines = "\n".join(json.dumps(item) for item in items).encode()
    in_lines, in_array = take(lines, Form.LINES), take(json.dumps(items).encode())
    assert in_lines == in_array


@given(ITEMS)
def test_a_dry_run_understands_what_would_be_taken(items: list[object]) -> None:
    body = json.dumps(items).encode()
    understood = intake.explain(body, Form.JSON, "acme", NOW)
    rejected = {each.index for each in take(body).rejected}
    assert [each["index"] for each in understood] == sorted(set(range(len(items))) - rejected)


@given(st.lists(posted(), min_size=1, max_size=5))
def test_a_ping_in_order_is_always_taken_and_survives_the_log(pings: list[dict[str, Any]]) -> None:
    body = json.dumps(pings).encode()
    taken = take(body)
    assert bodies.pings(body, Form.JSON) is not None
    assert [each.radio_id for each in taken.messages] == [each["radio_id"] for each in pings]
    assert [decode("telemetry", encode(each)) for each in taken.messages] == taken.messages


@given(st.binary() | st.text().map(str.encode), st.sampled_from(Form))
def test_bytes_that_mean_nothing_are_refused_in_words(body: bytes, form: Form) -> None:
    assert all(words_for(body, form))


@given(posted(), st.data())
def test_a_damaged_body_never_does_more_than_be_refused(
    ping: dict[str, Any], data: st.DataObject
) -> None:
    body = bytearray(json.dumps([ping, ping]).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place] = data.draw(st.integers(0, 255))
    assert all(words_for(bytes(body), Form.JSON))
