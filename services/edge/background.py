"""Background work whose failure is never silent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

OnFailure = Callable[[BaseException], None]


@asynccontextmanager
async def background(
    work: Coroutine[Any, Any, None], on_failure: OnFailure
) -> AsyncIterator[asyncio.Task[None]]:
    """Run ``work`` beside the block and cancel it on exit.

    ``on_failure`` is called once if it fails; it is not expected to raise.
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
        with suppress(asyncio.CancelledError, Exception):
            await task
