"""Nothing of a visit is lost by packing it."""

from __future__ import annotations

import pytest

from services.contracts.derived import StatusSpan, Visit
from services.metrics.packing import pack, unpack
from tests.support.derived import NOON, a_visit, an_open_visit

STATUSES = [
    StatusSpan(status="on_patrol", since=NOON, until=NOON + 1),
    StatusSpan(status="at_scene", since=NOON + 1),
]


@pytest.mark.parametrize(
    "visit",
    [
        a_visit(),
        an_open_visit("v-2", ring="catchment", entered_at=-1, settled=True),
        a_visit(state="retracted", statuses=STATUSES, unknown_ms=5, hotspot_id="Ümlaut"),
    ],
)
def test_a_visit_packed_and_unpacked_is_the_same(visit: Visit) -> None:
    assert unpack(pack(visit)) == visit
    assert len(pack(visit)) < 200
