"""Lists come in pages: ``{"items": [...], "next": CURSOR or null}``."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import islice
from typing import Generic, TypeVar

import msgspec
from fastapi import Response
from typing_extensions import TypedDict  # pydantic refuses that of typing before Python 3.12

from services.edge.problems import Problem
from services.metrics.resources import encoded

PAGE = 500
Item = TypeVar("Item")
Key = TypeVar("Key")


class ListResource(TypedDict, Generic[Item]):
    """A page of a list; ``next`` is the cursor of the next one and null on the last."""

    items: list[Item]
    next: str | None


@dataclass(frozen=True, slots=True)
class Page(Generic[Item, Key]):
    """Some items in order, and the key of the one after them."""

    items: Sequence[Item]
    next: Key | None


def page_of(items: Iterable[Item], key_of: Callable[[Item], Key]) -> Page[Item, Key]:
    """The first page of ``items``."""
    head = list(islice(items, PAGE + 1))
    return Page(head[:PAGE], key_of(head[PAGE]) if len(head) > PAGE else None)


def answer(items: Sequence[object], next_key: object) -> Response:
    """A page as an answer. It may tell where people are, so nobody on the way keeps it."""
    body = {"items": items, "next": None if next_key is None else to_cursor(next_key)}
    headers = {"Cache-Control": "no-store"}
    return Response(encoded(body), media_type="application/json", headers=headers)


def to_cursor(key: object) -> str:
    """A place in a list as an opaque word."""
    return urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def from_cursor(cursor: str, key_type: type[Key]) -> Key:
    """The place that a cursor stands for. Raises Problem where it is none of ours."""
    try:
        text = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return msgspec.json.decode(text, type=key_type)
    except (ValueError, msgspec.DecodeError):
        raise Problem(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "invalid",
            "cursor: is none that this list gave out. Take it from 'next', or leave it away.",
        ) from None
