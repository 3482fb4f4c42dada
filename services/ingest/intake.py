"""What a request's items come to: messages for the log, and a verdict on every other item."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from services.ingest import bodies, items
from services.ingest.pings import PINGS
from services.ingest.posted import Posted
from services.ingest.times import rfc3339
from services.ingest.verdicts import Fault, Rejection

_TIMES = ("fix_time", "at", "sent_at", "received_at")


class Taken(NamedTuple):
    """The messages of the items that are in order, and the verdicts on the rest, in order."""

    messages: list[Any]
    rejected: list[Rejection]


def take(
    body: bytes,
    form: bodies.Form,
    source: str,
    received_at: int,
    posted: Posted[Any, Any] = PINGS,
) -> Taken:
    """Understand a body. One bad item never costs the others. Raises NotJson, TooMany."""
    found: Iterable[Any] | None = bodies.in_order(posted.item, body, form)
    if found is None:
        found = (_read(posted, item) for item in bodies.parsed(body, form))
    taken = Taken([], [])
    to_message = posted.to_message
    for index, item in enumerate(found):
        outcome = item if isinstance(item, Fault) else to_message(item, source, received_at)
        if isinstance(outcome, Fault):
            taken.rejected.append(Rejection(index=index, **outcome._asdict()))
        else:
            taken.messages.append(outcome)
    return taken


def explain(
    body: bytes,
    form: bodies.Form,
    source: str,
    received_at: int,
    posted: Posted[Any, Any] = PINGS,
) -> list[dict[str, Any]]:
    """What would be taken of each item in order, for a person to read: the dry run.

    The same rules as ``take``. Raises NotJson, TooMany.
    """
    understood = []
    for index, item in enumerate(bodies.parsed(body, form)):
        read = _read(posted, item)
        outcome = read if isinstance(read, Fault) else posted.to_message(read, source, received_at)
        if isinstance(item, dict) and not isinstance(outcome, Fault):
            message = msgspec.to_builtins(outcome)
            times = {name: rfc3339(message[name]) for name in _TIMES if name in message}
            ignored = items.unknown_fields(posted, item)
            understood.append({"index": index, **message, **times, "ignored": ignored})
    return understood


def _read(posted: Posted[Any, Any], item: object) -> object:
    return item if isinstance(item, Fault) else items.read(posted, item)
