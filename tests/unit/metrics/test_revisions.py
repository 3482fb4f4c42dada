"""Of what a batch tells of one visit or sheet, its last word."""

from __future__ import annotations

import pytest

from services.contracts.message import Message
from services.metrics.revisions import without_superseded
from tests.support.derived import NOON, a_position, a_settlement, a_timesheet, a_visit


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ([a_visit(revision=1), a_visit(revision=2), a_visit(revision=2)], [2]),
        ([a_visit(revision=2), a_visit(revision=1)], [0, 1]),
        ([a_visit(revision=1), a_visit("v-2"), a_visit(revision=3)], [1, 2]),
        ([a_visit(revision=1), a_visit(entered_at=NOON + 1, revision=2)], [0, 1]),
        ([a_timesheet(revision=1), a_timesheet(revision=2)], [1]),
        ([a_timesheet(), a_timesheet(since=NOON + 1), a_timesheet("T-2")], [0, 1, 2]),
        ([a_visit(), a_settlement(), a_visit(revision=2)], [0, 1, 2]),
        ([a_visit(settled=True), a_visit(settled=True)], [0, 1]),
        ([a_visit(), a_visit(settled=True)], [0, 1]),
        ([a_position(), a_position()], [0, 1]),
    ],
)
def test_what_is_left_of_a_batch(told: list[Message], left: list[int]) -> None:
    assert without_superseded(told) == [told[place] for place in left]
