"""What it costs to tell many clients of the live picture, as a multiple of telling one.

5,000 units move each round, of which a round encodes each once. What it costs is the round and each
client's taking of what waits for it, without the network.
"""

from __future__ import annotations

import asyncio
import time as clock
from contextlib import ExitStack
from datetime import time
from zoneinfo import ZoneInfo

from services.contracts.days import Days
from services.contracts.reference import Token
from services.contracts.register import Register
from services.metrics.broadcast import Broadcast, Client
from services.metrics.projection import Projection
from tests.support.derived import NOON, a_position
from tests.support.standings import telling

UNITS = 5_000
ROUNDS = 40
CLIENTS = 100
_WHO = "control room"


def run() -> None:
    """Print both costs and how many times the one is the other."""
    one, many = asyncio.run(_rounds(1)), asyncio.run(_rounds(CLIENTS))
    print(f"live picture of {UNITS:,} units, one client  {one * 1000:.1f} ms a round")
    print(
        f"  the same, {CLIENTS} clients                {many * 1000:.1f} ms  {many / one:.2f} times"
    )


async def _rounds(clients: int) -> float:
    """The seconds that a round takes, by the median."""
    projection, register = Projection(Days(ZoneInfo("UTC"), time(0))), Register()
    projection.partitions = 1
    broadcast = Broadcast(on_slow=lambda: None)
    days = Days(ZoneInfo("UTC"), time(0))
    live = telling(projection, register, days, lambda: NOON, broadcast).live
    token = Token(token_id=_WHO, sha256="", scopes=["view"], created_at=0, changed_by="bench")
    register.apply(0, token)
    readers = [Client("view", _WHO) for _ in range(clients)]
    took = []
    with ExitStack() as stack:
        for reader in readers:
            stack.enter_context(broadcast.joined(reader))
        for revision in range(1, ROUNDS + 1):
            for unit in range(UNITS):
                moved = a_position(f"T-{unit}", revision=revision, lat=53.4 + revision / 1e4)
                projection.apply(0, moved)
            began = clock.perf_counter()
            live.round()
            for reader in readers:
                await reader.take()
            took.append(clock.perf_counter() - began)
    return sorted(took)[ROUNDS // 2]
