"""The log of a deployment that must be there already: a command that looks makes none."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.cli.process import log_of
from services.eventlog.embedded.store import FILE
from services.eventlog.port import EventLog
from services.settings import Settings, WrongSetting


@asynccontextmanager
async def existing_log(settings: Settings) -> AsyncIterator[EventLog]:
    """The log, its topics as they should be. Raises WrongSetting where there is none; LogError."""
    if settings.kafka is None and not (settings.data_dir / FILE).exists():
        message = f"there is no log in {settings.data_dir}: give --data-dir D or --kafka HOST:PORT"
        raise WrongSetting(message)
    async with log_of(settings) as log:
        await log.check()
        yield log
