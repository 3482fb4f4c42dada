"""``stepsix simulate``: the town posts what is heard as a radio system would, once a second."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.simulator.drawing import beginning, draw, enrol
from services.simulator.sending import BATCH, Item, Link
from services.simulator.shifts import shift_of
from services.simulator.world import World

_CYCLE_S = 1.0


@dataclass(slots=True)
class Tally:
    """How many messages have been posted so far, and why the last rejected one was."""

    accepted: int = 0
    rejected: int = 0
    last_rejection: str = ""

    def __str__(self) -> str:
        """As a line for a person to watch."""
        if not self.rejected:
            return f"{self.accepted} messages accepted"
        rejected = f"{self.rejected} rejected ({self.last_rejection})"
        return f"{self.accepted} messages accepted, {rejected}"


@dataclass(frozen=True, slots=True)
class Scenario:
    """Which town, how many officers, and how much of its past a new town is given."""

    seed: int
    officers: int
    history_ms: int


async def simulate(
    link: Link,
    scenario: Scenario,
    *,
    clock: Callable[[], int],
    tally: Tally,
    tell: Callable[[], None],
) -> None:
    """Post the town until cancelled, counting in ``tally`` and telling of each change.

    1. Wait until the service is ready. 2. A town that it knows goes on as of now; a new one is
    drawn and posts its last while at once, so that there is something to see. 3. Live on: post what
    was heard since the last time, and put each shift on the roster, with the next. While the
    service does not answer the radios' messages queue up, as they do in a radio system. ``clock``
    gives epoch milliseconds. Raises NotSent.
    """
    await link.request("GET", "/readyz")
    now = clock()
    known = await beginning(link)
    began = now - scenario.history_ms if known is None else known
    world = World(scenario.seed, scenario.officers, began, began if known is None else now)
    await draw(link, world.town, world.radios, began)
    enrolled = None
    while True:
        heard = world.advance(clock())
        if world.shift != enrolled:
            enrolled = world.shift
            for number in (0, enrolled.number, enrolled.number + 1):
                await enrol(link, shift_of(number, began), scenario.officers)
        await _post(link, "/v1/statuses", heard.statuses, tally)
        await _post(link, "/v1/pings", heard.pings, tally)
        tell()
        await asyncio.sleep(_CYCLE_S)


async def _post(link: Link, path: str, items: Sequence[Item], tally: Tally) -> None:
    for start in range(0, len(items), BATCH):
        verdict = await link.post(items[start : start + BATCH], path)
        tally.accepted += verdict.accepted
        tally.rejected += len(verdict.rejected)
        if verdict.rejected:
            tally.last_rejection = str(verdict.rejected[-1])
