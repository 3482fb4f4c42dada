"""Hot spots of any shape, somewhere in the world."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
import shapely.geometry
from hypothesis import strategies as st
from pyproj import Geod, Transformer
from shapely.geometry.base import BaseGeometry

from services.contracts.reference import HotSpot
from services.ground.planes import Floats

ELLIPSOID = Geod(ellps="WGS84")
STATION = [(350, 0.5), (10, 0.5), (10, 1.2), (350, 1.2)]


@dataclass(frozen=True)
class Place:
    """A hot spot somewhere in the world, and places around it."""

    spot: HotSpot
    around: Floats

    @property
    def core(self) -> BaseGeometry:
        """The core in degrees."""
        drawn = shapely.geometry.shape(self.spot.geometry)
        return shapely.difference(
            drawn, shapely.union_all([shapely.geometry.shape(each) for each in self.spot.excludes])
        )


def equal_area(shape: BaseGeometry, lon: float, lat: float) -> BaseGeometry:
    """A shape in degrees on a map around a place on which areas are true to the ellipsoid."""
    level = Transformer.from_crs(
        "EPSG:4326", f"+proj=laea +lon_0={lon} +lat_0={lat} +ellps=WGS84", always_xy=True
    )
    return shapely.transform(shape, lambda at: np.column_stack(level.transform(at[:, 0], at[:, 1])))


def middles() -> st.SearchStrategy[tuple[float, float]]:
    """Longitude and latitude, away from the poles."""
    return st.tuples(st.floats(-179, 179), st.floats(-70, 70))


@st.composite
def places(draw: st.DrawFn, middle: tuple[float, float] | None = None) -> Place:
    """A star of any shape, maybe with a hole, maybe with a station that is left out."""
    lon, lat = draw(middles()) if middle is None else middle
    radii = draw(st.lists(st.floats(40, 400), min_size=3, max_size=12))
    catchment_m = draw(st.sampled_from([0.0, 25.0, 100.0, 600.0]))
    turns = [360 * number / len(radii) for number in range(len(radii))]

    def ring(share: float) -> list[tuple[float, float]]:
        corners = [
            ELLIPSOID.fwd(lon, lat, turn, radius * share)[:2]
            for turn, radius in zip(turns, radii, strict=True)
        ]
        way = corners[:: draw(st.sampled_from([1, -1]))]
        return [*way, way[0]]

    rings = [ring(1), ring(0.3)] if draw(st.booleans()) else [ring(1)]
    station = shapely.Polygon(
        [ELLIPSOID.fwd(lon, lat, turn, radii[0] * far)[:2] for turn, far in STATION]
    )
    spot = HotSpot(
        hotspot_id="hs-1",
        name="hs-1",
        geometry={"type": "Polygon", "coordinates": rings},
        excludes=[shapely.geometry.mapping(station)] if draw(st.booleans()) else [],
        effective_from=0,
        changed_by="a",
        catchment_m=catchment_m,
    )
    reach = max(radii) + 1.3 * catchment_m
    steps = draw(st.lists(st.tuples(st.floats(0, 360), st.floats(0, 1)), min_size=10, max_size=10))
    around = [ELLIPSOID.fwd(lon, lat, turn, reach * math.sqrt(far))[:2] for turn, far in steps]
    return Place(spot, np.array(around))
