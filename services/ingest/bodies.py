"""The items in the body of a request: a JSON object, an array of them, or NDJSON.

The usual body is in order and is decoded whole, straight into its items. Any other is parsed again,
item by item, by the standard library's parser, which tells where it stopped and goes on past what
one item only got wrong (a number too large to hold, half of a surrogate pair).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import TypeVar

import msgspec

from services.ingest.posted import Item
from services.ingest.verdicts import Code, Fault

_T = TypeVar("_T")
MOST_ITEMS = 100_000
"""More than 8 MiB of real pings hold; a body of nothing but commas could hold millions."""
_LONGEST_INTEGER = 300
"""Digits. Longer ones are beyond every bound, and Python refuses to read some of them."""
_CONSTANT = re.compile(r'"(?:[^"\\]|\\.)*"|(-?Infinity|NaN)')


class Form(Enum):
    """How a body holds its items."""

    JSON = "application/json"
    LINES = "application/x-ndjson"


class NotJson(Exception):
    """The body is not JSON; the message says where and why."""


class TooMany(Exception):
    """The body holds more items than one request may."""


def in_order(type_: type[Item], body: bytes, form: Form) -> list[Item] | None:
    """The items of a body in which nothing is wrong, as structs of ``type_``; else None."""
    try:
        if form is Form.LINES:
            found = _decoder(type_).decode_lines(body)
            # It would also take two items on one line, and one item on two.
            whole = len(found) == sum(1 for _ in _lines(body))
        elif body.lstrip()[:1] == b"[":
            found, whole = _list_decoder(type_).decode(body), True
        else:
            found, whole = [_decoder(type_).decode(body)], True
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return found if whole and len(found) <= MOST_ITEMS else None


def parsed(body: bytes, form: Form) -> list[object]:
    """Each item of a body as plain values; a Fault where a line is not JSON.

    Raises NotJson where the body as a whole is not, TooMany beyond MOST_ITEMS.
    """
    if form is Form.LINES:
        return [_parsed_line(line) for line in _bounded(list(_lines(body)))]
    value = _parsed(body)
    return _bounded(value if isinstance(value, list) else [value])


@cache
def _decoder(type_: type[Item]) -> msgspec.json.Decoder[Item]:
    return msgspec.json.Decoder(type_)


@cache
def _list_decoder(type_: type[Item]) -> msgspec.json.Decoder[list[Item]]:
    return msgspec.json.Decoder(list[type_])  # type: ignore[valid-type]  # a type all the same


def _bounded(items: list[_T]) -> list[_T]:
    if len(items) > MOST_ITEMS:
        raise TooMany
    return items


def _lines(body: bytes) -> Iterator[bytes]:
    return (line for line in body.split(b"\n") if line and not line.isspace())


def _parsed_line(line: bytes) -> object:
    try:
        return _parsed(line)
    except NotJson as error:
        return Fault("", Code.NOT_JSON, f"the line is not JSON: {error}")


def _parsed(data: bytes) -> object:
    try:
        return json.loads(data.decode(), parse_int=_integer, parse_constant=_refuse)
    except UnicodeDecodeError as error:
        words = f"byte {error.start} is not UTF-8; send the text as UTF-8"
    except json.JSONDecodeError as error:
        words = f"line {error.lineno} column {error.colno}: {error.msg}"
    except _Constant as error:
        words = f"character {_place(data.decode())}: {error} is not JSON; leave the field out"
    except RecursionError:
        words = "it is nested too deeply"
    raise NotJson(words) from None


class _Constant(ValueError):
    """NaN or Infinity, which Python's parser would take."""


def _refuse(name: str) -> float:
    raise _Constant(name)


def _integer(digits: str) -> int | float:
    return (
        int(digits) if len(digits) <= _LONGEST_INTEGER else math.copysign(math.inf, int(digits[:2]))
    )


def _place(text: str) -> int:
    found = next(match for match in _CONSTANT.finditer(text) if match.group(1))
    return found.start(1) + 1
