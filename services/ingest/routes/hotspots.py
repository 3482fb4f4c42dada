"""Hot spots: put into force one by one or a whole map at once, shown, ended."""

import asyncio
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel

from services.contracts.reference import HotSpot
from services.edge.access import Access
from services.edge.problems import Problem
from services.ingest import hotspots
from services.ingest.routes.answers import problems
from services.ingest.routes.versions import At, Desk, Gone, Id

_NOT_FOUND = problems(HTTPStatus.NOT_FOUND)
_TOO_LARGE = problems(HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


class Taken(BaseModel):
    """How many hot spots of a map are in force, and the version of each."""

    accepted: int
    versions: dict[str, int]


def router(desk: Desk) -> APIRouter:
    """The routes of hot spots."""
    routes = APIRouter(tags=["hot spots"])
    supervise = Depends(desk.gate.requires("supervise"))

    @routes.put(
        "/v1/hotspots/{hotspot_id}",
        summary="Put a hot spot into force",
        responses={HTTPStatus.CREATED: {"model": hotspots.HeldFeature}, **_TOO_LARGE},
    )
    async def put_hotspot(
        hotspot_id: Id,
        feature: hotspots.Feature,
        access: Annotated[Access, supervise],
        response: Response,
    ) -> hotspots.HeldFeature:
        if feature.id not in (None, hotspot_id):
            raise Problem(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                "other_id",
                f"id: the feature says {feature.id}, the path {hotspot_id}; leave the id out.",
            )
        new = not desk.exists("hotspot", hotspot_id)
        message = hotspots.to_message(feature, hotspot_id, access.token_id, desk.clock())
        version = await desk.put(message)
        response.status_code = HTTPStatus.CREATED if new else HTTPStatus.OK
        return hotspots.to_feature(version.offset, message)

    @routes.put(
        "/v1/hotspots",
        summary="Put a map of hot spots into force: all of it or, where one is wrong, none",
        responses=_TOO_LARGE,
    )
    async def put_hotspots(
        collection: hotspots.FeatureCollection, access: Annotated[Access, supervise]
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

    @routes.get(
        "/v1/hotspots/{hotspot_id}",
        summary="A hot spot as in force",
        dependencies=[Depends(desk.gate.requires("view"))],
        responses=_NOT_FOUND,
    )
    async def get_hotspot(hotspot_id: Id, at: At = None) -> hotspots.HeldFeature:
        return hotspots.to_feature(*desk.found("hotspot", hotspot_id, HotSpot, at))

    @routes.delete(
        "/v1/hotspots/{hotspot_id}",
        summary="End a hot spot now; what it was stays known",
        responses=_NOT_FOUND,
    )
    async def delete_hotspot(hotspot_id: Id, access: Annotated[Access, supervise]) -> Gone:
        return await desk.delete("hotspot", hotspot_id, access.token_id)

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
