"""Whatever is posted: every item has a verdict, and no item's verdict depends on another."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.codec import decode, encode
from services.contracts.telemetry import Status
from services.ingest import bodies, intake
from services.ingest.bodies import Form, NotJson
from services.ingest.intake import Taken
from services.ingest.pings import PINGS
from services.ingest.posted import FromRadio, Posted
from services.ingest.verdicts import Code
from services.ingest.vocabulary import OFFICER_STATUSES
from tests.property.ingest.statuses import CODES, STATUSES, any_status, posted_statuses
from tests.support.pings import NOW, any_json, any_ping, posted

KINDS: dict[str, tuple[Posted[Any, Any], st.SearchStrategy[Any], st.SearchStrategy[Any]]] = {
    "pings": (PINGS, posted(), any_ping() | any_json()),
    "statuses": (STATUSES, posted_statuses(), any_status() | any_json()),
}
"""Of each: items in order, and items of any sort."""
each_kind = pytest.mark.parametrize("name", KINDS)


def take(body: bytes, kind: Posted[Any, Any], form: Form = Form.JSON) -> Taken:
    return intake.take(body, form, "acme", NOW, kind)


def of_one(item: object, kind: Posted[Any, Any]) -> tuple[list[FromRadio], list[tuple[str, Code]]]:
    taken = take(json.dumps([item]).encode(), kind)
    return taken.messages, [(each.field, each.code) for each in taken.rejected]


def words_for(body: bytes, kind: Posted[Any, Any], form: Form) -> list[str]:
    try:
        return [each.message for each in take(body, kind, form).rejected]
    except NotJson as error:
        return [str(error)]


@each_kind
@given(data=st.data())
def test_each_item_has_a_verdict_of_its_own(name: str, data: st.DataObject) -> None:
    kind, _, any_item = KINDS[name]
    items = data.draw(st.lists(any_item, max_size=8))
    taken = take(json.dumps(items).encode(), kind)
    alone = [of_one(item, kind) for item in items]
    assert taken.messages == [message for messages, _ in alone for message in messages]
    assert [(each.index, each.field, each.code) for each in taken.rejected] == [
        (index, *fault) for index, (_, faults) in enumerate(alone) for fault in faults
    ]
    assert len(taken.messages) + len(taken.rejected) == len(items)


@each_kind
@given(data=st.data())
def test_lines_and_an_array_say_the_same(name: str, data: st.DataObject) -> None:
    kind, _, any_item = KINDS[name]
    items = data.draw(st.lists(any_item, max_size=8))
    lines = "\n".join(json.dumps(item) for item in items).encode()
    in_lines, in_array = take(lines, kind, Form.LINES), take(json.dumps(items).encode(), kind)
    assert in_lines == in_array


@each_kind
@given(data=st.data())
def test_a_dry_run_understands_what_would_be_taken(name: str, data: st.DataObject) -> None:
    kind, _, any_item = KINDS[name]
    items = data.draw(st.lists(any_item, max_size=8))
    body = json.dumps(items).encode()
    understood = intake.explain(body, Form.JSON, "acme", NOW, kind)
    rejected = {each.index for each in take(body, kind).rejected}
    assert [each["index"] for each in understood] == sorted(set(range(len(items))) - rejected)


@each_kind
@given(data=st.data())
def test_an_item_in_order_is_always_taken_and_survives_the_log(
    name: str, data: st.DataObject
) -> None:
    kind, in_order, _ = KINDS[name]
    items = data.draw(st.lists(in_order, min_size=1, max_size=5))
    body = json.dumps(items).encode()
    taken = take(body, kind)
    assert bodies.in_order(kind.item, body, Form.JSON) is not None
    assert [each.radio_id for each in taken.messages] == [each["radio_id"] for each in items]
    assert [decode("telemetry", encode(each)) for each in taken.messages] == taken.messages


@given(st.lists(any_status(), max_size=8))
def test_every_status_in_the_log_is_one_of_ours_and_tells_its_code(
    items: list[dict[str, Any]],
) -> None:
    for message in take(json.dumps(items).encode(), STATUSES).messages:
        assert isinstance(message, Status)
        assert message.status in OFFICER_STATUSES
        assert message.code is None or CODES[message.code] == message.status


@each_kind
@given(body=st.binary() | st.text().map(str.encode), form=st.sampled_from(Form))
def test_bytes_that_mean_nothing_are_refused_in_words(name: str, body: bytes, form: Form) -> None:
    assert all(words_for(body, KINDS[name][0], form))


@each_kind
@given(data=st.data())
def test_a_damaged_body_never_does_more_than_be_refused(name: str, data: st.DataObject) -> None:
    kind, in_order, _ = KINDS[name]
    item = data.draw(in_order)
    body = bytearray(json.dumps([item, item]).encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place] = data.draw(st.integers(0, 255))
    assert all(words_for(bytes(body), kind, Form.JSON))
