"""The tasking sheet: each call sign finds its own hot spots, and nothing on it is code."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from services.metrics.compliance.next_up import tasks
from services.metrics.nearest import Nearest
from services.metrics.tasking import HEADERS, NOBODY, STYLE, Job, sheet
from tests.support.beat import Beat
from tests.support.derived import a_position
from tests.support.metrics import hot_spot

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def beat() -> Beat:
    made = Beat()
    made.knows(hot_spot("hs-1", "Market <b>Square</b>"))
    made.plan(("20:00", "22:00", 2))
    return made


def printed(beat: Beat, now: str, *, simulated: bool = False) -> str:
    at = beat.at(now)
    nearest = Nearest(beat.projection.units, beat.register, beat.recent.duties_at)
    return sheet(
        [
            Job("Market <b>Square</b>", task, nearest.to("hs-1", at))
            for task in tasks([beat.day(now=now)], at)
        ],
        at,
        LONDON,
        simulated=simulated,
    )


def test_each_call_sign_has_its_hot_spots(beat: Beat) -> None:
    beat.knows(replace(beat.duty("T-1", "18:00", "23:00"), call_sign="GM21"))
    beat.projection.apply(0, a_position("T-1", heard_at=beat.at("20:30")))
    page = printed(beat, "20:30")
    assert "<h2>GM21</h2>" in page
    assert "<td>20:00 to 22:00</td><td>2</td><td>0</td><td>100</td>" in page
    assert NOBODY not in page
    assert "Market &lt;b&gt;Square&lt;/b&gt;" in page
    assert "<b>" not in page


def test_what_nobody_is_on_patrol_for_comes_under_nobody(beat: Beat) -> None:
    beat.duty("T-1", "18:00", "23:00")
    beat.projection.apply(0, a_position("T-1", heard_at=beat.at("20:30"), status="at_scene"))
    assert f"<h2>{NOBODY}</h2>" in printed(beat, "20:30")


def test_an_empty_sheet_says_so(beat: Beat) -> None:
    assert "No patrol is due now." in printed(beat, "12:00")


def test_a_sheet_that_is_made_up_says_so(beat: Beat) -> None:
    assert "SIMULATED" in printed(beat, "20:30", simulated=True)
    assert "SIMULATED" not in printed(beat, "20:30")


def test_no_script_and_no_style_but_its_own_is_let_in() -> None:
    own = b64encode(sha256(STYLE.encode()).digest()).decode()
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert f"style-src 'sha256-{own}'" in policy
