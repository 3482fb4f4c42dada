"""A change that is written but not read back is not answered as done."""

from __future__ import annotations

import pytest

from services.contracts.reference import Radio
from services.edge.reference import ReferenceView
from services.eventlog.port import EventLog, Unavailable
from services.ingest import changes
from services.ingest.changes import Changes
from services.ingest.hearing import Hearing
from services.ingest.heartbeat import Heartbeat
from tests.support.ingest import NOW


async def test_a_register_that_does_not_follow_is_told(
    embedded_log: EventLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "READ_BACK_WITHIN_S", 0.1)
    view = ReferenceView(embedded_log)  # which nobody runs
    heart = Heartbeat(embedded_log, view, instance="i", hearing=Hearing(), clock=lambda: NOW)
    radio = Radio(radio_id="R1", effective_from=NOW, changed_by="t")
    with pytest.raises(Unavailable, match=r"written but not read back within 0\.1 s"):
        await Changes(embedded_log, view, heart).make([radio])
    assert {e.end for e in (await embedded_log.bounds("telemetry")).values()} == {0}
