"""Background work whose failure is never silent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import structlog

ENDS_WITHIN_S = 5.0
"""How long work may take to end once it was cancelled; the geofence commits what it has."""
_log = structlog.get_logger()

OnFailure = Callable[[BaseException], None]


@asynccontextmanager
async def background(
    work: Coroutine[Any, Any, None], on_failure: OnFailure
) -> AsyncIterator[asyncio.Task[None]]:
    """Run ``work`` beside the block and cancel it on exit.

    ``on_failure`` is called once if it fails; it is not expected to raise. Work that has not ended
    ``ENDS_WITHIN_S`` after it was cancelled is cancelled again and not waited for.
    """

    def finished(task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            on_failure(error)

    task = asyncio.create_task(work)
    task.add_done_callback(finished)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait({task}, timeout=ENDS_WITHIN_S)
        if not task.done():
            _log.error("background work was cut off", work=repr(work), after_s=ENDS_WITHIN_S)
            task.cancel()
