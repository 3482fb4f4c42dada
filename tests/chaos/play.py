"""Playing a schedule: traffic goes on, faults come one after the other, and then it is judged."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from tests.chaos.ending import come_to_an_end, stop
from tests.chaos.faults import Fault
from tests.chaos.stage import Say, Stage, stage
from tests.chaos.verdict import verdict, wrong_in_logs

_T = TypeVar("_T")
BEFORE_S = 3.0
"""Of undisturbed traffic, so that the first fault meets work."""
BETWEEN_S = 1.0
LOOK_S = 0.5


@dataclass(frozen=True, slots=True)
class Event:
    """A fault that was: how long it lasted, and from its beginning, until all went on again."""

    kind: str
    kills: int
    lasted_s: float
    recovered_s: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run has come to; ``wrong`` is empty where everything is as it should be."""

    events: list[Event]
    acknowledged: int
    posted_again: int
    wrong: list[str]


async def play(folder: Path, faults: Sequence[Fault], seed: int, say: Say) -> Outcome:
    """Play a schedule in ``folder``, where every log is left.

    Raises EndedByItself, Refused, and TimeoutError where something hangs.
    """
    async with stage(folder, seed, say) as on:
        say("all are ready and the map is drawn; traffic begins")
        traffic = asyncio.create_task(on.traffic.run())
        beside = [asyncio.create_task(on.watch.run()), asyncio.create_task(_look(on)), traffic]
        try:
            events = await _or_first_failure(_all_faults(on, faults, say), beside)
            on.traffic.finish()
            say("the faults are over; everything is worked through and compared")
            await traffic
            await _or_first_failure(come_to_an_end(on), beside[:2])
            wrong = await verdict(on)
            await stop(on, "metrics")
            wrong += wrong_in_logs(on)
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
        acknowledged = len(on.traffic.acknowledged)
        return Outcome(events, acknowledged, on.traffic.posted_again, wrong)


async def _all_faults(on: Stage, faults: Sequence[Fault], say: Say) -> list[Event]:
    await asyncio.sleep(BEFORE_S)
    events: list[Event] = []
    for number, fault in enumerate(faults, 1):
        redrawing = asyncio.create_task(_redraw(on, is_due=number == len(faults) // 2))
        event = await _strike(on, fault)
        await redrawing
        events.append(event)
        kills = sum(each.kills for each in events)
        say(
            f"{number:3}/{len(faults)}  {event.kind}: lasted {event.lasted_s:.1f} s,"
            f" recovered after {event.recovered_s:.1f} s; {kills} kills"
        )
        await asyncio.sleep(BETWEEN_S)
    return events


async def _redraw(on: Stage, *, is_due: bool) -> None:
    if is_due:
        await on.traffic.redraw()


async def _strike(on: Stage, fault: Fault) -> Event:
    """Let one fault happen, and wait until nothing is left of it."""
    begun = time.monotonic()
    await fault.strike(on)
    lasted_s = time.monotonic() - begun
    await on.watch.passed(time.time_ns() // 1_000_000)
    recovered_s = time.monotonic() - begun
    await on.all_ready()
    await on.brokers.in_sync()
    return Event(fault.kind, fault.kills, lasted_s, recovered_s)


async def _look(on: Stage) -> None:
    """See for ever that nothing ends by itself. Raises EndedByItself."""
    while True:
        on.check()
        await asyncio.sleep(LOOK_S)


async def _or_first_failure(
    work: Coroutine[Any, Any, _T], beside: Sequence[asyncio.Task[None]]
) -> _T:
    """What the work gives, unless something beside it fails first. Raises what that raises."""
    main = asyncio.create_task(work)
    try:
        await asyncio.wait([main, *beside], return_when=asyncio.FIRST_COMPLETED)
        for task in beside:
            if task.done():
                task.result()
        return await main
    finally:
        main.cancel()
        await asyncio.gather(main, return_exceptions=True)
