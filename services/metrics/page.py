"""The page: the built files of ``web/``, with the headers that keep a browser safe."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

from fastapi.responses import PlainTextResponse
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

BUILT = Path(__file__).parent / "web" / "dist"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
_NAMED_BY_CONTENT = "assets/"
_NOT_BUILT = (
    "The page has not been built. Run `make web` where stepsix was installed from, then reload.\n"
    "The API is there all the same: see /openapi.json.\n"
)


class Page(StaticFiles):
    """Serves the page from its folder, which may be built while the service runs."""

    def __init__(self, built: Path = BUILT) -> None:
        super().__init__(directory=built, html=True, check_dir=False)
        self._built = built

    async def check_config(self) -> None:
        """Nothing to check: without the folder a path is not found, as any other."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, or what to do where the page was not built. Raises HTTPException 404."""
        if path == "." and not (self._built / "index.html").exists():
            return PlainTextResponse(_NOT_BUILT, HTTPStatus.SERVICE_UNAVAILABLE)
        response = await super().get_response(path, scope)
        response.headers.update(HEADERS)
        if path.startswith(_NAMED_BY_CONTENT):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response
