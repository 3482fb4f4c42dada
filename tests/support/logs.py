"""An embedded log of a test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from services.eventlog.opening import Embedded, open_log
from services.eventlog.port import EventLog


@pytest.fixture
async def embedded_log(tmp_path: Path) -> AsyncIterator[EventLog]:
    """An empty embedded log with three partitions, open."""
    log = await open_log(Embedded(tmp_path / "log", partitions=3))
    yield log
    await log.close()
