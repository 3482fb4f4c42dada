"""Radios: what may be expected of them, put into force, shown, ended."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from services.contracts.reference import Radio
from services.edge.access import Access
from services.ingest import radios
from services.ingest.routes.answers import problems
from services.ingest.routes.versions import At, Desk, Gone, Id

_NOT_FOUND = problems(HTTPStatus.NOT_FOUND)
_TOO_LARGE = problems(HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def router(desk: Desk) -> APIRouter:
    """The routes of radios."""
    routes = APIRouter(tags=["radios"])
    admin = Depends(desk.gate.requires("admin"))

    @routes.put(
        "/v1/radios/{radio_id}",
        summary="Put what is known of a radio into force",
        responses={HTTPStatus.CREATED: {"model": radios.HeldRadio}, **_TOO_LARGE},
    )
    async def put_radio(
        radio_id: Id, new: radios.NewRadio, access: Annotated[Access, admin], response: Response
    ) -> radios.HeldRadio:
        first = not desk.exists("radio", radio_id)
        message = radios.to_message(new, radio_id, access.token_id, desk.clock())
        version = await desk.put(message)
        response.status_code = HTTPStatus.CREATED if first else HTTPStatus.OK
        return radios.to_held(version.offset, message)

    @routes.get(
        "/v1/radios/{radio_id}",
        summary="A radio as in force",
        dependencies=[Depends(desk.gate.requires("view"))],
        responses=_NOT_FOUND,
    )
    async def get_radio(radio_id: Id, at: At = None) -> radios.HeldRadio:
        return radios.to_held(*desk.found("radio", radio_id, Radio, at))

    @routes.delete(
        "/v1/radios/{radio_id}",
        summary="End what is known of a radio now",
        responses=_NOT_FOUND,
    )
    async def delete_radio(radio_id: Id, access: Annotated[Access, admin]) -> Gone:
        return await desk.delete("radio", radio_id, access.token_id)

    return routes
