"""Hot spots, sources, radios and duties over HTTP: in force once answered, in every partition."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.contracts.reference import HotSpot, Scope
from services.edge.app import MAX_BODY_BYTES
from tests.support.ingest import NOW, Ingest, ingest_in

SQUARE = [[-0.1, 51.5], [-0.098, 51.5], [-0.098, 51.502], [-0.1, 51.502], [-0.1, 51.5]]
JSON = {"content-type": "application/json"}
BLACKSPOT = {"name": "Underpass", "type": "blackspot", "catchment_m": 30}
DUTY = {"radio_id": "R1", "officer_ids": ["P1"], "from": NOW - 3_600_000, "to": NOW + 3_600_000}


def feature(**members: object) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
        "properties": {"name": "Market"},
        **members,
    }


@pytest.fixture
async def ingest(tmp_path: Path) -> AsyncIterator[Ingest]:
    async with ingest_in(tmp_path) as running:
        yield running


async def ask(
    ingest: Ingest, scope: Scope, method: str, path: str, body: object = None
) -> httpx.Response:
    return await ingest.client.request(method, path, json=body, headers=ingest.bearer(scope))


THINGS: list[tuple[str, Scope, dict[str, Any]]] = [
    ("/v1/hotspots/x-1", "supervise", feature()),
    ("/v1/hotspots/x-2", "supervise", feature(properties=BLACKSPOT)),
    ("/v1/sources/x-1", "admin", {"name": "Acme"}),
    ("/v1/radios/x-1", "admin", {"model": "MXP600"}),
    ("/v1/duties/x-1", "supervise", DUTY),
]


@pytest.mark.parametrize(("path", "scope", "body"), THINGS, ids=[path for path, _, _ in THINGS])
async def test_a_thing_is_made_changed_shown_and_ended(
    ingest: Ingest, path: str, scope: Scope, body: dict[str, Any]
) -> None:
    assert (await ask(ingest, "view", "GET", path)).status_code == 404
    made = await ask(ingest, scope, "PUT", path, body)
    changed = await ask(ingest, scope, "PUT", path, body)
    assert (made.status_code, changed.status_code) == (201, 200)
    shown = await ask(ingest, "view", "GET", path)
    assert (shown.status_code, shown.json()) == (200, changed.json())
    ended = await ask(ingest, scope, "DELETE", path)
    assert ended.status_code == 200
    assert ended.json()["effective_from"] == "2026-05-28T20:26:40.000Z"
    assert (await ask(ingest, "view", "GET", path)).status_code == 404
    assert (await ask(ingest, scope, "DELETE", path)).status_code == 404
    assert (await ask(ingest, scope, "PUT", path, body)).status_code == 201


@pytest.mark.parametrize(("path", "scope", "body"), THINGS, ids=[path for path, _, _ in THINGS])
async def test_who_may_change_it(
    ingest: Ingest, path: str, scope: Scope, body: dict[str, Any]
) -> None:
    lesser: Scope = "view" if scope == "supervise" else "supervise"
    for method in ("PUT", "DELETE"):
        assert (await ask(ingest, lesser, method, path, body)).status_code == 403
    assert (await ask(ingest, "ingest", "GET", path)).status_code == 403


async def test_a_change_is_in_every_partition_before_it_is_answered(ingest: Ingest) -> None:
    answer = await ask(ingest, "supervise", "PUT", "/v1/hotspots/hs-1", feature())
    version = answer.json()["properties"]["version"]
    end = ingest.view.offset
    assert end == version + 1
    for partition, extent in (await ingest.log.bounds("telemetry")).items():
        records = [
            record
            async for batch in ingest.log.read("telemetry", partition, extent.start)
            for record in batch
        ]
        assert json.loads(records[-1].value or b"")["reference_offset"] == end


async def test_a_version_to_come_is_found_by_its_time(ingest: Ingest) -> None:
    later = feature(properties={"name": "Market", "effective_from": NOW + 60_000})
    assert (await ask(ingest, "admin", "PUT", "/v1/hotspots/hs-1", later)).status_code == 201
    missing = await ask(ingest, "view", "GET", "/v1/hotspots/hs-1")
    assert missing.status_code == 404
    assert "One will be from 2026-05-28T20:27:40.000Z" in missing.json()["detail"]
    found = await ask(ingest, "view", "GET", "/v1/hotspots/hs-1?at=2026-05-28T20:27:40Z")
    assert found.status_code == 200
    assert (await ask(ingest, "admin", "DELETE", "/v1/hotspots/hs-1")).status_code == 200
    gone = await ask(ingest, "view", "GET", "/v1/hotspots/hs-1?at=2026-05-28T20:27:40Z")
    assert gone.status_code == 404


async def test_what_is_wrong_leaves_the_version_in_force(ingest: Ingest) -> None:
    good = await ask(ingest, "supervise", "PUT", "/v1/hotspots/hs-1", feature())
    crossed = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]
    bad = feature(geometry={"type": "Polygon", "coordinates": [crossed]})
    answer = await ask(ingest, "supervise", "PUT", "/v1/hotspots/hs-1", bad)
    assert answer.status_code == 422
    assert "geometry.Polygon.coordinates: Self-intersection" in answer.json()["detail"]
    other = await ask(ingest, "supervise", "PUT", "/v1/hotspots/hs-1", feature(id="hs-2"))
    assert other.status_code == 422
    assert "the feature says hs-2, the path hs-1" in other.json()["detail"]
    assert (await ask(ingest, "view", "GET", "/v1/hotspots/hs-1")).json() == good.json()


@pytest.mark.parametrize(
    ("body", "status", "words"),
    [
        (b"{]", 400, "The body is not JSON: character 2"),
        (b'"\xff"', 400, ""),
        (b'{"name":"A","\\ud800":1}', 422, ""),
        (b'{"name":"\\ud800"}', 422, "name: "),
        (b'{"name":"A","colour":"red"}', 422, "colour: Extra inputs are not permitted"),
        (b'{"name":"A","reporting":"distance"}', 422, "needs distance_m, the metres"),
        (b'{"name":"A","distance_m":NaN}', 422, "distance_m: "),
    ],
)
async def test_a_body_that_cannot_be_read_says_why(
    ingest: Ingest, body: bytes, status: int, words: str
) -> None:
    answer = await ingest.client.put(
        "/v1/sources/acme", content=body, headers={**ingest.bearer("admin"), **JSON}
    )
    assert answer.status_code == status
    assert words in answer.json()["detail"]


async def test_a_map_is_taken_whole(ingest: Ingest) -> None:
    blackspot = feature(id="b", properties=BLACKSPOT)
    drawn = {"type": "FeatureCollection", "features": [feature(id="a"), blackspot]}
    answer = await ask(ingest, "supervise", "PUT", "/v1/hotspots", drawn)
    assert answer.status_code == 200
    said = answer.json()
    held = [each for each in await ingest.held("reference") if isinstance(each, HotSpot)]
    assert said["accepted"] == 2
    assert [(each.hotspot_id, each.type) for each in held] == [("a", "hotspot"), ("b", "blackspot")]
    shown = (await ask(ingest, "view", "GET", "/v1/hotspots/b")).json()["properties"]
    assert (shown["version"], shown["type"]) == (said["versions"]["b"], "blackspot")


async def test_a_place_of_an_unknown_type_is_refused_by_name(ingest: Ingest) -> None:
    good = await ask(ingest, "supervise", "PUT", "/v1/hotspots/x", feature(properties=BLACKSPOT))
    park = feature(id="x", properties={"name": "Park", "type": "park"})
    answer = await ask(ingest, "supervise", "PUT", "/v1/hotspots/x", park)
    assert answer.status_code == 422
    assert "properties.type: type must be 'hotspot', a place to patrol" in answer.json()["detail"]
    drawn = {"type": "FeatureCollection", "features": [park]}
    [rejected] = (await ask(ingest, "supervise", "PUT", "/v1/hotspots", drawn)).json()["rejected"]
    assert (rejected["id"], rejected["field"]) == ("x", "properties.type")
    assert (await ask(ingest, "view", "GET", "/v1/hotspots/x")).json() == good.json()


async def test_half_a_map_is_not_taken(ingest: Ingest) -> None:
    drawn = {"type": "FeatureCollection", "features": [feature(id="a"), feature()]}
    answer = await ask(ingest, "supervise", "PUT", "/v1/hotspots", drawn)
    assert answer.status_code == 422
    problem = answer.json()
    assert "No hot spot was changed" in problem["detail"]
    assert [(each["index"], each["field"]) for each in problem["rejected"]] == [(1, "id")]
    assert (await ask(ingest, "view", "GET", "/v1/hotspots/a")).status_code == 404


async def test_an_empty_map_is_a_mistake(ingest: Ingest) -> None:
    empty = {"type": "FeatureCollection", "features": []}
    answer = await ask(ingest, "supervise", "PUT", "/v1/hotspots", empty)
    assert answer.status_code == 422
    assert "features: List should have at least 1 item" in answer.json()["detail"]


async def test_a_body_over_the_limit_is_a_problem_too(ingest: Ingest) -> None:
    answer = await ask(ingest, "admin", "PUT", "/v1/radios/R1", {"model": "x" * MAX_BODY_BYTES})
    assert answer.status_code == 413
    assert "8 MiB" in answer.json()["detail"]
