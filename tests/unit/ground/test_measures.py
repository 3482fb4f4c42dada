"""How large what was drawn is on the ground."""

from __future__ import annotations

import pytest
import shapely

from services.ground.measures import area_m2, perimeter_m

# At 52.5 N a thousandth of a degree is 67.91 m of longitude and 111.26 m of latitude.
WIDE, HIGH = 67.91, 111.26
OUTER = shapely.box(-1.902, 52.499, -1.898, 52.501)
INNER = shapely.box(-1.901, 52.4995, -1.899, 52.5005)


@pytest.mark.parametrize("step", [1, -1], ids=["as-drawn", "turned"])
def test_a_hole_is_left_out_whichever_way_round_it_was_drawn(step: int) -> None:
    hole = list(INNER.exterior.coords)[::step]
    ring = shapely.Polygon(OUTER.exterior.coords, [hole])
    assert area_m2(ring) == pytest.approx((4 * 2 - 2 * 1) * WIDE * HIGH, rel=1e-3)
    assert perimeter_m(ring) == pytest.approx(2 * (4 + 2) * WIDE + 2 * (2 + 1) * HIGH, rel=1e-3)


def test_parts_add_up_whichever_way_round_each_was_drawn() -> None:
    aside = shapely.box(-1.894, 52.499, -1.890, 52.501)
    both = shapely.MultiPolygon([OUTER, aside.reverse()])
    assert area_m2(both) == pytest.approx(2 * area_m2(OUTER))
