"""A kind of item that is posted: how it is declared, and the message it becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec

from services.contracts.message import Message
from services.contracts.telemetry import Gps, Presence, Status
from services.ingest.verdicts import Fault

Item = TypeVar("Item", bound=msgspec.Struct)
Posting = TypeVar("Posting", bound=Message)
FromRadio = Gps | Presence | Status


@dataclass(frozen=True, slots=True)
class Posted(Generic[Item, Posting]):
    """What intake and the route of one kind need to know of it; ``name`` is its path in the API.

    ``item`` is the one definition of the item, a msgspec Struct: its bounds are checked while it is
    decoded, its descriptions are the words of the refusals (``items``) and of the OpenAPI document.
    ``example`` is such an item in JSON. ``to_message`` takes an item, its source and the time of
    receipt (ms); it gives the message for the log, or what is wrong with the item as a whole.
    """

    name: str
    item: type[Item]
    example: str
    to_message: Callable[[Item, str, int], Posting | Fault]
