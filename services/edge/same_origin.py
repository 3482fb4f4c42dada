"""Refusing what another site makes a signed-in browser do (cross-site request forgery)."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import Request

from services.edge.problems import Problem


async def same_origin(request: Request) -> None:
    """A dependency of the routes by which a browser is signed in and out. Raises 403."""
    refuse_cross_site(request)


def refuse_cross_site(request: Request) -> None:
    """Raise 403 where another site's page made a browser send this.

    A browser says where a request comes from, by Sec-Fetch-Site or, an older one, by Origin; a
    program says neither and is not led astray either.
    """
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site is None:
        # By host alone: who ends TLS before us may not have told us of it.
        is_own = origin is None or urlsplit(origin).netloc == request.url.netloc
    else:
        is_own = site in ("same-origin", "none")
    if not is_own:
        raise Problem(
            HTTPStatus.FORBIDDEN,
            "cross_site",
            "This request was made by another site's page. Use stepsix's own page.",
        )
