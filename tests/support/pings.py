"""Pings as radio systems might post them: in order, nearly, and not at all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from services.ingest.pings import EARLIEST_MS, Ping

NOW = 1_780_000_000_000
_ID = st.from_regex(r"[A-Za-z0-9._:-]{1,64}", fullmatch=True)
_TEXT = st.text(max_size=200)
_MS = st.integers(EARLIEST_MS, NOW + 86_400_000)


def _rfc3339(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat()


_TIME = _MS | _MS.map(_rfc3339)


def posted() -> st.SearchStrategy[dict[str, Any]]:
    """A ping in which nothing is wrong."""
    optional = {
        "accuracy_m": st.floats(0, 100_000, exclude_min=True),
        "hdop": st.floats(0, 1000, exclude_min=True),
        "satellites": st.integers(0, 200),
        "speed_mps": st.floats(0, 1000),
        "heading_deg": st.floats(0, 360),
        "battery_pct": st.floats(0, 100),
        "reason": _TEXT,
        "cell_id": _TEXT,
        "message_id": _TEXT,
        "sent_at": _TIME,
        "fix_time": _TIME,
    }
    place = {"lat": st.floats(-90, 90), "lon": st.floats(-180, 180)}
    fix = st.fixed_dictionaries({"radio_id": _ID, **place}, optional=optional)
    presence = st.fixed_dictionaries(
        {"radio_id": _ID, "kind": st.just("radio")}, optional={**place, **optional}
    )
    return fix | presence


def any_json() -> st.SearchStrategy[object]:
    """Whatever JSON can say, numbers too large to hold and half characters among it."""
    leaves = (
        st.none()
        | st.booleans()
        | st.integers()
        | st.sampled_from([10**400, -(10**30)])
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text()
        | st.just("\ud800")
    )
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=6,
    )


@st.composite
def any_ping(draw: st.DrawFn) -> dict[str, Any]:
    """A ping in which up to three fields are anything, or a field is new or gone."""
    ping = draw(posted())
    for name in draw(st.lists(st.sampled_from(Ping.__struct_fields__), max_size=3)):
        ping[name] = draw(any_json())
    for name in draw(st.lists(st.sampled_from(sorted(ping)), max_size=1)):
        del ping[name]
    return ping | draw(st.dictionaries(st.text() | st.just("\udfff"), any_json(), max_size=1))
