"""A file of hot spots: what is taken, and how a wrong one is told of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from services.cli.hotspot_file import WrongFile, read_hotspots
from tests.support.square import SQUARE


def feature(**given: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    usual = {"type": "Feature", "id": "a", "geometry": SQUARE, "properties": {"name": "A"}}
    return usual | given


def collection(*features: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


def test_hot_spots_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "map.geojson"
    other = feature(id="b", properties={"name": "B", "catchment_m": 50.0, "colour": "red"})
    path.write_text(collection(other, feature()), "utf-8")
    first, second = read_hotspots(path)
    assert (first.hotspot_id, first.name, first.catchment_m) == ("b", "B", 50.0)
    assert (second.hotspot_id, second.catchment_m, second.changed_by) == ("a", 100.0, path.name)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is no GeoJSON: .*line 1"),
        ('"\udcff"', "is no GeoJSON: .*utf-8"),
        ("[]", "give a FeatureCollection"),
        (json.dumps(feature()), "type: .*'FeatureCollection'"),
        (collection(), "features: .*at least 1"),
        (collection(feature(id=None)), r"feature 0: id: .*properties name"),
        (collection(feature(), feature()), r"feature 1 \(a\): another feature .* the same id"),
        (collection(feature(properties={})), r"feature 0 \(a\): properties.name: Field required"),
        (
            collection(feature(properties={"name": "A", "catchment_m": 5_000.0})),
            r"feature 0 \(a\): properties.catchment_m: .*2000",
        ),
        (
            collection(feature(geometry={"type": "Point", "coordinates": [0, 0]})),
            r"feature 0 \(a\): geometry: .*'Polygon', 'MultiPolygon'",
        ),
        (collection(*(feature(id="") for _ in range(12))), r"feature 9: .*; \.\.\. and 2 more"),
    ],
)
def test_what_is_wrong_is_named_with_its_feature_and_field(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "map.geojson"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(WrongFile, match=f"(?s)map.geojson.*{said}"):
        read_hotspots(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(WrongFile, match=r"gone\.geojson cannot be read: No such file"):
        read_hotspots(tmp_path / "gone.geojson")
