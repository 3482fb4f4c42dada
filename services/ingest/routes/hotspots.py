"""``PUT /v1/hotspots``: a whole map of hot spots at once, or none of it."""

import asyncio
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from services.edge.access import Access
from services.edge.problems import Problem
from services.ingest import hotspots
from services.ingest.routes.kinds import TOO_LARGE
from services.ingest.routes.versions import Desk


class Taken(BaseModel):
    """How many hot spots of a map are in force, and the version of each."""

    accepted: int
    versions: dict[str, int]


def router(desk: Desk) -> APIRouter:
    """The route of maps."""
    routes = APIRouter(tags=[hotspots.KIND.tag])

    @routes.put(
        hotspots.KIND.path,
        summary="Put a map of hot spots into force: all of it or, where one is wrong, none",
        responses=TOO_LARGE,
    )
    async def put_hotspots(
        collection: hotspots.FeatureCollection,
        access: Annotated[Access, Depends(desk.gate.requires(hotspots.KIND.changed_by))],
    ) -> Taken:
        checked = await asyncio.to_thread(hotspots.check, collection)
        if checked.rejected:
            raise _some_wrong(checked)
        now = desk.clock()
        versions = await desk.changes.make(
            [
                hotspots.to_message(feature, feature.id, access.token_id, now)
                for feature in checked.features
            ]
        )
        taken = zip(checked.features, versions, strict=True)
        return Taken(
            accepted=len(versions),
            versions={feature.id: version.offset for feature, version in taken},
        )

    return routes


def _some_wrong(checked: hotspots.Checked) -> Problem:
    first = checked.rejected[0]
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "map_rejected",
        "No hot spot was changed, since half a map misleads. "
        f"Feature {first.index}: {first.message}.",
        accepted=0,
        rejected=[each.model_dump() for each in checked.rejected],
    )
