"""Trying a thing before it is put: judged as the real one, told in full, and nothing is there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.contracts.reference import Scope
from tests.support.deployment import Deployment, deployment
from tests.support.ingest import NOW, Ingest, ingest_in
from tests.support.square import box

HOUR = 3_600_000


def hotspot(
    *, west: float = -75, east: float = 75, hole: bool = False, **properties: object
) -> dict[str, Any]:
    """A hot spot 150 m high, with its name and, if wanted, a hole of 40 m."""
    geometry = box(west, -75, east, 75)
    if hole:
        geometry["coordinates"] += box(-20, -20, 20, 20)["coordinates"]
    said = {"name": "Market", "catchment_m": 50} | properties
    return {"type": "Feature", "geometry": geometry, "properties": said}


PLAN = {
    "hotspot_id": "market",
    "weekdays": ["fri"],
    "windows": [{"from": "22:00", "to": "02:00", "patrols": 2}],
    "minutes_each": {"low": 10, "high": 16},
}
DUTY = {"radio_id": "R1", "officer_ids": ["P1"], "from": NOW, "to": NOW + HOUR}
THINGS: list[tuple[str, Scope, dict[str, Any]]] = [
    ("/v1/hotspots/new", "supervise", hotspot()),
    ("/v1/plans/new", "supervise", PLAN),
    ("/v1/duties/new", "supervise", DUTY),
    ("/v1/sources/new", "admin", {"name": "Acme"}),
    ("/v1/radios/new", "admin", {"model": "MXP600"}),
]
WRONG: list[tuple[str, Scope, dict[str, Any], str]] = [
    ("/v1/hotspots/new", "supervise", hotspot(east=-74.9), "it covers 15"),
    ("/v1/hotspots/new", "supervise", hotspot() | {"id": "other"}, "leave the id out"),
    ("/v1/plans/new", "supervise", PLAN | {"hotspot_id": "none"}, "put the hot spot first"),
    ("/v1/plans/new", "supervise", PLAN | {"minutes_per_day": 40}, "plan more or longer patrols"),
]


@pytest.fixture
async def ingest(tmp_path: Path) -> AsyncIterator[Ingest]:
    async with ingest_in(tmp_path) as running:
        await ask(running, "supervise", "PUT", "/v1/hotspots/market", hotspot())
        yield running


async def ask(
    ingest: Ingest, scope: Scope, method: str, path: str, body: object = None
) -> httpx.Response:
    return await ingest.client.request(method, path, json=body, headers=ingest.bearer(scope))


async def tried(ingest: Ingest, body: dict[str, Any], name: str = "new") -> dict[str, Any]:
    answer = await ask(ingest, "supervise", "PUT", f"/v1/hotspots/{name}?dry_run=1", body)
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.json()
    return said


@pytest.mark.parametrize(("path", "scope", "body"), THINGS, ids=[path for path, _, _ in THINGS])
async def test_what_was_tried_is_told_and_is_not_there(
    ingest: Ingest, path: str, scope: Scope, body: dict[str, Any]
) -> None:
    before = await ingest.log.bounds("reference")
    answer = await ask(ingest, scope, "PUT", f"{path}?dry_run=1", body)
    assert answer.status_code == 200, answer.text
    assert await ingest.log.bounds("reference") == before
    assert (await ask(ingest, "view", "GET", path)).status_code == 404

    as_tried, as_put = answer.json(), (await ask(ingest, scope, "PUT", path, body)).json()
    as_tried = as_tried.get("feature", as_tried)
    for version_of in (as_tried, as_put):
        version_of.get("properties", version_of).pop("version")
    assert as_tried == as_put


@pytest.mark.parametrize(("path", "scope", "body", "words"), WRONG)
async def test_it_is_refused_in_the_words_of_the_real_one(
    ingest: Ingest, path: str, scope: Scope, body: dict[str, Any], words: str
) -> None:
    answer = await ask(ingest, scope, "PUT", f"{path}?dry_run=1", body)
    real = await ask(ingest, scope, "PUT", path, body)
    assert (answer.status_code, answer.json()) == (real.status_code, real.json())
    assert answer.status_code == 422
    assert words in answer.json()["detail"]


@pytest.mark.parametrize(("path", "scope", "body"), THINGS, ids=[path for path, _, _ in THINGS])
async def test_who_may_not_put_it_may_not_try_it(
    ingest: Ingest, path: str, scope: Scope, body: dict[str, Any]
) -> None:
    lesser: Scope = "view" if scope == "supervise" else "supervise"
    assert (await ask(ingest, lesser, "PUT", f"{path}?dry_run=1", body)).status_code == 403


async def test_a_hot_spot_tells_its_size(ingest: Ingest) -> None:
    said = await tried(ingest, hotspot(west=1000, east=1150))
    assert said["area_m2"] == pytest.approx(150 * 150, rel=2e-3)
    assert said["perimeter_m"] == pytest.approx(4 * 150, rel=2e-3)
    # The square, 50 m more on each side, and the quarters of a circle at its corners.
    assert said["catchment_area_m2"] == pytest.approx(150**2 + 4 * 150 * 50 + 7854, rel=3e-3)
    assert said["catchment"]["type"] == "Polygon"
    assert said["overlaps"] == []


async def test_holes_and_what_is_excluded_count_to_neither_ring(ingest: Ingest) -> None:
    station = box(60, -20, 100, 20)  # 15 m within, 25 m in the catchment
    said = await tried(ingest, hotspot(hole=True, excludes=[station]), "market")
    assert said["area_m2"] == pytest.approx(150**2 - 40 * 40 - 15 * 40, rel=2e-3)
    whole = 150**2 + 4 * 150 * 50 + 7854
    assert said["catchment_area_m2"] == pytest.approx(whole - 40 * 40 - 40 * 40, rel=3e-3)
    assert len(said["catchment"]["coordinates"]) == 3


async def test_what_others_cover_of_it_is_told_for_each_ring(ingest: Ingest) -> None:
    for name, west in (("beside", 75), ("near", 165), ("far", 400)):
        place = hotspot(west=west, east=west + 150, name=name.title())
        await ask(ingest, "supervise", "PUT", f"/v1/hotspots/{name}", place)
    # 30 m of it in Market, 50 m in Beside, and Near 40 m away; their catchments reach 50 m.
    said = await tried(ingest, hotspot(west=45, east=125))
    assert [(each["hotspot_id"], each["name"], each["ring"]) for each in said["overlaps"]] == [
        ("beside", "Beside", "core"),
        ("market", "Market", "core"),
        ("beside", "Beside", "catchment"),
        ("market", "Market", "catchment"),
        ("near", "Near", "catchment"),
    ]
    beside, market, *_, near = said["overlaps"]
    assert beside["area_m2"] == pytest.approx(50 * 150, rel=3e-3)
    assert beside["share"] == pytest.approx(50 / 80, rel=1e-3)
    assert market["share"] == pytest.approx(30 / 80, rel=1e-3)
    assert near["share"] == pytest.approx(near["area_m2"] / said["catchment_area_m2"])


async def test_others_are_those_in_force_at_its_time(ingest: Ingest) -> None:
    later = hotspot(effective_from=NOW + HOUR, name="Later")
    tunnel = hotspot(type="blackspot", name="Tunnel")
    await ask(ingest, "supervise", "PUT", "/v1/hotspots/later", later)
    await ask(ingest, "supervise", "PUT", "/v1/hotspots/tunnel", tunnel)
    await ask(ingest, "supervise", "PUT", "/v1/hotspots/gone", hotspot())
    await ask(ingest, "supervise", "DELETE", "/v1/hotspots/gone")

    async def met(body: dict[str, Any], name: str = "new") -> set[str]:
        return {each["hotspot_id"] for each in (await tried(ingest, body, name))["overlaps"]}

    assert await met(hotspot()) == {"market"}
    assert await met(hotspot(effective_from=NOW + HOUR)) == {"market", "later"}
    assert await met(hotspot(effective_from=NOW - HOUR)) == set()
    assert await met(hotspot(), "market") == set()  # as it is now it is no other one


async def test_neighbours_along_one_line_overlap_in_their_catchments_alone(ingest: Ingest) -> None:
    said = await tried(ingest, hotspot(west=75, east=225))
    assert [each["ring"] for each in said["overlaps"]] == ["catchment"]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with deployment(tmp_path_factory.mktemp("tried")) as running:
        yield running


def test_on_a_real_process_nothing_of_it_is_ever_shown(running: Deployment) -> None:
    with running.client() as client:
        client.put("/v1/hotspots/market", json=hotspot()).raise_for_status()
        moved = hotspot(west=-15, east=135, name="Moved")
        other = client.put("/v1/hotspots/other", json=moved, params={"dry_run": 1}).json()
        assert other["feature"]["properties"]["version"] is None
        assert [each["ring"] for each in other["overlaps"]] == ["core", "catchment"]
        client.put("/v1/hotspots/market", json=moved, params={"dry_run": "true"})
        plan = client.put("/v1/plans/p", json=PLAN, params={"dry_run": 1})
        assert (plan.status_code, plan.json()["version"]) == (200, None)
        wrong = client.put("/v1/plans/p", json=PLAN, params={"dry_run": "maybe"})
        assert (wrong.status_code, wrong.json()["errors"][0]["field"]) == (422, "dry_run")
        [shown] = client.get("/v1/hotspots").json()["items"]
        assert (shown["hotspot_id"], shown["name"]) == ("market", "Market")
        assert client.get("/v1/plans/p").status_code == 404
