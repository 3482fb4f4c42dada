"""The base map that the page draws below everything: tiles of a server, a file of ours, or none."""

# FastAPI must see the dependencies of a router's own gate, so annotations are not postponed here.

from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request, Response
from starlette.staticfiles import StaticFiles
from typing_extensions import TypedDict  # pydantic refuses that of typing before Python 3.12

from services.edge.access import Gate

BaseMapKind = Literal["none", "tiles", "pmtiles", "streets"]
_MEDIA_TYPES = {"pmtiles": "application/vnd.pmtiles", "streets": "application/geo+json"}
_ADDRESSES = {"pmtiles": "/basemap.pmtiles", "streets": "/basemap.geojson"}
_HEADERS = {
    # Kept by the browser, and asked for anew each time: who has signed out gets none of it.
    "Cache-Control": "private, no-cache",
    "X-Content-Type-Options": "nosniff",
}


class BaseMapResource(TypedDict):
    """What to draw, from where; the ``attribution`` is plain text."""

    kind: BaseMapKind
    url: str | None
    attribution: str | None


@dataclass(frozen=True, slots=True)
class BaseMap:
    """What a force has set: a template of ``tiles`` or a ``file``, and whose map it is."""

    tiles: str | None = None
    file: Path | None = None
    attribution: str | None = None

    @property
    def kind(self) -> BaseMapKind:
        """Tiles before a file; a file that is no PMTiles archive is GeoJSON."""
        if self.tiles is not None:
            return "tiles"
        if self.file is None:
            return "none"
        return "pmtiles" if self.file.suffix == ".pmtiles" else "streets"

    @property
    def url(self) -> str | None:
        """Where the page finds it."""
        return self.tiles or _ADDRESSES.get(self.kind)

    @property
    def tile_origin(self) -> str | None:
        """The one address besides ours that the page may ask; None for none."""
        if self.tiles is None:
            return None
        parts = urlsplit(self.tiles)
        return f"{parts.scheme}://{parts.netloc}"


def router(gate: Gate, base_map: BaseMap) -> APIRouter:
    """What there is, and the file itself where it is one."""
    access = Depends(gate.requires("figures", "own"))
    routes = APIRouter(tags=["base map"], dependencies=[access])

    @routes.get("/v1/basemap", summary="The base map below the page's hot spots")
    async def basemap(response: Response) -> BaseMapResource:
        response.headers.update(_HEADERS)
        return {"kind": base_map.kind, "url": base_map.url, "attribution": base_map.attribution}

    if base_map.tiles is None and base_map.file is not None:
        _add_file(routes, base_map.file, base_map.kind)
    return routes


def _add_file(routes: APIRouter, file: Path, kind: BaseMapKind) -> None:
    folder = StaticFiles(directory=file.parent, follow_symlink=True)

    @routes.get(
        _ADDRESSES[kind],
        summary="The file of the base map, or parts of it by Range",
        response_class=Response,
        responses={
            HTTPStatus.OK: {"content": {_MEDIA_TYPES[kind]: {}}},
            HTTPStatus.PARTIAL_CONTENT: {"description": "The part asked for"},
            HTTPStatus.NOT_MODIFIED: {"description": "As it was"},
            HTTPStatus.NOT_FOUND: {"description": "The file was taken away"},
            HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE: {"description": "No such part"},
        },
    )
    async def read(request: Request) -> Response:
        response = await folder.get_response(file.name, request.scope)
        response.headers.update(_HEADERS | {"Content-Type": _MEDIA_TYPES[kind]})
        return response
