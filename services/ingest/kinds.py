"""A kind of thing that people put into force: its names, who may change it, and its models."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel

from services.contracts.reference import Duty, HotSpot, Plan, Radio, Scope, Source
from services.contracts.register import Register

KindName = Literal["hotspot", "source", "radio", "plan", "duty"]
Kept = TypeVar("Kept", bound=HotSpot | Source | Radio | Plan | Duty)
New = TypeVar("New", bound=BaseModel)
Held = TypeVar("Held", bound=BaseModel)


class OtherId(ValueError):
    """The body names another thing than the path; the message says what to do."""


class Misfit(ValueError):
    """A thing does not fit what else is in force: the field at fault, and what to do about it."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(f"{field}: {words}")
        self.field = field
        self.words = words


def _all_fit(_messages: Sequence[object]) -> Mapping[int, Misfit]:
    return {}


def _for_all(_message: object, _at: int) -> Scope:
    return "view"


def _in_full(message: Kept, _scopes: Collection[Scope]) -> Kept:
    return message


@dataclass(frozen=True, slots=True)
class Trial(Generic[Kept]):
    """What a dry run tells of a thing beside what else is in force: the model, and how to tell."""

    model: type[BaseModel]
    tell: Callable[[Register, Kept], Awaitable[BaseModel]]


@dataclass(frozen=True, slots=True)
class Kind(Generic[New, Kept, Held]):
    """What the routes of one kind need to know; ``routes.kinds`` makes them of it.

    ``to_message`` takes what was sent, its id, who sent it and the time (ms); it raises OtherId.
    ``to_held`` takes a version's number, None where it was only tried. A kind that is not
    ``dated`` has no time from which on a version holds: the last one does, and to delete it takes
    it back altogether.

    ``misfits`` names, by their indices, those of some messages that do not fit what else is in
    force; who asks holds ``turn`` until the others are in force, for another change may come
    between. ``seen_by`` is the scope that a version may be shown to by what holds at a time
    (ms), and ``shown`` what of it is shown to who has some scopes. Without a
    ``trial`` a dry run tells the thing as it would be held.
    """

    name: KindName
    path: str
    id_name: str
    tag: str
    words: str
    changed_by: Scope
    kept: type[Kept]
    new: type[New]
    held: type[Held]
    to_message: Callable[[New, str, str, int], Kept]
    to_held: Callable[[int | None, Kept], Held]
    dated: bool = True
    misfits: Callable[[Sequence[Kept]], Mapping[int, Misfit]] = _all_fit
    seen_by: Callable[[Kept, int], Scope] = _for_all
    shown: Callable[[Kept, Collection[Scope]], Kept] = _in_full
    trial: Trial[Kept] | None = None
    turn: AbstractAsyncContextManager[object] = field(default_factory=nullcontext)
