"""One item of a request in which something was wrong: itself, or its first fault in words.

``null`` is as good as not given. The bounds and the words are those of its struct; nothing is
checked in two ways.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple, cast

import msgspec
from msgspec import inspect

from services.ingest.posted import Item, Posted
from services.ingest.times import Instant, fault_of
from services.ingest.verdicts import Code, Fault

_NAMES: dict[type, str] = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "an array",
    dict: "an object",
}


class _Field(NamedTuple):
    """A field of an item: how it is declared, whether it must be there, what may stand in it."""

    declared: object
    required: bool
    types: tuple[type, ...]
    misfit: Code
    words: str


def read(posted: Posted[Item, Any], item: object) -> Item | Fault:
    """The struct that a parsed item is, or its first fault in the order of the struct's fields."""
    if not isinstance(item, dict):
        words = f"an item must be an object such as {posted.example}"
        return Fault("", Code.NOT_AN_OBJECT, words)
    if not _is_text(item):
        return _bad_text(item)
    try:
        return msgspec.convert(item, posted.item)
    except msgspec.ValidationError:
        fields = _fields(posted.item)
        faults = (_fault(name, field, item.get(name)) for name, field in fields.items())
        return next(fault for fault in faults if fault is not None)


def unknown_fields(posted: Posted[Item, Any], item: dict[str, object]) -> list[str]:
    """The fields of an item that say nothing to stepsix."""
    return [name for name in item if name not in _fields(posted.item)]


def _fault(name: str, field: _Field, value: object) -> Fault | None:
    if value is None and field.required:
        return Fault(name, Code.MISSING, f"{name} is needed: {field.words}")
    if value is None or _fits(value, field.declared):
        return None
    if field.declared == Instant | None:
        return fault_of(name, value)
    if type(value) in field.types:
        return Fault(name, field.misfit, f"{name} must be {field.words}")
    words = f"{name} is {_NAMES[type(value)]}; it must be {field.words}"
    return Fault(name, Code.WRONG_TYPE, words)


def _fits(value: object, declared: object) -> bool:
    try:
        msgspec.convert(value, declared)
    except msgspec.ValidationError:
        return False
    return True


def _is_text(value: object) -> bool:
    """Whether UTF-8 can write it: JSON can escape half of a surrogate pair, which is no text."""
    try:
        msgspec.json.encode(value)
    except UnicodeEncodeError:
        return False
    return True


def _bad_text(item: dict[str, object]) -> Fault:
    named = next((name for name in item if _is_text(name) and not _is_text(item[name])), "")
    where = named or "the name of a field"
    return Fault(
        named, Code.BAD_TEXT, f"{where} holds half of a surrogate pair; send whole characters"
    )


def _field(annotation: object, declared: inspect.Field) -> _Field:
    type_ = (
        declared.type.types[0] if isinstance(declared.type, inspect.UnionType) else declared.type
    )
    words = ""
    types: tuple[type, ...] = (str,)
    if isinstance(type_, inspect.Metadata):
        words = str((type_.extra_json_schema or {})["description"])
        type_ = type_.type
    match type_:
        case inspect.LiteralType(values=values):
            words = " or ".join(repr(value) for value in values)
            misfit = Code.UNKNOWN_KIND
        case inspect.StrType(pattern=pattern):
            misfit = Code.BAD_ID if pattern else Code.TOO_LONG
        case inspect.StructType():
            types, misfit = (dict,), Code.BAD_ID
        case inspect.ListType():
            types, misfit = (list,), Code.TOO_LONG
        case inspect.IntType():
            types, misfit = (int,), Code.OUT_OF_RANGE
        case _:
            types, misfit = (int, float), Code.OUT_OF_RANGE
    return _Field(annotation, declared.required, types, misfit, words)


@cache
def _fields(struct: type) -> dict[str, _Field]:
    return {
        declared.name: _field(field.type, declared)
        for field, declared in zip(
            msgspec.structs.fields(struct),
            cast(inspect.StructType, inspect.type_info(struct)).fields,
            strict=True,
        )
    }
