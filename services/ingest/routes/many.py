"""``PUT /v1/duties``, ``PUT /v1/plans``: many at once; those in order are put, whatever the rest.

With ``?dry_run=1`` all of them are judged and none is put.
"""

import asyncio
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Query
from pydantic import BaseModel, WithJsonSchema, create_model

from services.edge.access import Access
from services.edge.problems import Problem
from services.ingest.each_by_itself import Checked, Named, Rejected, check, without
from services.ingest.kinds import Held, Kept, Kind, New
from services.ingest.routes.kinds import TOO_LARGE
from services.ingest.routes.versions import Desk

MOST = 5_000
DryRun = Annotated[bool, Query(description="Judge them, and put none")]


def router(desk: Desk, kind: Kind[New, Kept, Held], named: type[New]) -> APIRouter:
    """The route of a list of things of a kind, each with its own id: ``named``."""
    routes = APIRouter(tags=[kind.tag])
    taken = _taken(kind)

    async def put_many(
        items: Any,  # noqa: ANN401 - whatever it is, each gets its own verdict
        access: Annotated[Access, Depends(desk.gate.requires(kind.changed_by))],
        *,
        dry_run: DryRun = False,
    ) -> BaseModel:
        checked = await asyncio.to_thread(check, items, named, kind.id_name)
        now = desk.clock()
        async with kind.turn:
            checked, messages = _fitting(checked, kind, access.token_id, now)
            if checked.rejected and not messages:
                raise _all_wrong(kind, checked)
            make = messages and not dry_run
            versions = await desk.changes.make(messages) if make else []
        put = zip(checked.in_order, versions, strict=False)
        return taken(
            accepted=len(messages),
            versions={each.id_: version.offset for each, version in put},
            rejected=[_told(kind, each) for each in checked.rejected],
        )

    # Described as what they should be: the models are known only now.
    item = Annotated[Any, WithJsonSchema(named.model_json_schema())]
    put_many.__annotations__ |= {
        "items": Annotated[list[item], Body(max_length=MOST)],
        "return": taken,
    }
    routes.put(
        kind.path,
        name=f"put_{kind.name}_list",
        summary=f"Put many at once: one bad {kind.name} never costs the others",
        responses=TOO_LARGE,
    )(put_many)
    return routes


def _fitting(
    checked: Checked[Named], kind: Kind[Any, Kept, Any], by: str, now: int
) -> tuple[Checked[Named], list[Kept]]:
    """Those that fit what else is in force, and their messages."""
    messages = [kind.to_message(each.item, each.id_, by, now) for each in checked.in_order]
    misfits = kind.misfits(messages)
    fitting = [each for number, each in enumerate(messages) if number not in misfits]
    return without(checked, misfits), fitting


def _taken(kind: Kind[New, Kept, Held]) -> type[BaseModel]:
    """The answer: how many were in order, the versions of those put, the verdicts on the rest."""
    name = kind.name.capitalize()
    rejection: Any = create_model(
        f"{name}Rejection",
        index=(int, ...),
        **{kind.id_name: (str | None, ...)},  # type: ignore[call-overload]
        field=(str, ...),
        message=(str, ...),
    )
    return create_model(
        f"{name}ListTaken",
        accepted=(int, ...),
        versions=(dict[str, int], ...),
        rejected=(list[rejection], ...),
    )


def _told(kind: Kind[New, Kept, Held], each: Rejected) -> dict[str, object]:
    return {
        "index": each.place,
        kind.id_name: each.id_,
        "field": each.field,
        "message": each.message,
    }


def _all_wrong(kind: Kind[New, Kept, Held], checked: Checked[Named]) -> Problem:
    first = checked.rejected[0]
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "all_rejected",
        f"No {kind.name} could be taken. Item {first.place}: {first.message}.",
        accepted=0,
        rejected=[_told(kind, each) for each in checked.rejected],
    )
