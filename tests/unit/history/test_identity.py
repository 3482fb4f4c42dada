"""Which visit is which: whatever people have said of one stays with it."""

from __future__ import annotations

from typing import Any

import msgspec

from services.geofence.history.identity import id_of, identify
from tests.support.derived import MINUTE_MS, NOON, a_visit


def test_a_visit_whose_edges_moved_keeps_its_id() -> None:
    before = a_visit("live-1", entered_at=NOON, minutes=10)
    after = a_visit("", entered_at=NOON - MINUTE_MS, minutes=12)
    found = identify([before], [after])
    assert found.pairs == [(msgspec.structs.replace(after, visit_id="live-1"), before)]
    assert found.gone == []


def test_of_two_that_became_one_the_greater_overlap_gives_the_id() -> None:
    short = a_visit("short", entered_at=NOON, minutes=4)
    long = a_visit("long", entered_at=NOON + 6 * MINUTE_MS, minutes=9)
    found = identify([short, long], [a_visit("", entered_at=NOON, minutes=15)])
    assert [(visit.visit_id, old) for visit, old in found.pairs] == [("long", long)]
    assert found.gone == [short]


def test_another_ring_hot_spot_or_radio_is_another_visit() -> None:
    before = a_visit("live-1")
    others: list[dict[str, Any]] = [
        {"ring": "catchment"},
        {"hotspot_id": "hs-2"},
        {"radio_id": "T-2"},
    ]
    for other in others:
        found = identify([before], [a_visit("", **other)])
        assert [old for _, old in found.pairs] == [None]
        assert found.gone == [before]


def test_a_visit_never_shown_is_named_by_what_it_is() -> None:
    visit = a_visit("")
    [(named, _)] = identify([], [visit]).pairs
    # printf 'T-1/hs-1/core/settled/1780311600000' | sha256sum | cut -c-16
    assert named.visit_id == id_of(visit) == "9db9b3b6b3a3b47f"
    assert id_of(a_visit("", entered_at=NOON + 1)) != named.visit_id
