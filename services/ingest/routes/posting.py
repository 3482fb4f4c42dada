"""``POST /v1/pings``, ``/v1/statuses``: the route of any kind of item that radio systems post."""

from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from services.edge.access import Access, Gate
from services.edge.problems import Problem
from services.ingest.bodies import Form
from services.ingest.ids import ID
from services.ingest.posted import Posted, Posting
from services.ingest.routes.answers import problems
from services.ingest.routes.reception import DryRun, Publish, Reception
from services.ingest.verdicts import Verdicts

LOCAL_SOURCE = "local"


def router(
    gate: Gate,
    reception: Reception,
    posted: Posted[Any, Posting],
    publish: Publish[Posting],
) -> APIRouter:
    """The route for one kind of item."""
    routes = APIRouter(tags=[posted.name])

    @routes.post(f"/v1/{posted.name}", **described(posted.name, posted.item))
    async def post(
        request: Request,
        access: Annotated[Access, Depends(gate.requires("ingest"))],
        source: Annotated[str | None, Query(pattern=f"^{ID}$")] = None,
        *,
        dry_run: bool = False,
    ) -> Response | Verdicts:
        name = _source(access, source)
        if dry_run:
            return as_json(await reception.try_out(posted, request, name))
        return await reception.post(posted, request, name, publish)

    return routes


def described(name: str, item: type) -> dict[str, Any]:
    """How the API document describes a route by which items are posted."""
    return {
        "name": f"post_{name}",
        "summary": f"Post {name}: one object, an array, or NDJSON",
        "status_code": HTTPStatus.ACCEPTED,
        "response_model": Verdicts,
        "response_description": "Every accepted item is in the log",
        "responses": {
            HTTPStatus.OK: {"model": DryRun, "description": "A dry run: nothing was appended"},
            **problems(
                HTTPStatus.BAD_REQUEST,
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            ),
        },
        "openapi_extra": {"requestBody": _body(item)},
    }


def as_json(verdicts: DryRun) -> Response:
    """What a dry run came to, as an answer of its own status."""
    return Response(verdicts.model_dump_json(), media_type="application/json")


def _body(item: type) -> dict[str, Any]:
    """How the API document describes a body that is read by ourselves."""
    schema = _inlined(item)
    array = {"type": "array", "items": schema}
    lines = {"type": "string", "description": "One item a line"}
    return {
        "required": True,
        "content": {
            Form.JSON.value: {"schema": {"anyOf": [schema, array]}},
            Form.LINES.value: {"schema": lines},
        },
    }


def _inlined(item: type) -> dict[str, Any]:
    """The schema of an item, with those of what it holds in their places."""
    schemas = msgspec.json.schema_components([item], ref_template="{name}")[1]

    def filled(schema: Any) -> Any:  # noqa: ANN401 - any part of a schema
        if isinstance(schema, list):
            return [filled(each) for each in schema]
        if not isinstance(schema, dict):
            return schema
        held = filled(schemas[schema["$ref"]]) if "$ref" in schema else {}
        return held | {name: filled(each) for name, each in schema.items() if name != "$ref"}

    inlined: dict[str, Any] = filled(schemas[item.__name__])
    return inlined


def _source(access: Access, asked: str | None) -> str:
    if "admin" not in access.scopes and asked not in (None, access.source):
        raise Problem(
            HTTPStatus.FORBIDDEN,
            "forbidden",
            f"This token posts as the source {access.source}; leave ?source= out.",
        )
    return asked or access.source or LOCAL_SOURCE
