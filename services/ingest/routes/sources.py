"""Sources: what may be expected of them, put into force, shown, ended."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from services.contracts.reference import Source
from services.edge.access import Access
from services.ingest import sources
from services.ingest.routes.answers import problems
from services.ingest.routes.versions import At, Desk, Gone, Id

_NOT_FOUND = problems(HTTPStatus.NOT_FOUND)
_TOO_LARGE = problems(HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def router(desk: Desk) -> APIRouter:
    """The routes of sources."""
    routes = APIRouter(tags=["sources"])
    admin = Depends(desk.gate.requires("admin"))

    @routes.put(
        "/v1/sources/{source}",
        summary="Put what is known of a source into force",
        responses={HTTPStatus.CREATED: {"model": sources.HeldSource}, **_TOO_LARGE},
    )
    async def put_source(
        source: Id, new: sources.NewSource, access: Annotated[Access, admin], response: Response
    ) -> sources.HeldSource:
        first = not desk.exists("source", source)
        message = sources.to_message(new, source, access.token_id, desk.clock())
        version = await desk.put(message)
        response.status_code = HTTPStatus.CREATED if first else HTTPStatus.OK
        return sources.to_held(version.offset, message)

    @routes.get(
        "/v1/sources/{source}",
        summary="A source as in force",
        dependencies=[Depends(desk.gate.requires("view"))],
        responses=_NOT_FOUND,
    )
    async def get_source(source: Id, at: At = None) -> sources.HeldSource:
        return sources.to_held(*desk.found("source", source, Source, at))

    @routes.delete(
        "/v1/sources/{source}",
        summary="End what is known of a source now",
        responses=_NOT_FOUND,
    )
    async def delete_source(source: Id, access: Annotated[Access, admin]) -> Gone:
        return await desk.delete("source", source, access.token_id)

    return routes
