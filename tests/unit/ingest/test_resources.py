"""Hot spots, sources and radios as the API has them, and as the log has them."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from services.contracts.reference import HotSpot, Radio, Source
from services.ingest import hotspots, radios, sources
from services.ingest.kinds import OtherId

NOW = 1_780_000_000_000
NOW_TEXT = "2026-05-28T20:26:40.000Z"
RING = [[-0.1, 51.5, 12.0], [-0.098, 51.5], [-0.098, 51.502], [-0.1, 51.502], [-0.1, 51.5, 9.0]]
FLAT = [position[:2] for position in RING]
STATION = [[-0.0995, 51.5005], [-0.099, 51.5005], [-0.099, 51.501], [-0.0995, 51.5005]]


def feature(**properties: object) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [RING], "crs": "whatever"},
        "properties": {"name": " Market Square ", "population": 12, **properties},
    }


def test_a_feature_becomes_a_hot_spot_and_back() -> None:
    exclude = {"type": "MultiPolygon", "coordinates": [[STATION]]}
    said = feature(catchment_m=50, excludes=[exclude], effective_from="2026-06-01T00:00:00+01:00")
    message = hotspots.to_message(hotspots.Feature.model_validate(said), "hs-1", "t1", NOW)
    assert message == HotSpot(
        hotspot_id="hs-1",
        name="Market Square",
        geometry={"type": "Polygon", "coordinates": [FLAT]},
        effective_from=1_780_268_400_000,
        changed_by="t1",
        catchment_m=50,
        excludes=[exclude],
    )
    assert hotspots.to_feature(7, message).model_dump() == {
        "type": "Feature",
        "id": "hs-1",
        "geometry": {"type": "Polygon", "coordinates": [FLAT]},
        "properties": {
            "name": "Market Square",
            "type": "hotspot",
            "catchment_m": 50.0,
            "excludes": [exclude],
            "effective_from": "2026-05-31T23:00:00.000Z",
            "version": 7,
            "changed_by": "t1",
        },
    }


def test_a_hot_spot_is_in_force_from_now_on_where_it_does_not_say() -> None:
    message = hotspots.to_message(hotspots.Feature.model_validate(feature()), "hs-1", "t1", NOW)
    assert (message.effective_from, message.catchment_m, message.excludes) == (NOW, 100.0, [])
    assert message.type == "hotspot"


def test_a_blackspot_is_a_feature_of_that_type() -> None:
    said = hotspots.Feature.model_validate(feature(type="blackspot", catchment_m=30))
    message = hotspots.to_message(said, "bs-1", "t1", NOW)
    assert (message.type, message.catchment_m) == ("blackspot", 30.0)
    assert hotspots.to_feature(7, message).properties.type == "blackspot"


BOW_TIE = [[0, 51], [0.002, 51.002], [0.002, 51], [0, 51.002], [0, 51]]


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        ({"type": "Point"}, "type", "Input should be 'Feature'"),
        ({"id": "a b"}, "id", "should match pattern"),
        ({"geometry": None}, "geometry", "valid dictionary"),
        ({"geometry": {"type": "Point", "coordinates": [0, 51]}}, "geometry", "'MultiPolygon'"),
        (
            {"geometry": {"type": "Polygon", "coordinates": []}},
            "geometry.Polygon.coordinates",
            "at least 1 item",
        ),
        (
            {"geometry": {"type": "Polygon", "coordinates": [[[0, 51]] * 3]}},
            "geometry.Polygon.coordinates.0",
            "at least 4 items",
        ),
        (
            {"geometry": {"type": "Polygon", "coordinates": [[[0, "51"], [0], [0, 51], [0, 51]]]}},
            "geometry.Polygon.coordinates.0.0.1",
            "valid number",
        ),
        (
            {"geometry": {"type": "Polygon", "coordinates": [[[0, float("nan")]] * 4]}},
            "geometry.Polygon.coordinates.0.0.1",
            "finite number",
        ),
        (
            {"geometry": {"type": "MultiPolygon", "coordinates": [[BOW_TIE]]}},
            "geometry.MultiPolygon.coordinates",
            "Self-intersection[0.001 51.001]; redraw it",
        ),
        ({"properties": {}}, "properties.name", "Field required"),
        ({"properties": {"name": "  "}}, "properties.name", "at least 1 character"),
        ({"properties": {"name": "a", "catchment_m": 2001}}, "properties.catchment_m", "2000"),
        ({"properties": {"name": "a", "catchment_m": "9"}}, "properties.catchment_m", "number"),
        *(
            (
                {"properties": {"name": "a", "type": unknown}},
                "properties.type",
                "'blackspot', a place where radios are known not to be heard; leave it out for a",
            )
            for unknown in ("park", "", None, 7, ["hotspot"])
        ),
        (
            {"properties": {"name": "a", "effective_from": "2026-06-01"}},
            "properties.effective_from",
            "has no offset",
        ),
        (
            {"properties": {"name": "a", "excludes": [{"type": "Polygon", "coordinates": [[]]}]}},
            "properties.excludes.0.Polygon.coordinates.0",
            "at least 4 items",
        ),
    ],
)
def test_a_wrong_feature_says_where_and_why(change: dict[str, Any], place: str, words: str) -> None:
    with pytest.raises(ValidationError) as error:
        hotspots.Feature.model_validate(feature() | change)
    first = error.value.errors()[0]
    assert ".".join(str(part) for part in first["loc"]) == place
    assert words in first["msg"]


def polygon(*rings: object) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def square(lon: float, lat: float, size: float) -> list[list[float]]:
    east, north = lon + size, lat + size
    return [[lon, lat], [east, lat], [east, north], [lon, north], [lon, lat]]


YARD = square(-0.0995, 51.5005, 0.0005)


def test_a_hole_is_kept() -> None:
    said = feature() | {"geometry": polygon(FLAT, YARD)}
    message = hotspots.to_message(hotspots.Feature.model_validate(said), "hs-1", "t1", NOW)
    assert message.geometry == polygon(FLAT, YARD)


@pytest.mark.parametrize(
    ("hole", "words"),
    [
        (square(0.5, 51.5, 0.001), "Hole lies outside shell"),
        (YARD[:-1], "ring 1 is not closed"),
        (square(-0.099, 51.501, 0.002), "Self-intersection"),
    ],
)
def test_a_wrong_hole_is_named(hole: list[list[float]], words: str) -> None:
    with pytest.raises(ValidationError) as error:
        hotspots.Feature.model_validate(feature() | {"geometry": polygon(FLAT, hole)})
    assert words in error.value.errors()[0]["msg"]


@pytest.mark.parametrize(
    ("exclude", "catchment_m"),
    [
        (square(-0.0985, 51.5005, 0.0005), 0),  # inside
        (square(-0.0985, 51.5005, 0.002), 0),  # half out
        (square(-0.0975, 51.5005, 0.0005), 100),  # 35 m away, in the catchment
    ],
)
def test_an_exclude_that_matters_is_kept(exclude: list[list[float]], catchment_m: int) -> None:
    said = feature(excludes=[polygon(exclude)], catchment_m=catchment_m)
    taken = hotspots.Feature.model_validate(said)
    assert [each.model_dump() for each in taken.properties.excludes] == [polygon(exclude)]


@pytest.mark.parametrize(
    ("exclude", "catchment_m", "place", "words"),
    [
        # 0.0005 degrees of longitude at 51.5 N are 34.7 m.
        (
            square(-0.0975, 51.5005, 0.0005),
            30,
            "",
            "properties.excludes.1 does not touch the area: it lies 35 m away, beyond",
        ),
        (square(-0.11, 51.49, 0.03), 100, "", "properties.excludes leave 0.0 m2 of the area"),
        (
            BOW_TIE,
            100,
            "properties.excludes.1.Polygon.coordinates",
            "Self-intersection[0.001 51.001]; redraw it",
        ),
        (
            YARD[:-1],
            100,
            "properties.excludes.1.Polygon.coordinates",
            "ring 0 is not closed",
        ),
    ],
)
def test_a_wrong_exclude_is_named(
    exclude: list[list[float]], catchment_m: int, place: str, words: str
) -> None:
    said = feature(excludes=[polygon(YARD), polygon(exclude)], catchment_m=catchment_m)
    with pytest.raises(ValidationError) as error:
        hotspots.Feature.model_validate(said)
    first = error.value.errors()[0]
    assert ".".join(str(part) for part in first["loc"]) == place
    assert words in first["msg"]


def test_excludes_that_the_log_could_not_hold_are_refused() -> None:
    way = [[-0.0995 + 1e-7 * step, 51.5005] for step in range(1995)]
    excluded = polygon([*way, [-0.099, 51.501], [-0.0995, 51.501], way[0]])
    hotspots.Feature.model_validate(feature(excludes=[excluded] * 5))
    with pytest.raises(ValidationError, match="excludes have 11988 positions together; simplify"):
        hotspots.Feature.model_validate(feature(excludes=[excluded] * 6))


def test_a_feature_of_another_id_is_told_so() -> None:
    taken = hotspots.Feature.model_validate(feature() | {"id": "hs-2"})
    assert hotspots.to_message(taken, "hs-2", "t1", NOW).hotspot_id == "hs-2"
    with pytest.raises(OtherId, match="the feature says hs-2, the path hs-1; leave the id out"):
        hotspots.to_message(taken, "hs-1", "t1", NOW)


def test_each_feature_of_a_map_is_judged_by_itself() -> None:
    drawn = [feature() | {"id": "a"}, feature(), feature() | {"id": "a"}, {"id": "b"}, {"id": 5}]
    checked = hotspots.check(
        hotspots.FeatureCollection.model_validate({"type": "FeatureCollection", "features": drawn})
    )
    assert [(each.index, each.id, each.field, each.message) for each in checked.rejected] == [
        (1, None, "id", "id: Field required"),
        (2, "a", "id", "another feature of this collection has the same id; give each its own"),
        (3, "b", "type", "type: Field required"),
        (4, None, "type", "type: Field required"),
    ]


def test_a_source_becomes_a_message_and_back() -> None:
    said = {
        "name": "Acme",
        "reporting": "distance",
        "distance_m": 500,
        "periodic_max_s": 900,
        "status_map": {"2": "on_patrol"},
        "effective_from": NOW - 1,
    }
    message = sources.to_message(sources.NewSource.model_validate(said), "acme", "t1", NOW)
    assert message == Source(
        source="acme",
        name="Acme",
        effective_from=NOW - 1,
        changed_by="t1",
        reporting="distance",
        distance_m=500,
        periodic_max_s=900,
        status_map={"2": "on_patrol"},
    )
    held = sources.to_held(9, message)
    assert (held.source, held.version, held.changed_by) == ("acme", 9, "t1")
    assert (held.effective_from, held.distance_m) == ("2026-05-28T20:26:39.999Z", 500)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Field required"),
        ({"expected_interval": 60}, "Extra inputs are not permitted"),
        ({"expected_interval_s": 0}, "greater than 0"),
        ({"expected_interval_s": "60"}, "valid number"),
        ({"reporting": "distance"}, "needs distance_m, the metres after which"),
        ({"reporting": "distance"}, " and periodic_max_s, the seconds after which"),
        ({"reporting": "distance", "distance_m": 500}, "needs periodic_max_s, the seconds"),
        ({"reporting": "distance", "periodic_max_s": 9}, "needs distance_m, the metres"),
        ({"reporting": "sometimes"}, "Input should be 'periodic' or 'distance'"),
        ({"reporting": "distance", "distance_m": 0, "periodic_max_s": 9}, "greater than 0"),
        ({"default_accuracy_m": 200}, "is over usable_accuracy_m"),
        ({"status_map": {"2": "asleep"}}, "Input should be 'emergency'"),
        ({"promise_share": 1.1}, "less than or equal to 1"),
        ({"simulated": "yes"}, "valid boolean"),
        ({"effective_from": "now"}, "the time must be a time as RFC 3339"),
    ],
)
def test_a_wrong_source_says_why(said: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as error:
        sources.NewSource.model_validate(({"name": "Acme"} if said else {}) | said)
    assert words in error.value.errors()[0]["msg"]


def test_a_radio_becomes_a_message_and_back() -> None:
    said = {"model": "MXP600", "call_sign": " E21 ", "expected_interval_s": 30}
    message = radios.to_message(radios.NewRadio.model_validate(said), "R1", "t1", NOW)
    assert message == Radio(
        radio_id="R1",
        effective_from=NOW,
        changed_by="t1",
        model="MXP600",
        call_sign="E21",
        expected_interval_s=30,
    )
    held = radios.to_held(3, message)
    assert (held.radio_id, held.version, held.effective_from) == ("R1", 3, NOW_TEXT)


@pytest.mark.parametrize(
    ("said", "place", "words"),
    [
        ({"expected_interval_s": 0}, "expected_interval_s", "greater than 0"),
        ({"expected_interval_s": 86_401}, "expected_interval_s", "less than or equal to 86400"),
        ({"expected_interval_s": "30"}, "expected_interval_s", "valid number"),
        ({"expected_interval_s": float("nan")}, "expected_interval_s", "finite number"),
        ({"interval_s": 30}, "interval_s", "Extra inputs are not permitted"),
        ({"model": " "}, "model", "at least 1 character"),
        ({"call_sign": "x" * 201}, "call_sign", "at most 200 characters"),
    ],
)
def test_a_wrong_radio_says_where_and_why(said: dict[str, Any], place: str, words: str) -> None:
    with pytest.raises(ValidationError) as error:
        radios.NewRadio.model_validate(said)
    first = error.value.errors()[0]
    assert first["loc"] == (place,)
    assert words in first["msg"]
