"""``GET /v1/plans``, ``GET /v1/blackspots``: what of a kind holds now or will, for who edits it."""

from collections.abc import Callable
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, create_model

from services.contracts.reference import Deleted, HotSpot, Plan
from services.ingest.ids import ID
from services.ingest.in_force import stretches
from services.ingest.kinds import Held, Kept, Kind, New
from services.ingest.routes.answers import problems
from services.ingest.routes.versions import Desk

PAGE = 500
Cursor = Annotated[
    str | None, Query(pattern=f"^{ID}$", description="What `next` said; from the start without it")
]


def router(
    desk: Desk, kind: Kind[New, Kept, Held], path: str, listed: Callable[[Kept], bool]
) -> APIRouter:
    """The route at ``path`` of those of a kind that are ``listed``, by their ids.

    Each version that holds now or later stands for itself, the earliest of a thing first. Only
    who may change them sees the list: it names places that others are not to know of.
    """
    routes = APIRouter(tags=[kind.tag])
    prefix = f"{kind.name}/"
    page = create_model(
        f"{path.removeprefix('/v1/').capitalize()}List",
        items=(list[kind.held], ...),  # type: ignore[name-defined]  # known only now
        next=(str | None, ...),
    )

    async def held(cursor: Cursor = None) -> BaseModel:
        now = desk.clock()
        keys = (key for key in desk.register.keys(kind.name) if key >= prefix + (cursor or ""))
        head = list(islice(keys, PAGE + 1))
        items = [each for key in head[:PAGE] for each in _of(desk, kind, key, now, listed)]
        return page(items=items, next=head[PAGE].removeprefix(prefix) if head[PAGE:] else None)

    held.__annotations__ |= {"return": page}
    routes.get(
        path,
        name=f"list_{path.removeprefix('/v1/')}",
        summary=f"{kind.words.capitalize()} after another: all that hold now or will",
        dependencies=[Depends(desk.gate.requires(kind.changed_by))],
        responses=problems(),
    )(held)
    return routes


def _of(
    desk: Desk,
    kind: Kind[New, Kept, Held],
    key: str,
    now: int,
    listed: Callable[[Kept], bool],
) -> list[Held]:
    """The versions of one thing that hold at ``now`` or later, the earliest first."""
    numbered = {
        each.offset: each.message
        for each in desk.register.versions(key)
        if isinstance(each.message, HotSpot | Plan | Deleted)
    }
    holding = [
        each.message
        for each in reversed(stretches(list(numbered.values())))
        if each.until > now and isinstance(each.message, kind.kept) and listed(each.message)
    ]
    return [
        kind.to_held(number, message)
        for message in holding
        for number, each in numbered.items()
        if each is message
    ]
