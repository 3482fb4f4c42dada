"""``PUT /v1/duties``: a roster of many duties; those in order are put, whatever the rest is."""

import asyncio
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends
from pydantic import BaseModel, WithJsonSchema

from services.edge.access import Access
from services.edge.problems import Problem
from services.ingest import duties, roster
from services.ingest.routes.kinds import TOO_LARGE
from services.ingest.routes.versions import Desk

MOST_DUTIES = 5_000
# Described as what it should be, and read as whatever it is, so that each gets its own verdict.
Item = Annotated[Any, WithJsonSchema(duties.RosterDuty.model_json_schema())]


class Taken(BaseModel):
    """How many duties of a roster are in force, the version of each, and the verdicts on others."""

    accepted: int
    versions: dict[str, int]
    rejected: list[roster.DutyRejection]


def router(desk: Desk) -> APIRouter:
    """The route of rosters."""
    routes = APIRouter(tags=[duties.KIND.tag])

    @routes.put(
        duties.KIND.path,
        summary="Put a roster: one bad duty never costs the others",
        responses=TOO_LARGE,
    )
    async def put_duties(
        items: Annotated[list[Item], Body(max_length=MOST_DUTIES)],
        access: Annotated[Access, Depends(desk.gate.requires(duties.KIND.changed_by))],
    ) -> Taken:
        checked = await asyncio.to_thread(roster.check, items)
        if checked.rejected and not checked.duties:
            raise _all_wrong(checked)
        messages = duties.to_messages(checked.duties, access.token_id, desk.clock())
        versions = await desk.changes.make(messages) if messages else []
        put = zip(checked.duties, versions, strict=True)
        return Taken(
            accepted=len(versions),
            versions={duty.duty_id: version.offset for duty, version in put},
            rejected=checked.rejected,
        )

    return routes


def _all_wrong(checked: roster.Checked) -> Problem:
    first = checked.rejected[0]
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "all_rejected",
        f"No duty could be taken. Item {first.index}: {first.message}.",
        accepted=0,
        rejected=[each.model_dump() for each in checked.rejected],
    )
