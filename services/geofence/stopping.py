"""Long work that an orderly stop may break off: what it has not finished, the next owner does."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Stopped(Exception):
    """A stop was asked for before the work was done; it has been given up."""


async def unless_stopped(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T:
    """What ``work`` gives. Raises Stopped once ``stop`` is set while it still goes on."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise Stopped
        return working.result()
    finally:
        stopping.cancel()
        working.cancel()  # it lets go of its connections before anything else goes on
        await asyncio.gather(working, stopping, return_exceptions=True)
