"""Every fault an item can have, and the words for it."""

from __future__ import annotations

import math

import pytest

from services.contracts.register import Register
from services.ingest import items
from services.ingest.pings import PINGS, Ping
from services.ingest.statuses import statuses
from services.ingest.verdicts import Code, Fault

HALF = "\ud800"
CASES: list[tuple[object, str, Code, str]] = [
    (5, "", Code.NOT_AN_OBJECT, "an item must be an object such as"),
    ([], "", Code.NOT_AN_OBJECT, "an item must be an object such as"),
    (None, "", Code.NOT_AN_OBJECT, "an item must be an object such as"),
    ({}, "radio_id", Code.MISSING, "radio_id is needed: 1 to 64 of"),
    ({"radio_id": None}, "radio_id", Code.MISSING, "radio_id is needed: 1 to 64 of"),
    ({"radio_id": ""}, "radio_id", Code.BAD_ID, "radio_id must be 1 to 64 of"),
    ({"radio_id": "R 1"}, "radio_id", Code.BAD_ID, "radio_id must be 1 to 64 of"),
    ({"radio_id": "R1\n"}, "radio_id", Code.BAD_ID, "radio_id must be 1 to 64 of"),
    ({"radio_id": "é"}, "radio_id", Code.BAD_ID, "radio_id must be 1 to 64 of"),
    ({"radio_id": "~checkpoint"}, "radio_id", Code.BAD_ID, "radio_id must be 1 to 64 of"),
    ({"radio_id": "x" * 65}, "radio_id", Code.BAD_ID, "radio_id must be 1 to 64 of"),
    ({"radio_id": 7}, "radio_id", Code.WRONG_TYPE, "radio_id is a number; it must be 1 to 64"),
    ({"radio_id": True}, "radio_id", Code.WRONG_TYPE, "radio_id is true or false; it must be"),
    ({"kind": "sms"}, "kind", Code.UNKNOWN_KIND, "kind must be 'gps' or 'radio'"),
    ({"kind": 1}, "kind", Code.WRONG_TYPE, "kind is a number; it must be 'gps' or 'radio'"),
    ({"lat": 90.1}, "lat", Code.OUT_OF_RANGE, "lat must be degrees north, from -90 to 90"),
    ({"lat": math.inf}, "lat", Code.OUT_OF_RANGE, "lat must be degrees north, from -90 to 90"),
    ({"lat": "51.5"}, "lat", Code.WRONG_TYPE, "lat is text; it must be degrees north"),
    ({"lat": [51.5]}, "lat", Code.WRONG_TYPE, "lat is an array; it must be degrees north"),
    ({"lon": {}}, "lon", Code.WRONG_TYPE, "lon is an object; it must be degrees east"),
    ({"lon": -180.1}, "lon", Code.OUT_OF_RANGE, "lon must be degrees east, from -180 to 180"),
    ({"lon": 10**400}, "lon", Code.OUT_OF_RANGE, "lon must be degrees east, from -180 to 180"),
    ({"accuracy_m": 0}, "accuracy_m", Code.OUT_OF_RANGE, "leave it out where not known"),
    ({"accuracy_m": 100_001}, "accuracy_m", Code.OUT_OF_RANGE, "leave it out where not known"),
    ({"hdop": -1}, "hdop", Code.OUT_OF_RANGE, "leave it out where not known"),
    ({"satellites": 7.5}, "satellites", Code.WRONG_TYPE, "it must be a whole number from 0 to 200"),
    ({"satellites": 201}, "satellites", Code.OUT_OF_RANGE, "a whole number from 0 to 200"),
    ({"speed_mps": -1}, "speed_mps", Code.OUT_OF_RANGE, "leave it out where unknown"),
    ({"heading_deg": 361}, "heading_deg", Code.OUT_OF_RANGE, "leave it out where unknown"),
    ({"battery_pct": 101}, "battery_pct", Code.OUT_OF_RANGE, "percent, from 0 to 100"),
    ({"reason": "x" * 201}, "reason", Code.TOO_LONG, "text of at most 200 characters"),
    ({"cell_id": 5}, "cell_id", Code.WRONG_TYPE, "cell_id is a number; it must be text"),
    ({"message_id": "x" * 201}, "message_id", Code.TOO_LONG, "text of at most 200 characters"),
    ({"fix_time": "2026-06-01T10:00:00"}, "fix_time", Code.NO_OFFSET, "end it with Z"),
    ({"fix_time": "yesterday"}, "fix_time", Code.NOT_A_TIME, "RFC 3339 with an offset"),
    ({"fix_time": "2026-06-01T10:00:60Z"}, "fix_time", Code.NOT_A_TIME, "RFC 3339"),
    ({"fix_time": 1.78e12}, "fix_time", Code.WRONG_TYPE, "or whole milliseconds since 1970"),
    ({"fix_time": True}, "fix_time", Code.WRONG_TYPE, "or whole milliseconds since 1970"),
    ({"fix_time": -1}, "fix_time", Code.OUT_OF_RANGE, "or whole milliseconds since 1970"),
    ({"sent_at": 10**20}, "sent_at", Code.OUT_OF_RANGE, "or whole milliseconds since 1970"),
    ({"reason": HALF}, "reason", Code.BAD_TEXT, "reason holds half of a surrogate pair"),
    ({"extra": [{"deep": HALF}]}, "extra", Code.BAD_TEXT, "extra holds half of a surrogate pair"),
    ({HALF: 1}, "", Code.BAD_TEXT, "the name of a field holds half of a surrogate pair"),
]


@pytest.mark.parametrize(("item", "field", "code", "words"), CASES, ids=str)
def test_a_fault_names_the_field_the_code_and_the_remedy(
    item: object, field: str, code: Code, words: str
) -> None:
    if isinstance(item, dict) and item and "radio_id" not in item:
        item = {"radio_id": "R1", **item}
    fault = items.read(PINGS, item)
    assert isinstance(fault, Fault)
    assert (fault.field, fault.code) == (field, code)
    assert words in fault.message


OF_STATUSES: list[tuple[object, str, Code, str]] = [
    (5, "", Code.NOT_AN_OBJECT, 'such as {"radio_id": "R1", "status": "on_patrol"}'),
    ({"status": "on_duty"}, "radio_id", Code.MISSING, "radio_id is needed: 1 to 64 of"),
    ({"radio_id": "R 1", "status": "on_duty"}, "radio_id", Code.BAD_ID, "must be 1 to 64 of"),
    ({"radio_id": "R1"}, "status", Code.MISSING, "status is needed: a status such as on_patrol"),
    ({"radio_id": "R1", "status": None}, "status", Code.MISSING, "or the source's code for one"),
    ({"radio_id": "R1", "status": 2}, "status", Code.WRONG_TYPE, "status is a number; it must be"),
    ({"radio_id": "R1", "status": "x" * 65}, "status", Code.TOO_LONG, "64 characters at most"),
    ({"radio_id": "R1", "status": HALF}, "status", Code.BAD_TEXT, "half of a surrogate pair"),
    ({"radio_id": "R1", "status": "2", "at": "10:00"}, "at", Code.NOT_A_TIME, "RFC 3339"),
    ({"radio_id": "R1", "status": "2", "at": -1}, "at", Code.OUT_OF_RANGE, "milliseconds since"),
]


@pytest.mark.parametrize(("item", "field", "code", "words"), OF_STATUSES, ids=str)
def test_a_status_is_held_to_the_same_rules(
    item: object, field: str, code: Code, words: str
) -> None:
    fault = items.read(statuses(Register()), item)
    assert isinstance(fault, Fault)
    assert (fault.field, fault.code) == (field, code)
    assert words in fault.message


def test_an_item_in_order_is_a_ping() -> None:
    item = {"radio_id": "R1", "lat": 51, "lon": -0.1, "fix_time": 1_780_000_000_000}
    assert items.read(PINGS, item) == Ping(
        radio_id="R1", lat=51, lon=-0.1, fix_time=1_780_000_000_000
    )


def test_null_is_as_good_as_not_given() -> None:
    optional = dict.fromkeys(Ping.__struct_fields__) | {"radio_id": "R1"}
    assert items.read(PINGS, optional) == Ping(radio_id="R1")


def test_unknown_fields_cost_nothing_and_are_named() -> None:
    item: dict[str, object] = {
        "radio_id": "R1",
        "kind": "radio",
        "vendor": {"x": [1]},
        "lattitude": 1,
    }
    assert items.read(PINGS, item) == Ping(radio_id="R1", kind="radio")
    assert items.unknown_fields(PINGS, item) == ["vendor", "lattitude"]
