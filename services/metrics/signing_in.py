"""Signing a browser in and out: ``/v1/session`` and the one-time link ``/sign-in``."""

# FastAPI must see the dependencies of a router's own gate, so annotations are not postponed here.

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, get_args

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict  # pydantic refuses that of typing before Python 3.12

from services.contracts.days import Days
from services.contracts.reference import Scope
from services.edge.access import Access, Gate, sha256_of
from services.edge.problems import Problem
from services.edge.reference import ReferenceView
from services.edge.same_origin import same_origin
from services.edge.sessions import Sessions
from services.metrics.page import headers
from services.metrics.starting import starting

_REFUSED = """<!doctype html>
<html lang="en-GB"><meta charset="utf-8"><title>Sign-in link not valid · stepsix</title>
<link rel="icon" href="/favicon.svg">
<h1>This sign-in link is not valid any more</h1>
<p>It was used already, is older than a day, or the service has been started anew since.
<p><a href="/">Sign in with a token</a> instead, or ask whoever runs stepsix for a new link.
</html>
"""


class SessionResource(TypedDict):
    """Who is signed in, what they may do, by which time and days, and whether data is made up."""

    name: str
    scopes: list[Scope]
    timezone: str
    simulated: bool
    day_starts: str


class Credentials(BaseModel):
    """The token that a person signs in with."""

    model_config = ConfigDict(extra="forbid")

    token: str = Field(max_length=200)


def router(
    gate: Gate,
    view: ReferenceView,
    sessions: Sessions,
    days: Days,
    is_simulated: Callable[[], bool],
) -> APIRouter:
    """The routes of signing in and out.

    ``is_simulated`` says whether a source that is made up is in force: officers who see only their
    own hear no ``health``, and must not take it for real either.
    """
    routes = APIRouter(tags=["session"])
    signed_in = gate.requires(*get_args(Scope))

    @routes.get("/v1/session", summary="Who is signed in")
    async def session(
        access: Annotated[Access, Depends(signed_in)], response: Response
    ) -> SessionResource:
        response.headers["Cache-Control"] = "no-store"
        scopes: list[Scope] = [each for each in get_args(Scope) if each in access.scopes]
        return {
            "name": access.token_id,
            "scopes": scopes,
            "timezone": days.zone.key,
            "day_starts": f"{days.starts:%H:%M}",
            "simulated": is_simulated(),
        }

    @routes.post(
        "/v1/session",
        summary="Sign a browser in with a token",
        status_code=HTTPStatus.NO_CONTENT,
        dependencies=[Depends(same_origin)],
    )
    async def sign_in(credentials: Credentials, request: Request, response: Response) -> None:
        if not view.is_ready:
            raise starting()
        token = view.register.token(sha256_of(credentials.token))
        if token is None:
            raise Problem(
                HTTPStatus.UNAUTHORIZED,
                "unauthorized",
                "This token is not known here, or was revoked. Check that all of it was pasted.",
            )
        sessions.begin(response, request, token.token_id)

    @routes.delete(
        "/v1/session",
        summary="Sign the browser out",
        status_code=HTTPStatus.NO_CONTENT,
        dependencies=[Depends(same_origin)],
    )
    async def sign_out(response: Response) -> None:
        sessions.end(response)

    @routes.get("/sign-in", summary="Sign a browser in with a one-time link")
    async def redeem(code: Annotated[str, Query(max_length=200)], request: Request) -> Response:
        token_id = sessions.redeem(code)
        if token_id is None:
            return HTMLResponse(_REFUSED, HTTPStatus.UNAUTHORIZED, headers())
        response = RedirectResponse("/", HTTPStatus.SEE_OTHER, headers())
        sessions.begin(response, request, token_id)
        return response

    return routes
