"""Who may do what: bearer tokens and their scopes (docs/architecture.md, "Trust")."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from services.contracts.reference import Scope, Token
from services.edge.problems import Problem
from services.edge.reference import ReferenceView
from services.edge.same_origin import refuse_cross_site

_IMPLIED: dict[Scope, frozenset[Scope]] = {
    "ingest": frozenset({"ingest"}),
    "scrape": frozenset({"scrape"}),
    "figures": frozenset({"figures"}),
    "own": frozenset({"own"}),
    "view": frozenset({"view", "figures"}),
    "supervise": frozenset({"supervise", "view", "figures"}),
    "admin": frozenset({"admin", "supervise", "view", "figures", "scrape", "ingest"}),
}
_bearer = HTTPBearer(auto_error=False, description="A token made by `stepsix token create`.")

Cookie = Callable[[Request], str | None]
"""Reads a signed-in page's token id from a request."""

_CHANGES_NOTHING = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Access:
    """What the bearer of a token may do."""

    token_id: str
    scopes: frozenset[Scope]
    source: str | None
    officer_id: str | None

    @classmethod
    def of(cls, token: Token) -> Access:
        """The access that a token grants, with what its scopes imply."""
        scopes = frozenset[Scope]().union(*(_IMPLIED[scope] for scope in token.scopes))
        return cls(token.token_id, scopes, token.source, token.officer_id)


def sha256_of(token: str) -> str:
    """The form in which a token is kept and looked up."""
    return hashlib.sha256(token.encode()).hexdigest()


class Gate:
    """Lets a request through by its bearer token, or by a signed-in page's cookie.

    A browser sends its cookie along whoever made it ask, so by a cookie nothing is changed from
    another site. A bearer token is sent by those alone who have it.
    """

    def __init__(self, view: ReferenceView, cookie: Cookie | None = None) -> None:
        self._view = view
        self._cookie = cookie

    def access(self, request: Request, bearer: str | None) -> Access | None:
        """The access of a request; None without a valid token or cookie."""
        register = self._view.register
        if bearer is not None:
            token = register.token(sha256_of(bearer))
        elif self._cookie is not None and (token_id := self._cookie(request)) is not None:
            token = next((each for each in register.tokens() if each.token_id == token_id), None)
        else:
            token = None
        return Access.of(token) if token else None

    def requires(self, *scopes: Scope) -> Callable[..., Awaitable[Access]]:
        """A dependency that lets through who has any of ``scopes``.

        Raises 503 until the tokens are known, 401 without a valid token, 403 without the scope or
        where another site would change something by a cookie.
        """

        async def allowed(
            request: Request,
            bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
        ) -> Access:
            if not self._view.is_ready:
                raise Problem(
                    HTTPStatus.SERVICE_UNAVAILABLE,
                    "starting",
                    "The service is still reading its register. Try again in a moment.",
                    headers={"Retry-After": "1"},
                )
            access = self.access(request, bearer.credentials if bearer else None)
            if access is None:
                raise Problem(
                    HTTPStatus.UNAUTHORIZED,
                    "unauthorized",
                    "Send 'Authorization: Bearer TOKEN' with a token that is not revoked.",
                    headers={"WWW-Authenticate": "Bearer"},
                )
            if bearer is None and request.method not in _CHANGES_NOTHING:
                refuse_cross_site(request)
            if not access.scopes.intersection(scopes):
                raise Problem(
                    HTTPStatus.FORBIDDEN,
                    "forbidden",
                    f"This token lacks the scope {' or '.join(scopes)}.",
                )
            return access

        return allowed
