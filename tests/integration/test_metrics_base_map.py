"""What the page draws below hot spots: who is told, and the file whole or in parts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from services.contracts.reference import Scope
from services.eventlog.port import EventLog
from services.metrics.base_map import BaseMap
from tests.support.deployment import deployment, stepsix
from tests.support.metrics import Served, bearer, prepare, serving

ARCHIVE = bytes(range(256)) * 512
TILES = "https://tiles.example.org/{z}/{x}/{y}.png"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    file = tmp_path / "town.pmtiles"
    file.write_bytes(ARCHIVE)
    (tmp_path / "secret").write_text("secret")
    return file


@pytest.fixture
async def served(embedded_log: EventLog, archive: Path) -> AsyncIterator[Served]:
    await prepare(embedded_log)
    async with serving(embedded_log, BaseMap(file=archive, attribution="Us & them")) as running:
        yield running


async def test_the_page_is_told_what_to_draw(served: Served) -> None:
    answer = await served.client.get("/v1/basemap", headers=bearer("figures"))
    assert answer.json() == {
        "kind": "pmtiles",
        "url": "/basemap.pmtiles",
        "attribution": "Us & them",
    }
    assert answer.headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize("path", ["/v1/basemap", "/basemap.pmtiles"])
@pytest.mark.parametrize(
    ("scope", "status"),
    [("figures", 200), ("view", 200), ("supervise", 200), ("admin", 200), ("ingest", 403)],
)
async def test_who_sees_the_page_sees_it(
    served: Served, path: str, scope: Scope, status: int
) -> None:
    assert (await served.client.get(path)).status_code == 401
    assert (await served.client.get(path, headers=bearer(scope))).status_code == status
    await served.client.post("/v1/session", json={"token": f"secret-{scope}"})
    assert (await served.client.get(path)).status_code == status
    await served.client.delete("/v1/session")
    assert (await served.client.get(path)).status_code == 401


async def test_parts_of_the_file_can_be_asked_for(served: Served) -> None:
    async def ask(**headers: str) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await served.client.get("/basemap.pmtiles", headers=bearer("view") | named)

    whole = await ask()
    assert (whole.status_code, whole.content) == (200, ARCHIVE)
    assert whole.headers["accept-ranges"] == "bytes"
    assert whole.headers["content-type"] == "application/vnd.pmtiles"
    assert whole.headers["cache-control"] == "private, no-cache"
    assert whole.headers["x-content-type-options"] == "nosniff"

    part = await ask(range="bytes=1000-1999")
    assert (part.status_code, part.content) == (206, ARCHIVE[1000:2000])
    assert part.headers["content-range"] == f"bytes 1000-1999/{len(ARCHIVE)}"
    assert part.headers["content-type"] == "application/vnd.pmtiles"
    assert part.headers["etag"] == whole.headers["etag"]
    assert (await ask(range="bytes=-10")).content == ARCHIVE[-10:]
    assert (await ask(range=f"bytes={len(ARCHIVE)}-")).status_code == 416

    same = await ask(range="bytes=0-9", if_none_match=whole.headers["etag"])
    assert (same.status_code, same.content) == (304, b"")
    other = await ask(range="bytes=0-9", if_range='"of-before"')
    assert (other.status_code, len(other.content)) == (200, len(ARCHIVE))


def test_a_file_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    data, file = str(tmp_path / "data"), str(tmp_path / "none.pmtiles")
    stopped = stepsix("up", "--data-dir", data, "--port", "0", settings={"STEPSIX_BASEMAP": file})
    assert stopped.returncode == 1
    assert "STEPSIX_BASEMAP: " in stopped.stderr
    assert "this one cannot be read: No such file or directory" in stopped.stderr
    assert not Path(data).exists()


@pytest.mark.parametrize("name", ["STEPSIX_TILES", "STEPSIX_BASEMAP"])
def test_a_force_sets_it_in_the_environment(tmp_path: Path, name: str) -> None:
    streets = tmp_path / "town.geojson"
    streets.write_text('{"type": "FeatureCollection", "features": []}')
    is_file = name == "STEPSIX_BASEMAP"
    settings = {name: str(streets) if is_file else TILES, "STEPSIX_TILES_ATTRIBUTION": "© Us"}
    with deployment(tmp_path, settings=settings) as running, running.client() as client:
        assert client.get("/v1/basemap").json() == {
            "kind": "streets" if is_file else "tiles",
            "url": "/basemap.geojson" if is_file else TILES,
            "attribution": "© Us",
        }
        policy = client.get("/wall").headers["content-security-policy"].split("; ")
        pictures = "'self'" if is_file else "'self' https://tiles.example.org"
        assert f"img-src {pictures}" in policy
        if is_file:
            drawn = client.get("/basemap.geojson")
            assert drawn.json() == {"type": "FeatureCollection", "features": []}
            assert drawn.headers["content-type"] == "application/geo+json"


async def test_a_new_file_is_a_new_answer(served: Served, archive: Path) -> None:
    before = await served.client.get("/basemap.pmtiles", headers=bearer("view"))
    await asyncio.to_thread(archive.write_bytes, b"PMTiles again")
    headers = bearer("view") | {"If-None-Match": before.headers["etag"]}
    after = await served.client.get("/basemap.pmtiles", headers=headers)
    assert (after.status_code, after.content) == (200, b"PMTiles again")
    await asyncio.to_thread(archive.unlink)
    assert (await served.client.get("/basemap.pmtiles", headers=headers)).status_code == 404


@pytest.mark.parametrize("path", ["/basemap.geojson", "/secret", "/basemap.pmtiles/../secret"])
async def test_no_other_file_is_served(served: Served, path: str) -> None:
    assert (await served.client.get(path, headers=bearer("admin"))).status_code == 404


@pytest.mark.parametrize(
    ("base_map", "told"),
    [
        (BaseMap(), {"kind": "none", "url": None, "attribution": None}),
        (
            BaseMap(tiles=TILES, attribution="Us"),
            {"kind": "tiles", "url": TILES, "attribution": "Us"},
        ),
    ],
)
async def test_without_a_file_there_is_none(
    embedded_log: EventLog, base_map: BaseMap, told: dict[str, object]
) -> None:
    await prepare(embedded_log)
    async with serving(embedded_log, base_map) as served:
        assert await served.get("/v1/basemap", "view") == told
        for path in ("/basemap.pmtiles", "/basemap.geojson"):
            assert (await served.client.get(path, headers=bearer("view"))).status_code == 404
