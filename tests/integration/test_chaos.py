"""The short form of ``make chaos``: one or two faults of each kind, and nothing may be lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos import schedule
from tests.chaos.play import play
from tests.support.kafka import require_broker

SEED = 1


@pytest.mark.kafka
@pytest.mark.timeout(400)
async def test_no_fault_of_any_kind_leaves_a_trace(tmp_path: Path) -> None:
    require_broker()
    faults = schedule.short()
    outcome = await play(tmp_path, faults, SEED, print)
    assert outcome.wrong == []
    assert len(outcome.events) == len(faults)
