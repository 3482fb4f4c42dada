"""The routes of any kind of thing: put into force or only tried, shown, ended."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import BaseModel

from services.edge.access import Access
from services.edge.problems import Problem
from services.ingest.ids import ID, ID_WORDS
from services.ingest.kinds import Held, Kept, Kind, Misfit, New, OtherId
from services.ingest.routes.answers import problems
from services.ingest.routes.versions import At, Desk, Gone

_NOT_FOUND = problems(HTTPStatus.NOT_FOUND)
DryRun = Annotated[bool, Query(description="Judge it as if it were put, and put nothing")]
TOO_LARGE = problems(HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def router(desk: Desk, kind: Kind[New, Kept, Held]) -> APIRouter:
    """Put, get and delete for one thing of a kind."""
    routes = APIRouter(tags=[kind.tag])
    _add_put(routes, desk, kind)
    if kind.dated:
        _add_get_at(routes, desk, kind)
    else:
        _add_get_last(routes, desk, kind)
    _add_delete(routes, desk, kind)
    return routes


def _add_put(routes: APIRouter, desk: Desk, kind: Kind[New, Kept, Held]) -> None:
    async def put(
        id_: str,
        new: New,
        access: Annotated[Access, Depends(desk.gate.requires(kind.changed_by))],
        response: Response,
        *,
        dry_run: DryRun = False,
    ) -> BaseModel:
        first = not desk.exists(kind.name, id_)
        try:
            message = kind.to_message(new, id_, access.token_id, desk.clock())
        except OtherId as error:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "other_id", str(error)) from None
        async with kind.turn:
            for misfit in kind.misfits([message]).values():
                raise _invalid(misfit)
            if dry_run:
                return await _tried(desk, kind, message)
            version = await desk.put(message)
        response.status_code = HTTPStatus.CREATED if first else HTTPStatus.OK
        return kind.to_held(version.offset, message)

    # The models are known only now, and the document of the API is made from the annotations.
    told = kind.held if kind.trial is None else kind.held | kind.trial.model
    put.__annotations__ |= {"id_": _id_of(kind), "new": kind.new, "return": told}
    routes.put(
        _path_of(kind),
        name=f"put_{kind.name}",
        summary=f"Put {kind.words} into force",
        responses={HTTPStatus.CREATED: {"model": kind.held}, **TOO_LARGE},
    )(put)


def _add_get_at(routes: APIRouter, desk: Desk, kind: Kind[New, Kept, Held]) -> None:
    async def get(
        id_: str, access: Annotated[Access, Depends(desk.gate.requires("view"))], at: At = None
    ) -> Held:
        def seen(kept: Kept, moment: int) -> bool:
            return kind.seen_by(kept, moment) in access.scopes

        return kind.to_held(*desk.found(kind.name, id_, kind.kept, at, seen))

    get.__annotations__ |= {"id_": _id_of(kind), "return": kind.held}
    routes.get(
        _path_of(kind),
        name=f"get_{kind.name}",
        summary=f"{kind.words.capitalize()} as in force",
        responses=_NOT_FOUND,
    )(get)


def _add_get_last(routes: APIRouter, desk: Desk, kind: Kind[New, Kept, Held]) -> None:
    async def get(id_: str, access: Annotated[Access, Depends(desk.gate.requires("view"))]) -> Held:
        version, kept = desk.last(kind.name, id_, kind.kept)
        return kind.to_held(version, kind.shown(kept, access.scopes))

    get.__annotations__ |= {"id_": _id_of(kind), "return": kind.held}
    routes.get(
        _path_of(kind),
        name=f"get_{kind.name}",
        summary=f"{kind.words.capitalize()} as last put",
        responses=_NOT_FOUND,
    )(get)


def _add_delete(routes: APIRouter, desk: Desk, kind: Kind[New, Kept, Held]) -> None:
    async def delete(
        id_: str, access: Annotated[Access, Depends(desk.gate.requires(kind.changed_by))]
    ) -> Gone:
        return await desk.delete(kind.name, id_, access.token_id)

    delete.__annotations__ |= {"id_": _id_of(kind)}
    ended = f"End {kind.words} now; what it was stays known"
    routes.delete(
        _path_of(kind),
        name=f"delete_{kind.name}",
        summary=ended if kind.dated else f"Take {kind.words} back, as if it had not been put",
        responses=_NOT_FOUND,
    )(delete)


async def _tried(desk: Desk, kind: Kind[New, Kept, Held], message: Kept) -> BaseModel:
    if kind.trial is None:
        return kind.to_held(None, message)
    return await kind.trial.tell(desk.register, message)


def _invalid(misfit: Misfit) -> Problem:
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "invalid",
        str(misfit),
        errors=[{"field": misfit.field, "message": misfit.words}],
    )


def _path_of(kind: Kind[New, Kept, Held]) -> str:
    return f"{kind.path}/{{{kind.id_name}}}"


def _id_of(kind: Kind[New, Kept, Held]) -> object:
    return Annotated[str, Path(alias=kind.id_name, pattern=f"^{ID}$", description=ID_WORDS)]
