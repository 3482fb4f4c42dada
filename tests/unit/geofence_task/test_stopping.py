"""Long work gives way to a stop, and nothing of it goes on in secret."""

from __future__ import annotations

import asyncio

import pytest

from services.geofence.stopping import Stopped, unless_stopped


async def test_what_the_work_gives_or_raises_comes_through() -> None:
    stop = asyncio.Event()

    async def five() -> int:
        await asyncio.sleep(0)
        return 5

    async def fails() -> int:
        raise ZeroDivisionError

    assert await unless_stopped(stop, five()) == 5
    with pytest.raises(ZeroDivisionError):
        await unless_stopped(stop, fails())
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_stop_ends_the_work_before_anything_else_goes_on() -> None:
    stop, let_go = asyncio.Event(), False

    async def endless() -> None:
        nonlocal let_go
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.01)
            let_go = True

    asyncio.get_running_loop().call_later(0.01, stop.set)
    with pytest.raises(Stopped):
        await unless_stopped(stop, endless())
    assert let_go
    with pytest.raises(Stopped):
        await unless_stopped(stop, endless())


async def test_who_is_cancelled_takes_the_work_along() -> None:
    ended = asyncio.Event()

    async def endless() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    waiting = asyncio.create_task(unless_stopped(asyncio.Event(), endless()))
    await asyncio.sleep(0.01)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert ended.is_set()
