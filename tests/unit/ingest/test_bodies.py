"""Bodies that are in order, not quite, and not at all."""

from __future__ import annotations

import math

import pytest

from services.ingest import bodies
from services.ingest.bodies import Form, NotJson, TooMany
from services.ingest.pings import Ping
from services.ingest.verdicts import Code, Fault

ONE = b'{"radio_id":"R1"}'
R1 = Ping(radio_id="R1")


@pytest.mark.parametrize(
    ("body", "form", "pings"),
    [
        (ONE, Form.JSON, [R1]),
        (b" \n[" + ONE + b"," + ONE + b"]\n", Form.JSON, [R1, R1]),
        (b"[]", Form.JSON, []),
        (ONE + b"\n" + ONE, Form.LINES, [R1, R1]),
        (b"\n" + ONE + b"\r\n \n" + ONE + b"\n", Form.LINES, [R1, R1]),
        (b"", Form.LINES, []),
    ],
)
def test_a_body_in_order_is_decoded_whole(body: bytes, form: Form, pings: list[Ping]) -> None:
    assert bodies.in_order(Ping, body, form) == pings


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (b"", Form.JSON),
        (b"[" + ONE + b",{}]", Form.JSON),
        (b"5", Form.JSON),
        (b'{"radio_id":"\xff"}', Form.JSON),
        (b'{"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}", Form.JSON),
        (ONE + ONE, Form.LINES),
        (b'{"radio_id":\n"R1"}', Form.LINES),
        (b"[" + ONE + b"]", Form.LINES),
        (b"[" + b",".join([ONE] * (bodies.MOST_ITEMS + 1)) + b"]", Form.JSON),
    ],
    ids=range(9),
)
def test_any_other_is_not(body: bytes, form: Form) -> None:
    assert bodies.in_order(Ping, body, form) is None


@pytest.mark.parametrize(
    ("body", "items"),
    [
        (ONE, [{"radio_id": "R1"}]),
        (b"[1,null]", [1, None]),
        (b'{"a":1,"a":2}', [{"a": 2}]),
        (b"[1e400,-1e400]", [math.inf, -math.inf]),
        (b"[" + b"9" * 5000 + b",-" + b"9" * 5000 + b"]", [math.inf, -math.inf]),
        (b'["\\ud800"]', ["\ud800"]),
    ],
    ids=range(6),
)
def test_items_of_a_body_that_is_json(body: bytes, items: list[object]) -> None:
    assert bodies.parsed(body, Form.JSON) == items


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "line 1 column 1: Expecting value"),
        (b"[1,\n2,]", "line 2 column 3: "),
        (b"\xef\xbb\xbf{}", "Unexpected UTF-8 BOM"),
        (b'{"a":"\xff"}', "byte 6 is not UTF-8"),
        (b'{"NaN":"NaN \\" NaN","b":NaN}', "character 25: NaN is not JSON; leave the field out"),
        (b"[-Infinity]", "character 2: -Infinity is not JSON"),
        (b"[" * 200_000, "nested too deeply"),
    ],
    ids=range(7),
)
def test_a_body_that_is_not_json_says_where(body: bytes, words: str) -> None:
    with pytest.raises(NotJson) as error:
        bodies.parsed(body, Form.JSON)
    assert words in str(error.value)


def test_each_line_stands_for_itself() -> None:
    found = bodies.parsed(b'{"radio_id":"R1"}\n\nnonsense\n[NaN]\n"\xff"\n7', Form.LINES)
    assert [found[0], found[4]] == [{"radio_id": "R1"}, 7]
    for fault, words in zip(found[1:4], ("column 1", "NaN is not JSON", "not UTF-8"), strict=True):
        assert isinstance(fault, Fault)
        assert (fault.field, fault.code) == ("", Code.NOT_JSON)
        assert words in fault.message


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (b"[" + b"0," * bodies.MOST_ITEMS + b"0]", Form.JSON),
        (b"0\n" * (bodies.MOST_ITEMS + 1), Form.LINES),
    ],
    ids=["array", "lines"],
)
def test_more_items_than_a_request_may_hold(body: bytes, form: Form) -> None:
    with pytest.raises(TooMany):
        bodies.parsed(body, form)
