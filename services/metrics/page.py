"""The page: the built files of ``web/``, with the headers that keep a browser safe."""

from __future__ import annotations

import re
from http import HTTPStatus
from pathlib import Path

from fastapi.responses import PlainTextResponse
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

BUILT = Path(__file__).parent / "web" / "dist"
_INDEX = "index.html"
_ADDRESSES = re.compile(r"\.|wall|edit|plans|(hotspots|units|edit)/[^/]+")
"""Where the page itself is: it reads from its address what to show first."""
_NAMED_BY_CONTENT = "assets/"
_NOT_BUILT = (
    "The page has not been built. Run `make web` where stepsix was installed from, then reload.\n"
    "The API is there all the same: see /openapi.json.\n"
)


def headers(tile_origin: str | None = None) -> dict[str, str]:
    """The headers of a page that asks nobody but us, and ``tile_origin`` for pictures alone."""
    pictures = "" if tile_origin is None else f" {tile_origin}"
    return {
        "Content-Security-Policy": (
            f"default-src 'self'; connect-src 'self'; img-src 'self'{pictures}; "
            "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
        ),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-cache",
    }


class Page(StaticFiles):
    """Serves the page from its folder, which may be built while the service runs."""

    def __init__(self, tile_origin: str | None = None, built: Path = BUILT) -> None:
        super().__init__(directory=built, check_dir=False)
        self._built = built
        self._headers = headers(tile_origin)

    async def check_config(self) -> None:
        """Nothing to check: without the folder a path is not found, as any other."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, or what to do where the page was not built. Raises HTTPException 404."""
        if _ADDRESSES.fullmatch(path):
            path = _INDEX
            if not (self._built / _INDEX).exists():
                return PlainTextResponse(_NOT_BUILT, HTTPStatus.SERVICE_UNAVAILABLE)
        response = await super().get_response(path, scope)
        response.headers.update(self._headers)
        if path.startswith(_NAMED_BY_CONTENT):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
