"""Why somebody looks at a track, and what is noted of it."""

from __future__ import annotations

import pytest

from services.contracts.days import Span
from services.edge.problems import Problem
from services.metrics.looking import look, reason
from tests.support.derived import HOUR_MS, NOON
from tests.support.planned import a_duty
from tests.unit.metrics.test_control_places import known


@pytest.mark.parametrize(
    ("header", "why"),
    [
        (None, None),
        ("complaint 17", "complaint 17"),
        ("  row  ", "row"),
        ("x" * 200, "x" * 200),
        ("%C5%B5" * 200, "ŵ" * 200),
        ("ŵyl 50% late".encode().decode("latin-1"), "ŵyl 50% late"),
    ],
)
def test_a_reason(header: str | None, why: str | None) -> None:
    assert reason(header) == why


@pytest.mark.parametrize(
    "header",
    ["", "no", "%20x%20", "x" * 201, "a%0Ab", "a%00b", "a\tb", "%ff%fe%fd", "\xff\xfe\xfd"],
)
def test_what_is_no_reason_is_refused(header: str) -> None:
    with pytest.raises(Problem, match="in 3 to 200 characters on one line") as raised:
        reason(header)
    assert raised.value.status == 422


@pytest.mark.parametrize(
    ("since", "until", "whom"),
    [
        (0, 1, "P-1 P-2"),
        (-1, 0, None),
        (0, 4, "P-1 P-2 P-3"),
        (4, 5, "P-3"),
        (6, 7, None),
    ],
)
def test_whom_a_look_is_at(since: int, until: int, whom: str | None) -> None:
    register, _ = known(
        a_duty(since=NOON, until=NOON + 3 * HOUR_MS, officer_ids=["P-2", "P-1"]),
        a_duty(
            since=NOON + 3 * HOUR_MS, until=NOON + 6 * HOUR_MS, duty_id="d-2", officer_ids=["P-3"]
        ),
        a_duty("T-2", since=NOON),
    )
    stretch = Span(NOON + since * HOUR_MS, NOON + until * HOUR_MS)
    audit = look("tk", "T-1", stretch, register=register, why="complaint 17", at=NOON)
    assert audit.whom == whom
    assert (audit.who, audit.action, audit.why) == ("tk", "look at track", "complaint 17")
