"""``POST /v1/pings``, ``/v1/statuses``: the route of any kind of item that radio systems post."""

from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from services.edge.access import Access, Gate
from services.edge.problems import Problem
from services.ingest.bodies import Form
from services.ingest.ids import ID
from services.ingest.posted import Posted
from services.ingest.routes.answers import problems
from services.ingest.routes.reception import DryRun, Reception
from services.ingest.verdicts import Verdicts

LOCAL_SOURCE = "local"


def router(gate: Gate, reception: Reception, posted: Posted[Any]) -> APIRouter:
    """The route for one kind of item."""
    routes = APIRouter(tags=[posted.name])

    @routes.post(
        f"/v1/{posted.name}",
        name=f"post_{posted.name}",
        summary=f"Post {posted.name}: one object, an array, or NDJSON",
        status_code=HTTPStatus.ACCEPTED,
        response_model=Verdicts,
        response_description="Every accepted item is in the log",
        responses={
            HTTPStatus.OK: {"model": DryRun, "description": "A dry run: nothing was appended"},
            **problems(
                HTTPStatus.BAD_REQUEST,
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            ),
        },
        openapi_extra={"requestBody": _body(posted.item)},
    )
    async def post(
        request: Request,
        access: Annotated[Access, Depends(gate.requires("ingest"))],
        source: Annotated[str | None, Query(pattern=f"^{ID}$")] = None,
        *,
        dry_run: bool = False,
    ) -> Response | Verdicts:
        name = _source(access, source)
        if dry_run:
            return _json(await reception.try_out(posted, request, name))
        return await reception.post(posted, request, name)

    return routes


def _body(item: type) -> dict[str, Any]:
    """How the API document describes a body that is read by ourselves."""
    schema = msgspec.json.schema_components([item])[1][item.__name__]
    array = {"type": "array", "items": schema}
    lines = {"type": "string", "description": "One item a line"}
    return {
        "required": True,
        "content": {
            Form.JSON.value: {"schema": {"anyOf": [schema, array]}},
            Form.LINES.value: {"schema": lines},
        },
    }


def _source(access: Access, asked: str | None) -> str:
    if "admin" not in access.scopes and asked not in (None, access.source):
        raise Problem(
            HTTPStatus.FORBIDDEN,
            "forbidden",
            f"This token posts as the source {access.source}; leave ?source= out.",
        )
    return asked or access.source or LOCAL_SOURCE


def _json(verdicts: DryRun) -> Response:
    return Response(verdicts.model_dump_json(), media_type="application/json")
