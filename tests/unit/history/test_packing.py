"""Fixes come out of the packing as they went in, as far as their use depends on it."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from services.contracts.telemetry import Gps
from services.geofence.history.packing import PackedFixes

TIMES = st.integers(0, 4_102_444_800_000)
FIXES = st.builds(
    Gps,
    radio_id=st.just("r-1"),
    source=st.sampled_from(["airwave", "app", "local"]),
    lat=st.floats(-90, 90),
    lon=st.floats(-180, 180),
    fix_time=TIMES,
    received_at=TIMES,
    accuracy_m=st.none() | st.floats(0, 1e6),
    hdop=st.none() | st.floats(0, 100),
    speed_mps=st.none() | st.floats(0, 100),
    message_id=st.none() | st.text(max_size=64),
)


@given(st.lists(FIXES, max_size=20))
def test_nothing_that_counts_is_lost(fixes: list[Gps]) -> None:
    packed = PackedFixes()
    for fix in fixes:
        packed.put(fix)
    out = list(packed.fixes("r-1"))
    assert [unnamed(fix) for fix in out] == [unnamed(fix) for fix in fixes]
    assert repeats([fix.message_id for fix in out]) == repeats([fix.message_id for fix in fixes])


def test_what_nothing_depends_on_is_not_kept() -> None:
    fix = Gps(radio_id="r-1", source="s", lat=1.0, lon=2.0, fix_time=3, received_at=4, satellites=9)
    packed = PackedFixes()
    packed.put(fix)
    assert list(packed.fixes("r-1")) == [msgspec.structs.replace(fix, satellites=None)]


def unnamed(fix: Gps) -> Gps:
    return msgspec.structs.replace(fix, message_id=None)


def repeats(message_ids: list[str | None]) -> list[int | None]:
    """Each id by where it was first seen."""
    return [None if each is None else message_ids.index(each) for each in message_ids]
