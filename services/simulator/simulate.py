"""``stepsix simulate``: the town posts its pings as a radio system would, about once a second."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from services.simulator.drawing import draw
from services.simulator.sending import BATCH, Link
from services.simulator.world import World

_CYCLE_S = 1.0


@dataclass(slots=True)
class Tally:
    """How many pings have been posted so far, and why the last rejected one was."""

    accepted: int = 0
    rejected: int = 0
    last_rejection: str = ""

    def __str__(self) -> str:
        """As a line for a person to watch."""
        if not self.rejected:
            return f"{self.accepted} pings accepted"
        return f"{self.accepted} pings accepted, {self.rejected} rejected ({self.last_rejection})"


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

    1. Wait until the service is ready. 2. Draw the town. 3. Where it is new, post its last
    while at once, so that there is something to see. 4. Live on: post what was heard
    since the last time. While the service does not answer the radios' messages queue up, as they
    do in a radio system. ``clock`` gives epoch milliseconds. Raises NotSent.
    """
    await link.request("GET", "/readyz")
    now = clock()
    begin = now - scenario.history_ms
    world = World(scenario.seed, scenario.officers, begin)
    is_new = await draw(link, world.town, world.radios, begin)
    if not is_new:
        world.advance(now)
    while True:
        heard = world.advance(clock())
        for start in range(0, len(heard), BATCH):
            verdict = await link.post(heard[start : start + BATCH])
            tally.accepted += verdict.accepted
            tally.rejected += len(verdict.rejected)
            if verdict.rejected:
                tally.last_rejection = str(verdict.rejected[-1])
        tell()
        await asyncio.sleep(_CYCLE_S)
