"""The index finds what measuring every boundary finds."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.reference import HotSpot
from services.contracts.register import Register
from services.contracts.telemetry import Gps
from services.geofence.limits import limits_at
from services.geofence.survey import Surveyor
from services.ground.planes import plane_at
from tests.support.square import LAT, LON
from tests.support.worlds import World, worlds

CIRCLE = 1.62


@given(worlds(), st.integers(0, 80))
def test_near_is_what_brute_force_finds(world: World, batch: int) -> None:
    register, surveyor = Register(), Surveyor()
    for offset, message in enumerate(world.reference):
        register.apply(offset, message)
        surveyor.learn(offset, message)
    fixes = [message for message in world.telemetry if isinstance(message, Gps)]
    for start in range(0, len(fixes), batch + 1):
        some = fixes[start : start + batch + 1]
        survey = surveyor.survey(some)
        for index, fix in enumerate(some):
            limits = survey.limits[index]
            if limits is None:
                assert index in survey.unusable
                continue
            assert limits == limits_at(register, fix.radio_id, fix.source, fix.fix_time)
            found = {
                (zone.hotspot_id, zone.version): metres
                for zone, metres, _ in survey.near.get(index, [])
            }
            assert found == _near(register, fix, CIRCLE * limits.accuracy_m(fix))


def _near(register: Register, fix: Gps, reach_m: float) -> dict[tuple[str, int], float]:
    """Each hot spot in force whose catchment is within reach, with its distance to the core."""
    plane = plane_at(LON, LAT)
    point = shapely.Point(plane.project(np.array([fix.lon]), np.array([fix.lat])))
    near: dict[tuple[str, int], float] = {}
    for version in register.all_in_force("hotspot", fix.fix_time):
        assert isinstance(version.message, HotSpot)
        drawn = shapely.geometry.shape(version.message.geometry)
        metres = shapely.distance(shapely.transform(drawn, plane.project_points), point)
        if metres <= version.message.catchment_m + reach_m:
            near[version.message.hotspot_id, version.offset] = metres
    return near
